import { type Estimate, known, refused } from "./estimate.ts";

const least = 5;

/**
 * How far two orders agree: 1 the same, 0 unrelated, −1 reversed. Ties share their mean rank.
 * Refuses below five pairs, or when one side is all alike.
 * Source: Spearman, American Journal of Psychology 15 (1904): Pearson's correlation of the ranks.
 */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): Estimate<number> {
  if (pairs.length < least) return refused("results", pairs.length, least, "pairs");
  const [a, b] = [ranksOf(pairs.map(([one]) => one)), ranksOf(pairs.map(([, other]) => other))];
  const mean = (pairs.length + 1) / 2;
  const product = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, rank, at) => sum + (rank - mean) * ((y[at] ?? 0) - mean), 0);
  const spread = Math.sqrt(product(a, a) * product(b, b));
  return spread > 0 ? known(product(a, b) / spread) : refused("results", 1, 2, "different values");
}

function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, at) => at).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = values.map(() => 0);
  for (let from = 0, to = 0; from < order.length; from = to) {
    for (to = from; to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0];) to++;
    for (let at = from; at < to; at++) ranks[order[at] ?? 0] = (from + to + 1) / 2;
  }
  return ranks;
}
