import type { FiscalPeriod, GoalHorizon } from "./fiscal-calendar.ts";

/** "said" for this very period; "added up" out of said parts; else a share of the longer one, in proportion of quota or of days. */
export type GoalOrigin = "said" | "added up" | "by quota" | "by days";

export interface SharedGoal {
  /** Minor units. */
  minor: number;
  origin: GoalOrigin;
}

/** What a rep said of a year: amounts in minor units by the period's `month` key. */
export type SaidGoals = Record<GoalHorizon, ReadonlyMap<string, number>>;

interface Part {
  period: FiscalPeriod;
  said: number | null;
}

const saidOf = (said: ReadonlyMap<string, number>, periods: readonly FiscalPeriod[]): Part[] =>
  periods.map((period) => ({ period, said: said.get(period.month) ?? null }));

/** All said: their sum. */
function sumOf(parts: readonly Part[]): SharedGoal | null {
  if (parts.some(({ said }) => said === null)) return null;
  return { minor: parts.reduce((sum, { said }) => sum + (said ?? 0), 0), origin: "added up" };
}

type Quotas = ReadonlyMap<string, number>;

const quotaIn = (quotas: Quotas, months: readonly FiscalPeriod[], { from, until }: FiscalPeriod): number =>
  months.reduce((sum, one) => (one.from >= from && one.until <= until ? sum + (quotas.get(one.month) ?? 0) : sum), 0);

const days = ({ from, until }: FiscalPeriod): number => until - from;

/** What is left of a whole beyond its said parts, shared out on the others: in proportion of quota where there is any, else of days. */
function shareOf(whole: SharedGoal, parts: readonly Part[], wanted: FiscalPeriod, weigh: (period: FiscalPeriod) => number): SharedGoal {
  const unsaid = parts.filter(({ said }) => said === null).map(({ period }) => period);
  const left = Math.max(0, whole.minor - parts.reduce((sum, { said }) => sum + (said ?? 0), 0));
  const byQuota = unsaid.reduce((sum, period) => sum + weigh(period), 0);
  const byDays = unsaid.reduce((sum, period) => sum + days(period), 0);
  const share = byQuota > 0 ? weigh(wanted) / byQuota : days(wanted) / byDays;
  return { minor: Math.round(left * share), origin: byQuota > 0 ? "by quota" : "by days" };
}

/**
 * The rep's own goals of the month, quarter and year a day lies in. What was said leads; a longer period is the sum of its parts when
 * all of them were said; a shorter one takes its share of what is left of the longer one (METHOD R6.4: goals are the rep's).
 * @param year the fiscal year with its quarters and months @param now the three periods of the day
 * @param quotas minor units by month key, of this year
 */
export function shareGoals(
  said: SaidGoals,
  year: { months: readonly FiscalPeriod[]; quarters: readonly FiscalPeriod[]; year: FiscalPeriod },
  now: Record<GoalHorizon, FiscalPeriod>,
  quotas: Quotas,
): Partial<Record<GoalHorizon, SharedGoal>> {
  const monthsOf = (quarter: FiscalPeriod) =>
    saidOf(
      said.month,
      year.months.filter(({ from }) => from >= quarter.from && from < quarter.until),
    );
  const ownQuarter = (quarter: FiscalPeriod): SharedGoal | null => {
    const own = said.quarter.get(quarter.month);
    return own === undefined ? sumOf(monthsOf(quarter)) : { minor: own, origin: "said" };
  };
  const quarters = year.quarters.map((period): Part => ({ period, said: ownQuarter(period)?.minor ?? null }));
  const ownYear = said.year.get(year.year.month);
  const wholeYear: SharedGoal | null = ownYear === undefined ? sumOf(quarters) : { minor: ownYear, origin: "said" };
  const weigh = (period: FiscalPeriod) => quotaIn(quotas, year.months, period);
  const quarter = ownQuarter(now.quarter) ?? (wholeYear && shareOf(wholeYear, quarters, now.quarter, weigh));
  const ownMonth = said.month.get(now.month.month);
  const month: SharedGoal | null =
    ownMonth === undefined ? quarter && shareOf(quarter, monthsOf(now.quarter), now.month, weigh) : { minor: ownMonth, origin: "said" };
  return { ...(month && { month }), ...(quarter && { quarter }), ...(wholeYear && { year: wholeYear }) };
}
