import { type RawBuilder, sql } from "kysely";
import type { HorizonEnds } from "../../method/horizons.ts";
import { gradeInSql } from "../evidence/grade-in-sql.ts";
import { stopsFor } from "../evidence/proven-totals.ts";
import type { Process } from "../processes/process-queries.ts";
import { horizonIn } from "./pipeline-queries.ts";
import { stuckAfterDays } from "./opportunity-news.ts";
import { productsThen } from "./list-prices-then.ts";
import { type StateAt, stateAt } from "./state-at.ts";

export interface DealScope extends StateAt {
  /** Who asks: what they may read is theirs. */
  viewerId: string;
  ends: HorizonEnds;
  /** Days of quiet after which a deal of this owner is stuck, where it is not thirty. */
  stuckAfter: ReadonlyMap<string, number>;
  /** Older than this many days is old; null when too little is known to say. */
  oldAfterDays: number | null;
  /** In force at the instant. */
  process: Process | null;
  /** Every stage in its order; a deal is claimed or verified at one of them. */
  stageIds: readonly string[];
  currency: string;
}

/** Open deals as of a past instant, with the columns of `open_deals`. */
const openDealsThen = (scope: DealScope): RawBuilder<unknown> => sql`(
  with known as materialized (select * from ${stateAt({ ...scope, outcomes: ["open"] })} k),
  ids as materialized (select array(select id from known) as all_of),
  paid as (select p.opportunity_id as id, p.paid from ids, paid_tolls(ids.all_of, ${scope.at}::timestamptz) p),
  slip as (select s.opportunity_id as id, s.times, s.first_close from ids, slips_of(ids.all_of, ${scope.at}::timestamptz) s),
  stop as materialized (select * from verified_stops(${stopsFor(scope.process, scope.stageIds)}::jsonb)),
  hand as (
    select distinct on (g.opportunity_id) g.opportunity_id as id, g.grade from prospect_grade g
    where g.org_id = ${scope.orgId} and g.at <= ${scope.at}::timestamptz order by g.opportunity_id, g.at desc, g.id desc)
  select d.id, d.name, d.owner_id, d.account_id, d.product_id, d.stage_id, coalesce(d.amount_minor, p.list_price_minor) as amount_minor,
    d.amount_minor is null and p.list_price_minor is not null as is_list_price, d.currency, d.close_on, d.forecast_category, d.next_step,
    d.created_at, d.last_change_at, f.stage_id as verified_id, f.ahead, hand.grade as hand, slip.times, slip.first_close
  from known d
    left join ${productsThen(scope)} p on p.org_id = ${scope.orgId} and p.id = d.product_id
    left join paid on paid.id = d.id
    left join slip on slip.id = d.id
    left join hand on hand.id = d.id
    left join lateral (
      select s.stage_id, s.ahead from stop s
      where s.claimed = d.stage_id and (s.beyond is null or paid.paid is null or not s.beyond <@ paid.paid)
      order by s.place limit 1) f on true)`;

/** What of a deal is worked out; whatever is left out stays empty. */
export interface Needs {
  verified: boolean;
  slips: boolean;
  /** Only these deals. */
  ids?: readonly string[];
}
export const everything: Needs = { verified: true, slips: true };

/** Every open deal in scope as `e`: with its horizon, age, quiet, slips, verified stage and grade; names are looked up for a page alone. */
export function everyDeal(scope: DealScope, { verified, slips, ids }: Needs = everything): RawBuilder<unknown> {
  const { at, ends, stuckAfter, ownerIds, process, stageIds, currency } = scope;
  const days = (since: RawBuilder<unknown>) => sql`greatest(0, floor(extract(epoch from ${at}::timestamptz - ${since}) / 86400))::int`;
  const quiet = days(sql`d.last_change_at`);
  const from = scope.nothingLater
    ? sql`open_deals(${ownerIds}::uuid[], ${at}::timestamptz, ${verified ? stopsFor(process, stageIds) : "[]"}::jsonb, ${slips}, ${ids ?? null}::uuid[])`
    : openDealsThen(scope);
  return sql`
    e as (
      select d.*, ${horizonIn(sql`d.close_on`, ends)} as horizon, ${days(sql`d.created_at`)} as "ageDays", ${quiet} as "quietDays",
        ${quiet} > least(${stuckAfterDays}, coalesce(u.days, ${stuckAfterDays})) as "isStuck",
        case when d.close_on > d.first_close then d.times else 0 end as slips,
        case when d.close_on > d.first_close then d.close_on - d.first_close else 0 end as "slippedDays",
        ${gradeInSql({ process, stageIds, today: ends.day, currency }, quiet)} as grade
      from ${from} d
        left join unnest(${[...stuckAfter.keys()]}::uuid[], ${[...stuckAfter.values()]}::int[]) u(owner_id, days) on u.owner_id = d.owner_id
    )`;
}
