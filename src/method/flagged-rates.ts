import { betaChance } from "./beta-quantile.ts";
import { type Estimate, known, refused } from "./estimate.ts";
import { type Closed, leastForRates } from "./win-rates.ts";

export interface FlaggedRate {
  id: string;
  side: "above" | "below";
  /** How likely so much difference from everybody else's rate is by chance alone. */
  chance: number;
}

/**
 * Whose win rate differs from everybody else's by more than chance, when all are looked at at once.
 *
 * Each person with at least twenty closed deals is tested against the rate of the others (exact binomial, both sides); of
 * those flagged at most the share `falseShare` is expected to be false. Empty means: nobody differs.
 * Refuses below two such people.
 * Source: Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995).
 */
export function flaggedRates(people: readonly Closed[], falseShare = 0.05): Estimate<FlaggedRate[]> {
  const some = people.filter(({ won, lost }) => won + lost >= leastForRates);
  if (some.length < 2) return refused("people", some.length, 2, `people with ${leastForRates} closed deals`);
  const [won, closed] = [people.reduce((sum, one) => sum + one.won, 0), people.reduce((sum, one) => sum + one.won + one.lost, 0)];
  const tested = some.map((one) => against(one, (won - one.won) / (closed - one.won - one.lost))).toSorted((a, b) => a.chance - b.chance);
  const last = tested.findLastIndex(({ chance }, at) => chance <= (falseShare * (at + 1)) / tested.length);
  return known(tested.slice(0, last + 1));
}

function against({ id, won, lost }: Closed, rate: number): FlaggedRate {
  const atMost = lost === 0 ? 1 : 1 - betaChance(rate, won + 1, lost);
  const atLeast = won === 0 ? 1 : betaChance(rate, won, lost + 1);
  return { id, side: atLeast < atMost ? "above" : "below", chance: Math.min(1, 2 * Math.min(atMost, atLeast)) };
}
