import { betaQuantile } from "./beta-quantile.ts";
import { type Estimate, known, refused } from "./estimate.ts";

export interface ActivitiesPerWin {
  /** How many activities one won deal took, and the range it likely lies in. */
  each: number;
  low: number;
  high: number;
}

const leastWins = 5;

/**
 * How many activities a won deal takes, over one span of time.
 *
 * Refuses below five won deals, or with fewer activities than deals: then not all activities are known here.
 * @param sure how sure the range is
 * Source: ratio of two Poisson counts; given their sum, the wins are binomial, so the range follows from the beta quantile
 * (Przyborowski and Wilenski, Biometrika 31 (1940); Clopper and Pearson, Biometrika 26 (1934)).
 */
export const activitiesPerWin = (activities: number, won: number, sure = 0.8): Estimate<ActivitiesPerWin> =>
  activitiesPer(activities, won, "won deals", sure);

/** The same for anything counted that activities lead to, such as new opportunities. @param unit its plural, for the refusal */
export function activitiesPer(activities: number, many: number, unit: string, sure = 0.8): Estimate<ActivitiesPerWin> {
  if (many < leastWins) return refused(unit === "won deals" ? "wins" : "deals", many, leastWins, unit);
  if (activities < many) return refused("results", activities, many, "activities");
  const [least, greatest] = [betaQuantile((1 - sure) / 2, many, activities + 1), betaQuantile((1 + sure) / 2, many + 1, activities)];
  return known({ each: activities / many, low: ratio(greatest), high: ratio(least) });
}

/** Activities to one win, where this share of both together are wins. */
const ratio = (share: number): number => (1 - share) / share;
