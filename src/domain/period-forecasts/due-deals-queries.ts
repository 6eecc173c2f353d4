import { sql } from "kysely";
import { dayOf } from "../../method/day-numbers.ts";
import { type ExchangeRates, exchanged } from "../../method/exchange.ts";
import type { Db } from "../../platform/database.ts";
import { productsThen } from "../opportunities/list-prices-then.ts";
import { wonTerms } from "../opportunities/won-terms.ts";
import { stateAt, unlessLater } from "../opportunities/state-at.ts";

export interface DueDeal {
  id: string;
  ownerId: string;
  stageId: string;
  /** In the organisation's currency; its product's list price where it has no amount. */
  minor: number;
  /** Expected close, a day number. */
  closeOn: number;
}

interface Asked {
  orgId: string;
  ownerIds: readonly string[];
  /** Nothing dated later is read. */
  at: Date;
  /** Day numbers, `until` not included: expected to close within. */
  from: number;
  until: number;
  rates: ExchangeRates;
}

/** Open deals of these people as known at an instant that were expected to close within some days. */
export async function dueDeals(db: Db, { orgId, ownerIds, at, from, until, rates }: Asked): Promise<DueDeal[]> {
  const scope = await unlessLater(db, { orgId, ownerIds, at, outcomes: ["open"] });
  const { rows } = await sql<Omit<DueDeal, "minor"> & { amount: number | null; currency: string }>`
    select d.id, d.owner_id as "ownerId", d.stage_id as "stageId", d.close_on - date '1970-01-01' as "closeOn",
      coalesce(d.amount_minor, p.list_price_minor) as amount, case when d.amount_minor is null then p.currency else d.currency end as currency
    from ${stateAt(scope)} d left join ${productsThen(scope)} p on p.org_id = ${orgId} and p.id = d.product_id
    where d.close_on >= ${dayOf(from)}::date and d.close_on < ${dayOf(until)}::date
    order by d.id`.execute(db);
  return rows.flatMap(({ amount, currency, ...deal }) => {
    const minor = amount === null ? 0 : exchanged(rates, amount, currency, from);
    return minor === null ? [] : [{ ...deal, minor }];
  });
}

export interface Period {
  horizon: "month" | "quarter";
  /** YYYY-MM-01 by which it is called. */
  periodOn: string;
  /** Day numbers, `until` not included. */
  from: number;
  until: number;
}

/** What everybody won within each of these periods, as it is known at an instant: by `periodKey`, by person. Nothing dated later is read. */
export async function wonWithin(
  db: Db,
  { orgId, periods, rates, timeZone, at }: { orgId: string; periods: readonly Period[]; rates: ExchangeRates; timeZone: string; at: Date },
): Promise<Map<string, Map<string, number>>> {
  if (periods.length === 0) return new Map();
  const scope = await unlessLater(db, { orgId, ownerIds: [], at });
  const { on, minor: worth, currency: of } = wonTerms(at, timeZone);
  const { rows } = await sql<{ place: number; ownerId: string; currency: string; day: number; sum: number }>`
    with won as (
      select d.owner_id, ${of} as currency, ${worth} as minor, ${on} as ended_on
      from opportunity d left join ${productsThen(scope)} p on p.org_id = ${orgId} and p.id = d.product_id
      where d.org_id = ${orgId} and d.outcome = 'won' and d.last_change_at <= ${at}::timestamptz)
    select q.place, w.owner_id as "ownerId", w.currency, case when w.currency = ${rates.into} then 0 else w.ended_on - date '1970-01-01' end as day,
      sum(w.minor)::bigint as sum
    from unnest(${periods.map(({ from }) => dayOf(from))}::date[], ${periods.map(({ until }) => dayOf(until))}::date[])
      with ordinality q(from_on, until_on, place)
      join won w on w.ended_on >= q.from_on and w.ended_on < q.until_on and w.minor > 0
    group by 1, 2, 3, 4`.execute(db);
  const won = new Map<string, Map<string, number>>();
  for (const { place, ownerId, currency, day, sum } of rows) {
    const period = periods[place - 1];
    const minor = exchanged(rates, sum, currency, day);
    if (!period || minor === null) continue;
    const of = won.getOrInsertComputed(periodKey(period), () => new Map<string, number>());
    of.set(ownerId, (of.get(ownerId) ?? 0) + minor);
  }
  return won;
}

export const periodKey = ({ horizon, periodOn }: Pick<Period, "horizon" | "periodOn">): string => `${horizon} ${periodOn}`;
