import type { OwnerOutlook } from "./owner-outlook.ts";
import { type SeededRandom, seededRandom } from "./seeded-random.ts";

/** What is drawn from: deals, and how far the whole may be off. */
export interface DrawnFrom {
  outlook: Pick<OwnerOutlook, "open" | "newWins" | "newAmounts" | "othersAmounts" | "othersShare">;
  /** What deals are scaled by so that they come to the forecast. */
  scale: number;
  /** Standard deviations of the shock shared by everybody and of this person's own, as shares. */
  sharedSpread: number;
  ownSpread: number;
}

export const drawsMade = 4000;

/**
 * Results that the span may bring, smallest first, in the unit of the amounts.
 *
 * Open deals are won or not by their chances, new ones come as a Poisson stream with amounts of deals made before; a shock
 * that hits everybody alike and one of this person's own scale the sum.
 * @param seed any whole number; the same seed gives the same draws
 * Source: Monte Carlo of numbers.md; shocks are lognormal with mean 1. Without the shared one chances come out too sure.
 */
export function monthDraws({ outlook, scale, sharedSpread, ownSpread }: DrawnFrom, seed: number, draws = drawsMade): Float64Array {
  const random = seededRandom(seed);
  const results = new Float64Array(draws);
  for (const { minor, chance } of outlook.open) addDeal(results, minor, chance, random);
  addNew(results, outlook, random);
  const sigma = Math.sqrt(Math.log1p(variance({ sharedSpread, ownSpread })));
  for (let draw = 0; draw < draws; draw++)
    results[draw] = (results[draw] ?? 0) * scale * Math.exp(sigma * random.normal() - (sigma * sigma) / 2);
  return results.sort();
}

/** Of two independent factors with mean 1, multiplied. */
const variance = ({ sharedSpread: a, ownSpread: b }: Pick<DrawnFrom, "sharedSpread" | "ownSpread">) => (1 + a * a) * (1 + b * b) - 1;

/** One deal in all draws: from one draw that differs from its likelier end to the next, by geometric steps. */
function addDeal(results: Float64Array, minor: number, chance: number, random: SeededRandom): void {
  if (chance <= 0 || minor <= 0) return;
  const isLikely = chance > 0.5;
  const amount = isLikely ? -minor : minor;
  if (isLikely) for (let draw = 0; draw < results.length; draw++) results[draw] = (results[draw] ?? 0) + minor;
  const step = 1 / Math.log1p(-(isLikely ? 1 - chance : chance));
  for (let draw = -1; ;) {
    draw += 1 + Math.floor(Math.log(1 - random.uniform()) * step);
    if (!(draw < results.length)) return;
    results[draw] = (results[draw] ?? 0) + amount;
  }
}

/** New deals: those of all draws at once, each dealt to any draw, which is a Poisson number in each. */
function addNew(
  results: Float64Array,
  { newWins, newAmounts, othersAmounts, othersShare }: DrawnFrom["outlook"],
  random: SeededRandom,
): void {
  for (let left = random.poisson(newWins * results.length); left > 0; left--) {
    const from = random.uniform() < othersShare ? othersAmounts : newAmounts;
    const draw = Math.floor(random.uniform() * results.length);
    results[draw] = (results[draw] ?? 0) + (from[Math.floor(random.uniform() * from.length)] ?? 0);
  }
}

/** The value below which this share of sorted draws lies. */
export const quantileOf = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.floor(share * sorted.length)))] ?? 0;

/** The share of sorted draws that reach a goal. */
export function chanceOf(sorted: ArrayLike<number>, goal: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < goal) low = middle + 1;
    else high = middle;
  }
  return sorted.length === 0 ? 0 : (sorted.length - low) / sorted.length;
}
