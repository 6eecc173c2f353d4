import { type Estimate, known, refused } from "./estimate.ts";

/** What was forecast beside what came, in one unit. */
export interface ForecastPair {
  forecast: number;
  actual: number;
}

/** A chance given beside what came. */
export interface ChancePair {
  chance: number;
  came: boolean;
}

const nothingCame = refused("results", 0, 1, "results above nothing");

/** Weighted absolute percentage error: Σ|forecast − actual| / Σ actual, 0 is perfect. Source: Kolassa and Schütz, Foresight 6 (2007). */
export function wape(pairs: readonly ForecastPair[]): Estimate<number> {
  const actual = pairs.reduce((sum, pair) => sum + pair.actual, 0);
  return actual > 0 ? known(pairs.reduce((sum, pair) => sum + Math.abs(pair.forecast - pair.actual), 0) / actual) : nothingCame;
}

/** Σ(forecast − actual) / Σ actual: above 0 promised too much, below too little. */
export function bias(pairs: readonly ForecastPair[]): Estimate<number> {
  const actual = pairs.reduce((sum, pair) => sum + pair.actual, 0);
  return actual > 0 ? known(pairs.reduce((sum, pair) => sum + pair.forecast - pair.actual, 0) / actual) : nothingCame;
}

/** Mean squared error of chances: 0 is perfect, .25 is what "fifty-fifty" gets. Source: Brier, Monthly Weather Review 78 (1950). */
export function brier(pairs: readonly ChancePair[]): Estimate<number> {
  if (pairs.length === 0) return refused("results", 0, 1, "results");
  return known(pairs.reduce((sum, { chance, came }) => sum + (chance - Number(came)) ** 2, 0) / pairs.length);
}

/**
 * Expected calibration error: by tenths of chance, how far what was said is from how often it came, weighted by how often it
 * was said. 0 is perfect. Source: Naeini, Cooper and Hauskrecht, AAAI 2015; ten bins of equal width.
 */
export function calibrationError(pairs: readonly ChancePair[]): Estimate<number> {
  if (pairs.length < 10) return refused("results", pairs.length, 10, "results");
  const bins = Map.groupBy(pairs, ({ chance }) => Math.min(9, Math.floor(chance * 10)));
  let error = 0;
  for (const bin of bins.values()) error += Math.abs(bin.reduce((sum, { chance, came }) => sum + chance - Number(came), 0));
  return known(error / pairs.length);
}

/**
 * Area under the ROC curve: how often a chance given to what came is higher than one given to what did not; ties count half.
 * .5 is guessing. Source: Mann–Whitney U, Hanley and McNeil, Radiology 143 (1982).
 */
export function rocArea(pairs: readonly ChancePair[]): Estimate<number> {
  const came = pairs.filter((pair) => pair.came).length;
  const not = pairs.length - came;
  if (came === 0 || not === 0) return refused("results", Math.min(came, not), 1, "results of each kind");
  const sorted = pairs.toSorted((a, b) => a.chance - b.chance);
  let ranks = 0;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    for (to = from; to < sorted.length && sorted[to]?.chance === sorted[from]?.chance;) to++;
    ranks += ((from + to + 1) / 2) * sorted.slice(from, to).filter((pair) => pair.came).length;
  }
  return known((ranks - (came * (came + 1)) / 2) / (came * not));
}

/** The share of results that fell within the interval given for them; a nominal 80 % interval should cover four in five. */
export function intervalCover(pairs: readonly { low: number; high: number; actual: number }[]): Estimate<number> {
  if (pairs.length === 0) return refused("results", 0, 1, "results");
  return known(pairs.filter(({ low, high, actual }) => actual >= low && actual <= high).length / pairs.length);
}
