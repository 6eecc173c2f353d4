import { type RawBuilder, sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { onceATransaction } from "../../platform/once-a-transaction.ts";

/** `vanished`: open when it was last in the export of its source, and not in it any more. */
export type StageOutcome = "open" | "won" | "lost" | "vanished";

export interface StateAt {
  orgId: string;
  ownerIds: readonly string[];
  at: Date;
  /** Only those that stood so at the instant. */
  outcomes?: readonly StageOutcome[] | undefined;
  /** Besides the outcomes asked for: whatever changed after this instant. */
  orChangedAfter?: Date | undefined;
  /** True when no change and no price is dated after the instant: see `unlessLater`. */
  nothingLater?: boolean | undefined;
}

/** The same scope, knowing whether a deal or a price is dated after its instant: mostly nothing is, and the past need not be asked. */
export async function unlessLater(db: Db, scope: StateAt): Promise<StateAt> {
  const nothingLater = await onceATransaction(db, `later ${scope.orgId} ${scope.at.getTime()}`, async () => {
    const { rows } = await sql<{ some: boolean }>`
      select exists (select 1 from opportunity where org_id = ${scope.orgId} and last_change_at > ${scope.at}::timestamptz)
        or exists (select 1 from list_price where org_id = ${scope.orgId} and at > ${scope.at}::timestamptz) as some`.execute(db);
    return rows[0]?.some === false;
  });
  return { ...scope, nothingLater };
}

const uuids = (ids: readonly string[]) => sql`${ids}::uuid[]`;

/**
 * One row an opportunity as it was known at an instant: nothing dated later has any effect.
 * Those unchanged since stand as they are; the others are put together again from their history. An opportunity whose
 * owner or stage was not yet known at the instant was not yet there.
 */
export function stateAt(scope: StateAt): RawBuilder<unknown> {
  if (scope.nothingLater) return sql`(${unchangedSince(scope)})`;
  return sql`(${unchangedSince(scope)} union all ${changedSince(scope)})`;
}

function kept({ outcomes, orChangedAfter }: StateAt, outcome: RawBuilder<unknown>, changedAt: RawBuilder<unknown>): RawBuilder<unknown> {
  const wanted = outcomes ? sql`${outcome} = any(${outcomes}::text[])` : sql`true`;
  return outcomes && orChangedAfter ? sql`(${wanted} or ${changedAt} > ${orChangedAfter}::timestamptz)` : wanted;
}

const unchangedSince = (scope: StateAt) => sql`
  select o.id, o.name, o.owner_id, o.account_id, o.product_id, o.stage_id, o.outcome, o.amount_minor, o.currency, o.close_on,
    o.forecast_category, o.next_step, o.created_at, o.last_change_at
  from opportunity o
  where o.org_id = ${scope.orgId} and o.owner_id = any(${uuids(scope.ownerIds)})
    and ${scope.nothingLater ? sql`true` : sql`o.created_at <= ${scope.at}::timestamptz and o.last_change_at <= ${scope.at}::timestamptz`}
    and ${kept(scope, sql`o.outcome`, sql`o.last_change_at`)}`;

/** Changed after the instant: now of these owners, or handed on by one of them since. */
const candidates = ({ orgId, ownerIds, at }: StateAt) => sql`
  select o.id, o.currency, o.created_at from opportunity o
  where o.org_id = ${orgId} and o.owner_id = any(${uuids(ownerIds)}) and o.last_change_at > ${at}::timestamptz and o.created_at <= ${at}::timestamptz
  union
  select o.id, o.currency, o.created_at from opportunity o
  where o.org_id = ${orgId} and o.created_at <= ${at}::timestamptz and o.id in (
    select c.opportunity_id from opportunity_change c
    where c.org_id = ${orgId} and c.field = 'owner' and c.before is not null and c.before = any(${ownerIds}::text[]) and c.at > ${at}::timestamptz)`;

const last = (field: string) => sql`max(h.after) filter (where h.field = ${sql.lit(field)})`;

/** Of the stage, unless the deal had gone from the export of its source by then. */
const outcomeThen = sql`case when st.outcome = 'open' and f.vanished_at is not null then 'vanished' else st.outcome end`;

/** Once it has changed it is known by the history, else it has ever been the same. */
const currencyThen = ({ orgId, at }: StateAt) => sql`coalesce(f.dated_currency, (
    select c.before from opportunity_change c
    where c.org_id = ${orgId} and c.opportunity_id = f.id and c.field = 'currency' and c.at > ${at}::timestamptz order by c.at limit 1), f.currency)`;

const changedSince = (scope: StateAt) => sql`
  select f.id, f.name, f.owner_id, f.account_id, f.product_id, f.stage_id, ${outcomeThen} as outcome, f.amount_minor, ${currencyThen(scope)} as currency, f.close_on,
    f.forecast_category, f.next_step, f.created_at, f.last_change_at
  from (
    select k.id, k.currency, ${last("name")} as name, ${last("owner")}::uuid as owner_id, ${last("account")}::uuid as account_id,
      ${last("product")}::uuid as product_id, ${last("stage")}::uuid as stage_id, ${last("amount")}::bigint as amount_minor,
      ${last("currency")} as dated_currency, ${last("close_on")}::date as close_on, ${last("forecast_category")} as forecast_category, ${last("next_step")} as next_step,
      ${last("vanished")} as vanished_at, coalesce(${last("created")}::timestamptz, k.created_at) as created_at, max(h.at) as last_change_at
    from (${candidates(scope)}) k
    cross join lateral (
      select distinct on (c.field) c.field, c.after, c.at from opportunity_change c
      where c.org_id = ${scope.orgId} and c.opportunity_id = k.id and c.at <= ${scope.at}::timestamptz
      order by c.field, c.at desc) h
    group by k.id, k.currency, k.created_at
  ) f join stage st on st.org_id = ${scope.orgId} and st.id = f.stage_id
  where f.owner_id = any(${uuids(scope.ownerIds)}) and ${kept(scope, outcomeThen, sql`f.last_change_at`)}`;
