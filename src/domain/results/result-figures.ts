import { dayNumber } from "../../method/day-numbers.ts";
import { dayAt } from "../../method/days.ts";
import type { Estimate } from "../../method/estimate.ts";
import { exchanged } from "../../method/exchange.ts";
import {
  type FiscalCalendar,
  type FiscalPeriod,
  fiscalPeriods,
  fiscalYear,
  fiscalYearOf,
  type GoalHorizon,
} from "../../method/fiscal-calendar.ts";
import { missedInARow } from "../../method/missed-in-a-row.ts";
import { type Pace, paceOf } from "../../method/pace.ts";
import type { Db } from "../../platform/database.ts";
import { monthGoals } from "../goals/month-goals-queries.ts";
import { type Targets, targetsOn } from "../goals/targets-queries.ts";
import { monthResults } from "../opportunities/month-results.ts";
import { calendarOf } from "../organisations/organisation-calendar.ts";
import { quotasIn } from "../quotas/quota-queries.ts";

export interface PeriodResult {
  horizon: GoalHorizon;
  period: FiscalPeriod;
  wonMinor: number;
  /** Of the whole period; null where none is set. */
  quotaMinor: number | null;
  /** Months of it that have a quota, of how many. */
  quotaMonths: { months: number; of: number } | null;
  /** What the rep wants; null where none is set, and for everybody outside the pair. */
  goalMinor: number | null;
  /** What the pace is told against: the goal, which leads, or the quota where there is none. Null where neither is set for all of it. */
  aim: { of: "goal" | "plan"; minor: number } | null;
  pace: Estimate<Pace>;
}

export interface MonthLine {
  period: FiscalPeriod;
  wonMinor: number;
  quotaMinor: number | null;
  /** What the rep wanted to win in it; null where none was said, and for everybody outside the pair. */
  goalMinor: number | null;
  isRunning: boolean;
}

export interface ResultFigures {
  /** Day number and YYYY-MM-DD of today, in the organisation's time zone. */
  day: number;
  today: string;
  timeZone: string;
  currency: string;
  periods: PeriodResult[];
  /** The month that runs and the eleven before it, oldest first. */
  months: MonthLine[];
  /** Whole months below plan up to the last; null where the last has no plan. */
  missed: number | null;
  /** Won deals of these months that no rate exchanges into the organisation's currency: they are in no sum. */
  withoutRate: number;
}

const monthsShown = 12;

/** What one person won, by fiscal month, quarter and year, against plan and own goal, as known at an instant. */
export async function resultFigures(
  db: Db,
  { orgId, personId, at }: { orgId: string; personId: string; at: Date },
): Promise<ResultFigures> {
  const { currency, timeZone, fiscal: calendar, rates } = await calendarOf(db, orgId);
  const today = dayAt(at, timeZone);
  const day = dayNumber(today);
  const now = fiscalPeriods(calendar, day);
  const known = monthsUpTo(calendar, day);
  const [first, running] = [known[0] ?? now.month, now.month];
  const months = known.map(({ month }) => month);
  const results = (await monthResults(db, { orgId, personIds: [personId], months, at })).get(personId);
  // To the end of the year: an own goal of the year is shared out on all its months in proportion of them.
  const { months: wholeYear } = fiscalYear(calendar, fiscalYearOf(calendar, day));
  const until = wholeYear.at(-1)?.month ?? running.month;
  const quotas = await quotasIn(db, { orgId, personIds: [personId], from: first.month, until });
  const asked = quotas.flatMap(({ month, amountMinor, currency: of }): [string, number][] => {
    const minor = exchanged(rates, amountMinor, of, day);
    return minor === null ? [] : [[month, minor]];
  });
  const targets = (await targetsOn(db, orgId, [personId], day)).get(personId);
  const goals = await monthGoals(db, { orgId, personId, calendar, timeZone, rates, months: known, day, quotas: new Map(asked) });
  const lines = known.map((period, place): MonthLine => ({
    period,
    wonMinor: results?.months[place]?.wonMinor ?? 0,
    quotaMinor: results?.months[place]?.quotaMinor ?? null,
    goalMinor: goals.get(period.month) ?? null,
    isRunning: period.month === running.month,
  }));
  const whole = lines.filter(({ isRunning }) => !isRunning);
  return {
    day,
    today,
    timeZone,
    currency,
    periods: (["month", "quarter", "year"] as const).map((horizon) => periodResult(horizon, now[horizon], { lines, targets, day })),
    months: lines.slice(-monthsShown),
    missed: missedInARow(whole.map(({ wonMinor, quotaMinor }) => ({ result: wonMinor, plan: quotaMinor }))),
    withoutRate: results?.withoutRate ?? 0,
  };
}

/** Every month of this fiscal year and the one before, up to the one that runs. */
function monthsUpTo(calendar: FiscalCalendar, day: number): FiscalPeriod[] {
  const year = fiscalYearOf(calendar, day);
  return [...fiscalYear(calendar, year - 1).months, ...fiscalYear(calendar, year).months].filter(({ from }) => from <= day);
}

function periodResult(
  horizon: GoalHorizon,
  period: FiscalPeriod,
  { lines, targets, day }: { lines: readonly MonthLine[]; targets: Targets | undefined; day: number },
): PeriodResult {
  const within = lines.filter((line) => line.period.from >= period.from && line.period.until <= period.until);
  const wonMinor = within.reduce((sum, line) => sum + line.wonMinor, 0);
  const [quotaMinor, goalMinor] = [targets?.quota[horizon] ?? null, targets?.goal[horizon] ?? null];
  const from = targets?.quotaFrom[horizon];
  const isWhole = from !== undefined && from.months === from.of;
  const aim: PeriodResult["aim"] =
    goalMinor !== null ? { of: "goal", minor: goalMinor } : quotaMinor !== null && isWhole ? { of: "plan", minor: quotaMinor } : null;
  return {
    horizon,
    period,
    wonMinor,
    quotaMinor,
    quotaMonths: from ? { months: from.months, of: from.of } : null,
    goalMinor,
    aim,
    pace: paceOf(period, day, wonMinor, aim?.minor ?? null),
  };
}
