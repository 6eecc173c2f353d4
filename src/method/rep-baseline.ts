import type { OwnedDeal } from "./closing-model.ts";
import { type Estimate, known, refused } from "./estimate.ts";
import type { Baseline } from "./levers.ts";
import { medianOf } from "./median-of.ts";
import { normalQuantile } from "./normal.ts";
import { gammaQuantile } from "./required-coverage.ts";

/** What somebody's levers multiply, and out of what it comes. Days are day numbers, `until` not included. */
export interface RepBaseline extends Omit<Baseline, "commissionRate"> {
  from: number;
  until: number;
  closedDeals: number;
  wonDeals: number;
}

export interface BaselineAsked {
  /** First day on which outcomes are known, and the day after the last that counts: day numbers. */
  observedFrom: number;
  until: number;
  /** The person's own win rate, a share; null where there is none. */
  winRate: number | null;
  /** Day on which the person is thought to have begun, a day number: see `begunOn`. */
  begun?: number | undefined;
}

const leastBaselineDays = 90;
export const leastWins = 5;
const yearDays = 365;

/** The days a baseline is taken from: the last year, or what is known of it and of the person. */
export const baselineWindow = ({ observedFrom, until, begun = observedFrom }: Omit<BaselineAsked, "winRate">) => ({
  from: Math.max(observedFrom, until - yearDays, begun),
  until,
});

/**
 * The day on which somebody began to sell here: that of their first deal, or the day they started where they took over older ones.
 * Days before it say nothing of them. Null where neither is known.
 * @param startedOn a day number, where it is known
 */
export function begunOn(mine: readonly Pick<OwnedDeal, "createdOn">[], startedOn: number | null = null): number | null {
  if (mine.length === 0) return startedOn;
  const first = mine.reduce((least, { createdOn }) => Math.min(least, createdOn), Number.POSITIVE_INFINITY);
  return Math.max(first, startedOn ?? first);
}

/**
 * The last twelve months of one person, told as a year: what they win, how many opportunities they make, how large and how long.
 *
 * The range of the income is where a year like this would end four times in five: wins come by chance, each with its own amount.
 * Refuses below ninety days of known outcomes, or five won deals.
 * @param mine every deal of theirs, as known before `until`
 * Source: compound Poisson, whose variance is the sum of the squared amounts; range by the gamma quantile (Wilson and Hilferty).
 */
export function repBaseline(mine: readonly OwnedDeal[], asked: BaselineAsked): Estimate<RepBaseline> {
  const { from, until } = baselineWindow(asked);
  const days = until - from;
  if (days < leastBaselineDays)
    return refused(
      "history",
      Math.max(0, days),
      leastBaselineDays,
      from === asked.begun ? "days since the first own deal" : "days of closed deals",
    );
  const closed = mine.filter(({ outcome, endedOn }) => outcome !== "open" && endedOn !== null && endedOn >= from && endedOn < until);
  const won = closed.filter(({ outcome }) => outcome === "won");
  if (won.length < leastWins || asked.winRate === null) return refused("wins", won.length, leastWins, "won deals");
  const sum = won.reduce((total, { wonMinor }) => total + wonMinor, 0);
  if (sum <= 0) return refused("wins", 0, 1, "won deals with an amount");
  const squares = won.reduce((total, { wonMinor }) => total + wonMinor * wonMinor, 0);
  const aYear = yearDays / days;
  const made = mine.filter(({ createdOn }) => createdOn >= from && createdOn < until).length;
  const quantile = (share: number) => gammaQuantile(sum * aYear, squares * aYear * aYear, normalQuantile(share));
  return known({
    from,
    until,
    closedDeals: closed.length,
    wonDeals: won.length,
    yearMinor: sum * aYear,
    lowMinor: quantile(0.1),
    highMinor: quantile(0.9),
    opportunitiesAMonth: (made * aYear) / 12,
    winChance: asked.winRate,
    dealMinor: sum / won.length,
    cycleDays: medianOf(won.map(({ createdOn, endedOn }) => (endedOn ?? createdOn) - createdOn)),
  });
}
