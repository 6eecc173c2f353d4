export interface MonthAgainstPlan {
  /** Won in the month, in any one unit. */
  result: number;
  /** Plan in the same unit; null when none was set. */
  plan: number | null;
}

/**
 * How many of the latest whole months in a row stayed below plan (METHOD R3.6: more than one asks for the next step).
 * @param months oldest first, whole months only
 * @returns 0 when the latest was reached; null when the latest has no plan
 */
export function missedInARow(months: readonly MonthAgainstPlan[]): number | null {
  const latest = months.at(-1);
  if (!latest || latest.plan === null) return null;
  const reached = months.findLastIndex(({ result, plan }) => plan === null || result >= plan);
  return months.length - 1 - reached;
}
