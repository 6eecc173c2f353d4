import type { Db } from "../../platform/database.ts";
import { reconstruct } from "./reconstruct.ts";

export type StageOutcome = "open" | "won" | "lost";

/** An opportunity as it was known at one instant. */
export interface OpportunityAt {
  id: string;
  name: string;
  accountName: string | null;
  productName: string | null;
  ownerId: string;
  stageId: string;
  stage: string;
  stagePosition: number;
  outcome: StageOutcome;
  /** Its own amount; while open and without one, its product's list price; null when there is neither. */
  amountMinor: number | null;
  isListPrice: boolean;
  currency: string;
  closeOn: string | null;
  forecastCategory: string | null;
  nextStep: string | null;
  createdAt: Date;
  lastChangeAt: Date;
}

export interface AsOf {
  orgId: string;
  ownerIds: readonly string[];
  at: Date;
}

/** The rows that opportunities are made of, with the names they show. */
export const opportunityRows = (db: Db, orgId: string) =>
  db
    .selectFrom("opportunity as o")
    .innerJoin("stage as s", (on) => on.onRef("s.org_id", "=", "o.org_id").onRef("s.id", "=", "o.stage_id"))
    .leftJoin("account as a", (on) => on.onRef("a.org_id", "=", "o.org_id").onRef("a.id", "=", "o.account_id"))
    .leftJoin("product as p", (on) => on.onRef("p.org_id", "=", "o.org_id").onRef("p.id", "=", "o.product_id"))
    .select([
      "o.id", "o.name", "a.name as accountName", "p.name as productName", "p.list_price_minor as listPriceMinor", "o.owner_id as ownerId", "o.stage_id as stageId", "s.name as stage",
      "s.position as stagePosition", "o.outcome", "o.amount_minor as amountMinor", "o.currency", "o.close_on as closeOn", "o.forecast_category as forecastCategory",
      "o.next_step as nextStep", "o.created_at as createdAt", "o.last_change_at as lastChangeAt",
    ])
    .where("o.org_id", "=", orgId);

export type OpportunityRow = Awaited<ReturnType<ReturnType<typeof opportunityRows>["execute"]>>[number];

export function valued({ listPriceMinor, ...row }: OpportunityRow): OpportunityAt {
  const isListPrice = row.amountMinor === null && row.outcome === "open" && listPriceMinor !== null;
  return { ...row, amountMinor: isListPrice ? listPriceMinor : row.amountMinor, isListPrice };
}

/**
 * The opportunities of these owners as of an instant, only from what was known then: nothing dated later has any effect.
 * Those not changed since are taken as they stand; the others are put together again from their history.
 */
export async function opportunitiesAsOf(db: Db, { orgId, ownerIds, at }: AsOf): Promise<OpportunityAt[]> {
  if (ownerIds.length === 0) return [];
  const still = await opportunityRows(db, orgId).where("o.owner_id", "in", ownerIds).where("o.created_at", "<=", at).where("o.last_change_at", "<=", at).execute();
  const changed = await changedSince(db, { orgId, ownerIds, at });
  const past = await reconstruct(db, orgId, changed, at);
  return [...still.map(valued), ...past.filter(({ ownerId }) => ownerIds.includes(ownerId))];
}

/** Opportunities of these owners, now or at any time, that have changed since. */
export async function changedSince(db: Db, { orgId, ownerIds, at }: AsOf): Promise<OpportunityRow[]> {
  return opportunityRows(db, orgId)
    .where("o.created_at", "<=", at)
    .where("o.last_change_at", ">", at)
    .where((eb) =>
      eb.or([
        eb("o.owner_id", "in", ownerIds),
        eb("o.id", "in", eb.selectFrom("opportunity_change as c").select("c.opportunity_id").where("c.org_id", "=", orgId).where("c.field", "=", "owner").where("c.after", "in", ownerIds)),
      ]),
    )
    .execute();
}
