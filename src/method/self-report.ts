import { type Estimate, known, refused } from "./estimate.ts";
import { type Trend, trend } from "./trend.ts";

export interface SelfReport {
  /** How far off a statement was, in the middle of the earlier ones and of the last ones: shares of the actual figure. */
  before: Off;
  now: Off;
  /** Statements in each of the two. */
  earlier: number;
  last: number;
  /** Of how far off they were, in the order they were made: refused where there are too few to tell. */
  trend: Estimate<Trend>;
}

export interface Off {
  share: number;
  /** "high" or "low" where three in four were off that way. */
  way: "high" | "low" | "either way";
}

export const leastStatements = 6;
const mostLast = 6;

/**
 * How well somebody knows their own numbers, and whether that has changed (METHOD R2.3): the middle of how far off the last
 * statements were, beside the earlier ones. Where the actual figure was zero there is no share, and the statement is left out.
 *
 * Refuses below six statements. Two halves are described, not compared for luck: `trend` says whether it is more than that.
 * @param statements oldest first, in any one unit
 */
export function selfReport(statements: readonly { stated: number; actual: number }[]): Estimate<SelfReport> {
  const shares = statements.filter(({ actual }) => actual !== 0).map(({ stated, actual }) => (stated - actual) / Math.abs(actual));
  if (shares.length < leastStatements) return refused("results", shares.length, leastStatements, "statements");
  const last = Math.min(mostLast, Math.floor(shares.length / 2));
  const [before, now] = [shares.slice(0, -last), shares.slice(-last)];
  return known({
    before: offOf(before),
    now: offOf(now),
    earlier: before.length,
    last,
    trend: trend(
      shares.map((share) => Math.abs(share)),
      "statements",
    ),
  });
}

function offOf(shares: readonly number[]): Off {
  const sorted = shares.map((share) => Math.abs(share)).toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const share = sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  const most = (3 * shares.length) / 4;
  const [high, low] = [shares.filter((one) => one > 0).length, shares.filter((one) => one < 0).length];
  return { share, way: high >= most ? "high" : low >= most ? "low" : "either way" };
}
