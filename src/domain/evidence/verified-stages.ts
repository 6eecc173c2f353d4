import type { StageOutcome } from "../opportunities/state-at.ts";
import { sql } from "kysely";
import { type VerifiedStage, verifiedStage } from "../../method/verified-stage.ts";
import type { Db } from "../../platform/database.ts";
import { hasTolls, type Process, processAt } from "../processes/process-queries.ts";
import { everyStage, measureFor, standingOf } from "../processes/stages-carried.ts";

export interface VerifiedDeal extends VerifiedStage {
  /** Since when, without a break, it has stood in a stage beyond the one verified now; null while it is not ahead, or where nobody asked. */
  aheadSince: Date | null;
}

interface Asked {
  orgId: string;
  /** Open deals with the stage claimed at the instant. Won and lost ones get no entry: the customer has decided. */
  deals: readonly { id: string; stageId: string; outcome?: StageOutcome }[];
  at: Date;
  /** False leaves `aheadSince` out, which costs a look at the history of every deal that is ahead. */
  dated?: boolean | undefined;
}

/**
 * The verified stage of these deals as known at an instant, by the process in force then. Evidence counts from when it was
 * recorded until it was withdrawn. Empty when no process was in force or it asks nothing of the customer: pages then say so once.
 */
export async function verifiedStages(db: Db, asked: Asked): Promise<Map<string, VerifiedDeal>> {
  return verifiedBy(db, asked, await processAt(db, asked.orgId, asked.at));
}

/** The same measured by a process given, such as one that is not in force yet. */
export async function verifiedBy(
  db: Db,
  { orgId, deals, at, dated = true }: Asked,
  process: Process | null,
): Promise<Map<string, VerifiedDeal>> {
  const open = deals.filter(({ outcome }) => outcome === undefined || outcome === "open");
  if (!hasTolls(process) || open.length === 0) return new Map();
  const ids = open.map(({ id }) => id);
  const paid = await paidTolls(db, orgId, ids, at);
  const found = new Map<string, VerifiedStage>();
  for (const [stageId, mine] of Map.groupBy(open, (deal) => deal.stageId)) {
    const { stages, claimedStageId } = measureFor(process, stageId);
    const standing = standingOf(process, stageId);
    const told = { inProcess: standing === "in", wasInProcess: standing === "former" };
    for (const { id } of mine) found.set(id, { ...verifiedStage(stages, claimedStageId, paid.get(id) ?? nothing), ...told });
  }
  const ahead = dated ? [...found].flatMap(([id, { aheadBy }]) => (aheadBy > 0 ? [id] : [])) : [];
  const since = await beyondSince(db, { orgId, ids: ahead, at, stages: everyStage(process).map(({ stageId }) => stageId), found });
  return new Map([...found].map(([id, stage]) => [id, { ...stage, aheadSince: since.get(id) ?? null }]));
}

const nothing: ReadonlySet<string> = new Set();

async function paidTolls(db: Db, orgId: string, ids: readonly string[], at: Date): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ id: string; paid: string[] }>`
    select p.opportunity_id as id, p.paid from paid_tolls(${ids}::uuid[], ${at}::timestamptz) p`.execute(db);
  return new Map(rows.map(({ id, paid }) => [id, new Set(paid)]));
}

interface Ahead {
  orgId: string;
  ids: readonly string[];
  at: Date;
  /** Ids in the order of the process. */
  stages: readonly string[];
  found: ReadonlyMap<string, VerifiedStage>;
}

async function beyondSince(db: Db, { orgId, ids, at, stages, found }: Ahead): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map();
  const places = ids.map((id) => stages.indexOf(found.get(id)?.verifiedStageId ?? "") + 1);
  const { rows } = await sql<{ id: string; since: Date }>`
    select opportunity_id as id, since from beyond_since(${ids}::uuid[], ${places}::int[], ${stages}::uuid[], ${at}::timestamptz)
    where viewer_org() = ${orgId}`.execute(db);
  return new Map(rows.map(({ id, since }) => [id, since]));
}
