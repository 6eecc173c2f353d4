import { type Estimate, known, refused } from "./estimate.ts";
import { medianOf } from "./median-of.ts";
import { normalChance } from "./normal.ts";

export interface Trend {
  /** What can be told: "cannot tell" is most often the honest answer. */
  says: "rising" | "falling" | "cannot tell";
  /** Median change from one period to the next, in the unit of the values. */
  slope: number;
  /** Pairs that rise less pairs that fall, its variance when there is no trend, and how many standard deviations that is. */
  s: number;
  variance: number;
  z: number;
  /** How likely so much or more by chance alone. */
  chance: number;
}

const leastPeriods = 8;
const sure = 0.05;

/**
 * A trend told from noise, in values of equal periods, oldest first.
 *
 * Refuses below eight periods. At twenty activities a week falling five percent a week, eight weeks show it one time in six,
 * twelve weeks every second time: "cannot tell" does not mean "no trend".
 * @param unit plural of the period, for the refusal: "weeks"
 * Source: Mann, Econometrica 13 (1945), and Kendall, with the correction of the variance for ties; slope by Theil and Sen,
 * JASA 63 (1968).
 */
export function trend(values: readonly number[], unit = "weeks"): Estimate<Trend> {
  if (values.length < leastPeriods) return refused("periods", values.length, leastPeriods, unit);
  const slopes: number[] = [];
  let s = 0;
  for (const [later, value] of values.entries())
    for (let earlier = 0; earlier < later; earlier++) {
      const change = value - (values[earlier] ?? 0);
      s += Math.sign(change);
      slopes.push(change / (later - earlier));
    }
  const n = values.length;
  const ties = [...Map.groupBy(values, (value) => value).values()].reduce((sum, { length: t }) => sum + t * (t - 1) * (2 * t + 5), 0);
  const variance = (n * (n - 1) * (2 * n + 5) - ties) / 18;
  const z = variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0;
  const chance = 2 * (1 - normalChance(Math.abs(z)));
  return known({ says: chance >= sure ? "cannot tell" : s > 0 ? "rising" : "falling", slope: medianOf(slopes), s, variance, z, chance });
}
