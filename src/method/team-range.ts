import { normalQuantile } from "./normal.ts";

/** What one person is expected to bring from here on, and between which it lies four times in five; one unit. */
export interface PersonRange {
  expected: number;
  low: number;
  high: number;
}

/**
 * The range of several people's sum, four times in five: chances of each apart even out, what hits everybody alike does not.
 * @param sharedSpread standard deviation of the shared shock, as a share of what is expected
 * Source: variance of a sum of independent parts and one common factor; the 80 % range of a normal.
 */
export function teamRange(people: readonly PersonRange[], sharedSpread: number): { low: number; high: number } {
  const [only] = people;
  if (people.length === 1 && only) return { low: only.low, high: only.high };
  const wide = normalQuantile(0.9);
  const expected = people.reduce((sum, one) => sum + one.expected, 0);
  const apart = people.reduce((sum, { low, high, expected: mine }) => {
    const deviation = (high - low) / (2 * wide);
    return sum + Math.max(0, deviation * deviation - (sharedSpread * mine) ** 2);
  }, 0);
  const half = wide * Math.sqrt(apart + (sharedSpread * expected) ** 2);
  return { low: Math.max(0, expected - half), high: expected + half };
}
