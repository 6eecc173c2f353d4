import { betaQuantile } from "./beta-quantile.ts";
import { type Estimate, known, refused } from "./estimate.ts";

/** Closed deals of one person. */
export interface Closed {
  id: string;
  won: number;
  lost: number;
}

/** Shares between 0 and 1. */
export interface WinRate {
  /** Drawn toward everybody's by as much as the differences among people are chance. */
  rate: number;
  /** It lies between these with the chance asked for. */
  low: number;
  high: number;
  won: number;
  closed: number;
}

export interface WinRates {
  /** Of all closed deals together. */
  pooled: number;
  /**
   * What a rate is drawn toward: the pooled one; even chances where there is one person alone. Where nobody has won yet,
   * or nobody lost, it is half a deal off that edge, as by Jeffreys' prior: none of twenty won is not none ever.
   */
  mean: number;
  /** How many closed deals at the pooled rate everybody is thought to have had besides their own. */
  prior: number;
  rates: Map<string, WinRate>;
}

export const leastForRates = 20;
const strongest = 3000;

/**
 * Win rates of people with few deals each: beta-binomial empirical Bayes.
 *
 * Intervals that overlap are no difference: never rank by them. Refuses below twenty closed deals in all.
 * @param sure how sure the interval is, between 0 and 1
 * Source: moment estimate of Kleinman, JASA 68 (1973); interval by the beta quantile (numbers.md). One person alone has
 * nobody to be drawn toward: Jeffreys' prior.
 */
export function winRates(people: readonly Closed[], sure = 0.8): Estimate<WinRates> {
  const crowd = winRateCrowd(people);
  if (!crowd.known) return crowd;
  return known({ ...crowd.value, rates: new Map(people.map((one) => [one.id, drawnWinRate(crowd.value, one, sure)])) });
}

/** What everybody's closed deals say, toward which a person's rate is drawn. Refuses as `winRates` does. */
export function winRateCrowd(people: readonly Closed[]): Estimate<Omit<WinRates, "rates">> {
  const some = people.filter(({ won, lost }) => won + lost > 0);
  const [won, closed] = [some.reduce((sum, one) => sum + one.won, 0), some.reduce((sum, one) => sum + one.won + one.lost, 0)];
  if (closed < leastForRates) return refused("outcomes", closed, leastForRates, "closed deals");
  const pooled = won / closed;
  const prior = some.length < 2 ? 1 : strength(some, pooled);
  const edge = 0.5 / (closed + 1);
  const mean = some.length < 2 ? 0.5 : Math.min(1 - edge, Math.max(edge, pooled));
  return known({ pooled, mean, prior });
}

/** One person's rate drawn toward everybody's, with the interval that holds it with the chance `sure`. */
export function drawnWinRate({ mean, prior }: Pick<WinRates, "mean" | "prior">, { won, lost }: Omit<Closed, "id">, sure = 0.8): WinRate {
  const [a, b] = [mean * prior + won, (1 - mean) * prior + lost];
  const rate = a / (a + b);
  const [low, high] = [betaQuantile((1 - sure) / 2, a, b), betaQuantile((1 + sure) / 2, a, b)];
  // Close to an edge, where a or b is far below one, the mean lies beyond the quantiles: an interval that leaves out its
  // own estimate says nothing to anybody.
  return { rate, low: Math.min(low, rate), high: Math.max(high, rate), won, closed: won + lost };
}

/** The spread among people beyond chance, told as the size of a prior; as strong as ever allowed when there is none. */
function strength(some: readonly Closed[], mean: number): number {
  const sizes = some.map(({ won, lost }) => won + lost);
  const total = sizes.reduce((sum, n) => sum + n, 0);
  const squares = some.reduce((sum, { won, lost }) => sum + (won + lost) * (won / (won + lost) - mean) ** 2, 0);
  const free = total - sizes.reduce((sum, n) => sum + n * n, 0) / total;
  const between = (squares - (some.length - 1) * mean * (1 - mean)) / free;
  return between <= 0 ? strongest : Math.min(strongest, Math.max(1, (mean * (1 - mean)) / between - 1));
}
