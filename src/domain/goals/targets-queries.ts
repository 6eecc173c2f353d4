import { dayOf } from "../../method/day-numbers.ts";
import { endOfDay } from "../../method/days.ts";
import { type ExchangeRates, exchanged } from "../../method/exchange.ts";
import {
  type FiscalPeriod,
  fiscalPeriods,
  fiscalYear,
  fiscalYearOf,
  type GoalHorizon,
  goalHorizons,
} from "../../method/fiscal-calendar.ts";
import { type GoalOrigin, type SaidGoals, shareGoals } from "../../method/share-goals.ts";
import type { Db } from "../../platform/database.ts";
import { exchangeRatesOf } from "../exchange-rates/exchange-rate-queries.ts";
import { fiscalCalendarOf } from "../organisations/fiscal-calendar-queries.ts";
import { type Quota, quotasIn } from "../quotas/quota-queries.ts";
import { goalsSaid, type SaidGoal } from "./goal-queries.ts";
import { organisationRow } from "../organisations/organisation-row.ts";

export interface Targets {
  /** Minor units of the organisation's currency; nothing where nobody set one, which is not zero. */
  quota: Partial<Record<GoalHorizon, number>>;
  goal: Partial<Record<GoalHorizon, number>>;
  /** How each came about, for the screen to say. */
  quotaFrom: Partial<Record<GoalHorizon, QuotaOrigin>>;
  goalFrom: Partial<Record<GoalHorizon, GoalOrigin>>;
}

export interface QuotaOrigin {
  /** "set" for this month; "added up" out of its months; "shared" out of the figure of a longer period. */
  how: "set" | "added up" | "shared";
  /** Months of the period that have a quota, of how many. */
  months: number;
  of: number;
  /** Months left out because their currency has no rate on the day. */
  withoutRate: number;
}

/**
 * Quota and own goal of each person for the fiscal month, quarter and year a day lies in, in the organisation's currency. Goals only
 * where the viewer may read them, as said by the end of that day; the goal of a shorter period that the rep did not say is shared out.
 * @param day a day number
 */
export async function targetsOn(db: Db, orgId: string, personIds: readonly string[], day: number): Promise<Map<string, Targets>> {
  const calendar = await fiscalCalendarOf(db, orgId);
  const rates = await exchangeRatesOf(db, orgId);
  const { time_zone: zone } = await organisationRow(db, orgId);
  const year = fiscalYear(calendar, fiscalYearOf(calendar, day));
  const now = fiscalPeriods(calendar, day);
  const [from, until] = [year.year.month, year.months.at(-1)?.month ?? year.year.month];
  const quotas = Map.groupBy(await quotasIn(db, { orgId, personIds, from, until }), ({ personId }) => personId);
  const said = await goalsSaid(db, { orgId, personIds, from, until, before: endOfDay(dayOf(day), zone) });
  const goals = Map.groupBy(said, ({ personId }) => personId);
  return new Map(
    personIds.map((id) => {
      const own = quotas.get(id) ?? [];
      const byMonth = new Map(own.flatMap((one) => inOwn(rates, one, day, one.month)));
      const shared = shareGoals(saidGoals(goals.get(id) ?? [], rates, day), year, now, byMonth);
      const sums = of((horizon) => quotaOf(now[horizon], year.months, own, byMonth));
      return [
        id,
        {
          quota: of((horizon) => sums[horizon]?.minor),
          quotaFrom: of((horizon) => sums[horizon]?.origin),
          goal: of((horizon) => shared[horizon]?.minor),
          goalFrom: of((horizon) => shared[horizon]?.origin),
        },
      ];
    }),
  );
}

const of = <T>(pick: (horizon: GoalHorizon) => T | undefined) =>
  Object.fromEntries(goalHorizons.flatMap((horizon) => (pick(horizon) === undefined ? [] : [[horizon, pick(horizon)]]))) as Partial<
    Record<GoalHorizon, T>
  >;

function inOwn(
  rates: ExchangeRates,
  { amountMinor, currency }: { amountMinor: number; currency: string },
  day: number,
  key: string,
): [string, number][] {
  const minor = exchanged(rates, amountMinor, currency, day);
  return minor === null ? [] : [[key, minor]];
}

function saidGoals(goals: readonly SaidGoal[], rates: ExchangeRates, day: number): SaidGoals {
  const of = (horizon: GoalHorizon) =>
    new Map(goals.filter((one) => one.horizon === horizon).flatMap((one) => inOwn(rates, one, day, one.month)));
  return { month: of("month"), quarter: of("quarter"), year: of("year") };
}

function quotaOf(
  period: FiscalPeriod,
  months: readonly FiscalPeriod[],
  own: readonly Quota[],
  byMonth: ReadonlyMap<string, number>,
): { minor: number; origin: QuotaOrigin } | undefined {
  const within = months.filter(({ from, until }) => from >= period.from && until <= period.until);
  const keys = new Set(within.map(({ month }) => month));
  const there = own.filter(({ month }) => keys.has(month));
  const counted = there.filter(({ month }) => byMonth.has(month));
  if (counted.length === 0) return undefined;
  const isShared = counted.some(({ shareOf }) => shareOf > within.length);
  const how = isShared ? "shared" : within.length === 1 ? "set" : "added up";
  const minor = counted.reduce((sum, { month }) => sum + (byMonth.get(month) ?? 0), 0);
  return { minor, origin: { how, months: counted.length, of: within.length, withoutRate: there.length - counted.length } };
}
