import { sql } from "kysely";
import { dayNumber, dayOf } from "../../method/day-numbers.ts";
import { dayAt } from "../../method/days.ts";
import { type ExchangeRates, exchanged } from "../../method/exchange.ts";
import { fiscalMonth, type FiscalPeriod, fiscalPeriods } from "../../method/fiscal-calendar.ts";
import { trailingMean } from "../../method/trailing-mean.ts";
import type { Db } from "../../platform/database.ts";
import { calendarOf } from "../organisations/organisation-calendar.ts";
import { quotasIn } from "../quotas/quota-queries.ts";
import { productsThen } from "./list-prices-then.ts";
import { notWonBefore, wonTerms } from "./won-terms.ts";
import { type StateAt, stateAt, unlessLater } from "./state-at.ts";

export interface MonthResult {
  /** YYYY-MM-01 */
  month: string;
  wonMinor: number;
  /** null when no quota is set for the month. */
  quotaMinor: number | null;
  currency: string;
}

export interface PersonResults {
  /** One for each month asked for, in the order asked. */
  months: MonthResult[];
  /** Mean of the three whole months before the month of `at`; null while the person's history is shorter. */
  trailingMeanMinor: number | null;
  /** Won deals of these months in another currency that had no rate on the day they closed: they are not in the sums. */
  withoutRate: number;
}

interface Asked {
  orgId: string;
  personIds: readonly string[];
  /** YYYY-MM-01 each: the calendar months by which fiscal months are called. */
  months: readonly string[];
  at: Date;
}

/** Won amount and quota by person and fiscal month, as known at an instant. Every person asked for has an entry. */
export async function monthResults(db: Db, asked: Asked): Promise<Map<string, PersonResults>> {
  const { orgId, personIds, months, at } = asked;
  const { fiscal: calendar, rates, timeZone } = await calendarOf(db, orgId);
  const today = dayNumber(dayAt(at, timeZone));
  const running = fiscalPeriods(calendar, today).month.month;
  const before = [3, 2, 1].map((n) => Temporal.PlainDate.from(running).subtract({ months: n }).toString());
  const periods = [...new Set([...months, ...before])].map((month) => fiscalMonth(calendar, month));
  const won = await wonByMonth(db, asked, { periods, rates, today, timeZone });
  const quota = await quotasOf(db, asked, rates, today);
  const resultOf = (id: string): PersonResults => {
    const mine = won.get(id);
    const sum = (month: string) => mine?.sums.get(month) ?? 0;
    return {
      months: months.map((month) => ({
        month,
        wonMinor: sum(month),
        quotaMinor: quota.get(`${id} ${month}`) ?? null,
        currency: rates.into,
      })),
      trailingMeanMinor: trailingMean(
        before.map(sum),
        mine !== undefined && mine.first < dayOf(periods.find(({ month }) => month === before[0])?.from ?? 0),
      ),
      withoutRate: months.reduce((total, month) => total + (mine?.withoutRate.get(month) ?? 0), 0),
    };
  };
  return new Map(personIds.map((id) => [id, resultOf(id)]));
}

interface Won {
  sums: Map<string, number>;
  withoutRate: Map<string, number>;
  /** The first day of which anything is known. */
  first: string;
}

interface Reckoning {
  periods: readonly FiscalPeriod[];
  rates: ExchangeRates;
  today: number;
  timeZone: string;
}

interface WonRow {
  owner_id: string;
  month: string;
  currency: string;
  /** By it the rate is chosen; null in the organisation's own currency, where none is needed. */
  day: string | null;
  sum: number;
  deals: number;
}

const add = (sums: Map<string, number>, month: string, more: number) => void sums.set(month, (sums.get(month) ?? 0) + more);

async function wonByMonth(db: Db, asked: Asked, { periods, rates, today, timeZone }: Reckoning): Promise<Map<string, Won>> {
  const { orgId, personIds, at } = asked;
  if (periods.length === 0 || personIds.length === 0) return new Map();
  const scope = await unlessLater(db, { orgId, ownerIds: personIds, at });
  const [keys, first, after] = [
    periods.map(({ month }) => month),
    periods.map(({ from }) => dayOf(from)),
    periods.map(({ until }) => dayOf(until)),
  ];
  const { on, minor, currency } = wonTerms(at, timeZone);
  const { rows } = await sql<WonRow>`
    select w.owner_id, m.month, w.currency, case when w.currency <> ${rates.into} then w.won_on end as day,
      coalesce(sum(w.minor), 0)::bigint as sum, count(*)::int as deals
    from (
      select d.owner_id, ${on} as won_on, ${minor} as minor, ${currency} as currency
      from ${stateAt({ ...scope, outcomes: ["won"] })} d left join ${productsThen(scope)} p on p.org_id = ${orgId} and p.id = d.product_id
      where ${notWonBefore(first.toSorted()[0] ?? "")}) w
      join unnest(${keys}::date[], ${first}::date[], ${after}::date[]) m(month, from_on, until_on)
        on w.won_on >= m.from_on and w.won_on < m.until_on
    group by 1, 2, 3, 4`.execute(db);
  const begun = await firstDays(db, scope);
  const won = new Map([...begun].map(([id, day]): [string, Won] => [id, { sums: new Map(), withoutRate: new Map(), first: day }]));
  for (const { owner_id, month, currency, day, sum, deals } of rows) {
    const own = exchanged(rates, sum, currency, Math.min(today, dayNumber(day ?? dayOf(today))));
    const mine = won.get(owner_id);
    if (!mine) continue;
    if (own === null) add(mine.withoutRate, month, deals);
    else add(mine.sums, month, own);
  }
  return won;
}

async function firstDays(db: Db, scope: StateAt): Promise<Map<string, string>> {
  const { rows } = await sql<{ owner_id: string; day: string }>`
    select d.owner_id, min(d.created_at)::date as day from ${stateAt(scope)} d group by 1`.execute(db);
  return new Map(rows.map(({ owner_id, day }) => [owner_id, day]));
}

async function quotasOf(db: Db, { orgId, personIds, months }: Asked, rates: ExchangeRates, today: number): Promise<Map<string, number>> {
  const [from, until] = [months.toSorted()[0], months.toSorted().at(-1)];
  if (!from || !until) return new Map();
  const quotas = await quotasIn(db, { orgId, personIds, from, until });
  return new Map(
    quotas.flatMap(({ personId, month, amountMinor, currency }) => {
      const own = exchanged(rates, amountMinor, currency, today);
      return own === null ? [] : [[`${personId} ${month}`, own] as const];
    }),
  );
}
