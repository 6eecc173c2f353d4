import type { Db } from "../../platform/database.ts";
import type { StageOutcome } from "../opportunities/state-at.ts";
import { type VerifiedDeal, verifiedStages } from "./verified-stages.ts";

/** Where a deal stands: claimed, and verified while it is open. */
export interface DealStanding {
  stage: string;
  outcome: StageOutcome;
  verified: VerifiedDeal | undefined;
}

/** Where these deals stand now, of those the viewer may see; the others have no entry. */
export async function dealStandings(
  db: Db,
  { orgId, ids, at }: { orgId: string; ids: readonly (string | null)[]; at: Date },
): Promise<Map<string, DealStanding>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom("opportunity as o")
    .innerJoin("stage as s", (on) => on.onRef("s.org_id", "=", "o.org_id").onRef("s.id", "=", "o.stage_id"))
    .select(["o.id", "o.stage_id as stageId", "s.name as stage", "o.outcome"])
    .where("o.org_id", "=", orgId)
    .where("o.id", "in", wanted)
    .execute();
  const deals = rows.map((row) => ({ ...row, outcome: row.outcome as StageOutcome }));
  const verified = await verifiedStages(db, { orgId, deals, at, dated: false });
  return new Map(deals.map(({ id, stage, outcome }) => [id, { stage, outcome, verified: verified.get(id) }]));
}

/**
 * The verified stage, as known at an instant, of deals written down with the stage they had then: of those that were open, and
 * that are the viewer's to see still.
 */
export async function verifiedAsListed(
  db: Db,
  { orgId, listed, at }: { orgId: string; listed: readonly { opportunityId: string; stage: string }[]; at: Date },
): Promise<Map<string, VerifiedDeal>> {
  if (listed.length === 0) return new Map();
  const stages = await db.selectFrom("stage").select(["id", "name"]).where("org_id", "=", orgId).where("outcome", "=", "open").execute();
  const ids = listed.map(({ opportunityId }) => opportunityId);
  const seen = await db.selectFrom("opportunity").select("id").where("org_id", "=", orgId).where("id", "in", ids).execute();
  const known = new Set(seen.map(({ id }) => id));
  const deals = listed.flatMap(({ opportunityId, stage }) => {
    const stageId = stages.find(({ name }) => name === stage)?.id;
    return stageId && known.has(opportunityId) ? [{ id: opportunityId, stageId }] : [];
  });
  return verifiedStages(db, { orgId, deals, at, dated: false });
}
