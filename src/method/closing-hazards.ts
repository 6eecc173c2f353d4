import { type Estimate, known, refused } from "./estimate.ts";

/** One deal as far as it was watched, in whole days of age; a deal is 0 days old on the day it is known first. */
export interface DealLife {
  /** The first age at which its closing would have been seen: above 0 for deals older than the records (delayed entry). */
  from: number;
  /** The age at which it closed, or the last whole day on which it was seen open. Below `from` it was never watched. */
  to: number;
  outcome: "won" | "lost" | "open";
}

/** By age in days, from 0 to the oldest age watched: arrays of one length. */
export interface ClosingHazards {
  /** How many deals were watched at that age. */
  atRisk: Float64Array;
  won: Float64Array;
  lost: Float64Array;
  /** Chance of being won, or lost, on that day by a deal still open then; 0 where none was watched. */
  wonHazard: Float64Array;
  lostHazard: Float64Array;
  /**
   * The age past which deals of this organisation no longer close: the oldest at which one ever closed, once at least
   * twenty open deals were watched a whole month beyond it; null while that cannot be told.
   */
  closesUpTo: number | null;
}

export const leastClosed = 30;
const watchedBeyond = 30;
const leastBeyond = 20;

/**
 * Discrete cause-specific hazards of winning and of losing by age, with delayed entry and right censoring.
 * Refuses below thirty closed deals.
 * Source: Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, chapter 8; the same numbers as
 * `survival::survfit` of R with `Surv(from - 0.5, to, outcome)`, open deals stopped at `to + 0.25` (test/method/fixtures).
 */
export function closingHazards(lives: readonly DealLife[]): Estimate<ClosingHazards> {
  const watched = lives.filter(({ from, to }) => to >= from && to >= 0);
  const closed = watched.filter(({ outcome }) => outcome !== "open").length;
  if (closed < leastClosed) return refused("outcomes", closed, leastClosed, "closed deals");
  const ages = 1 + watched.reduce((oldest, { to }) => Math.max(oldest, to), 0);
  const counts = () => new Float64Array(ages + 1);
  const [entered, left, won, lost] = [counts(), counts(), counts(), counts()];
  for (const { from, to, outcome } of watched) {
    add(entered, Math.max(0, from));
    add(left, to + 1);
    if (outcome !== "open") add(outcome === "won" ? won : lost, to);
  }
  const atRisk = new Float64Array(ages);
  let now = 0;
  for (let age = 0; age < ages; age++) atRisk[age] = now += (entered[age] ?? 0) - (left[age] ?? 0);
  return known(hazardsOf({ atRisk, won: won.slice(0, ages), lost: lost.slice(0, ages) }));
}

/** Hazards out of how many deals were watched, won and lost at each age: arrays of one length. */
export function hazardsOf(counts: Pick<ClosingHazards, "atRisk" | "won" | "lost">): ClosingHazards {
  const hazard = (events: Float64Array) => counts.atRisk.map((risk, age) => (risk > 0 ? (events[age] ?? 0) / risk : 0));
  return { ...counts, wonHazard: hazard(counts.won), lostHazard: hazard(counts.lost), closesUpTo: closesUpTo(counts) };
}

function add(counts: Float64Array, age: number): void {
  counts[age] = (counts[age] ?? 0) + 1;
}

function closesUpTo({ atRisk, won, lost }: Pick<ClosingHazards, "atRisk" | "won" | "lost">): number | null {
  const oldest = atRisk.findLastIndex((_, age) => (won[age] ?? 0) + (lost[age] ?? 0) > 0);
  return (atRisk[oldest + watchedBeyond] ?? 0) >= leastBeyond ? oldest : null;
}
