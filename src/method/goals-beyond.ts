import type { FiscalPeriod } from "./fiscal-calendar.ts";
import type { SaidGoals } from "./share-goals.ts";

/** A goal that what was said of its parts is more than. */
export interface GoalBeyond {
  horizon: "year" | "quarter";
  /** The `month` key of the period. */
  month: string;
  /** What its parts come to, minor units. */
  partsMinor: number;
}

/**
 * Where a rep's goals contradict each other: months that come to more than their quarter, quarters and single months to more than
 * the year. Parts that come to less leave the rest to the others (METHOD R6.4: goals are the rep's).
 * @param said amounts in minor units by month key @param year the fiscal year with its quarters and months
 */
export function goalsBeyond(
  said: SaidGoals,
  { year, quarters, months }: { months: readonly FiscalPeriod[]; quarters: readonly FiscalPeriod[]; year: FiscalPeriod },
): GoalBeyond[] {
  const parts = quarters.map((quarter) => {
    const within = months.filter(({ from }) => from >= quarter.from && from < quarter.until);
    return { quarter, partsMinor: within.reduce((sum, { month }) => sum + (said.month.get(month) ?? 0), 0) };
  });
  const quarterBeyond = parts.flatMap(({ quarter, partsMinor }): GoalBeyond[] =>
    partsMinor > (said.quarter.get(quarter.month) ?? Infinity) ? [{ horizon: "quarter", month: quarter.month, partsMinor }] : [],
  );
  const all = parts.reduce((sum, { quarter, partsMinor }) => sum + (said.quarter.get(quarter.month) ?? partsMinor), 0);
  const isBeyond = all > (said.year.get(year.month) ?? Infinity);
  return isBeyond ? [{ horizon: "year", month: year.month, partsMinor: all }, ...quarterBeyond] : quarterBeyond;
}
