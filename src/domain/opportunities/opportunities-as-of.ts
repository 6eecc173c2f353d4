import { type RawBuilder, sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { productsThen } from "./list-prices-then.ts";
import { type StageOutcome, type StateAt, stateAt, unlessLater } from "./state-at.ts";

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

/** What an open deal without an amount of its own is worth: its product's list price. */
export const valueOf = sql<
  number | null
>`case when d.amount_minor is null and d.outcome = 'open' then p.list_price_minor else d.amount_minor end`;

/** The rows of `stateAt`, with the names they show. `d`, `s`, `a` and `p` are the deal, its stage, account and product. */
export const namedAt = (scope: StateAt): RawBuilder<OpportunityAt> => named(scope, stateAt(scope));

/**
 * The same where all of them are wanted: the state is put together first and its names looked up after, because a plan for
 * both at once takes the past of some deals for one row and reads every account for each.
 */
const wholeNamedAt = (scope: StateAt): RawBuilder<OpportunityAt> =>
  scope.nothingLater
    ? namedAt(scope)
    : sql<OpportunityAt>`with known as materialized (select * from ${stateAt(scope)} k) ${named(scope, sql`known`)}`;

const named = (scope: StateAt, state: RawBuilder<unknown>): RawBuilder<OpportunityAt> => sql<OpportunityAt>`
  select d.id, d.name, a.name as "accountName", p.name as "productName", d.owner_id as "ownerId", d.stage_id as "stageId", s.name as stage,
    s.position as "stagePosition", d.outcome, ${valueOf} as "amountMinor",
    d.amount_minor is null and d.outcome = 'open' and p.list_price_minor is not null as "isListPrice", d.currency,
    d.close_on as "closeOn", d.forecast_category as "forecastCategory", d.next_step as "nextStep", d.created_at as "createdAt",
    d.last_change_at as "lastChangeAt"
  from ${state} d
    join stage s on s.org_id = ${scope.orgId} and s.id = d.stage_id
    left join account a on a.org_id = ${scope.orgId} and a.id = d.account_id
    left join ${productsThen(scope)} p on p.org_id = ${scope.orgId} and p.id = d.product_id`;

/** The opportunities of these owners as of an instant, only from what was known then. */
export async function opportunitiesAsOf(db: Db, scope: StateAt): Promise<OpportunityAt[]> {
  if (scope.ownerIds.length === 0) return [];
  const { rows } = await sql<OpportunityAt>`${wholeNamedAt(await unlessLater(db, scope))} order by s.position, d.name, d.id`.execute(db);
  return rows;
}
