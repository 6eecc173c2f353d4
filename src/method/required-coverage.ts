import { type Estimate, known, refused } from "./estimate.ts";
import { normalQuantile } from "./normal.ts";
import type { OwnerOutlook } from "./owner-outlook.ts";

export interface CoverageAsked {
  outlook: Pick<OwnerOutlook, "open" | "expectedNew" | "newWins" | "newMinor" | "variance">;
  /** What is still to be won until the horizon, in minor units. */
  gapMinor: number;
  /** What this person's forecasts are scaled by: what came of what was expected; 1 when nothing was learnt yet. */
  scale?: number;
  /** Standard deviations of the shock to all deals of everybody alike, and of this person's own, as shares. */
  sharedSpread?: number;
  ownSpread?: number;
  /** The age in days past which deals here no longer close; null while unknown. */
  closesUpTo?: number | null;
  /** How sure the surer figure is. */
  sure?: number;
}

/** Amounts in minor units. */
export interface Coverage {
  openMinor: number;
  openDeals: number;
  /** Of these, in deals past the age at which deals here still close: worth about nothing. */
  stale: { minor: number; deals: number } | null;
  /** Expected from deals that do not exist yet: part of the gap needs no open deal. */
  expectedNewMinor: number;
  /** How much has to be open for the gap to be expected, and for it to be reached as surely as asked; null: not with deals like these. */
  neededMinor: number;
  neededSurelyMinor: number | null;
  /** The range of what it takes: with the first the gap is reached one time in ten, with the second nine times. */
  neededLowMinor: number | null;
  neededHighMinor: number | null;
  /** The same counting only deals young enough to close. */
  neededYoungMinor: number;
  neededYoungSurelyMinor: number | null;
  /** `neededMinor` over the gap, where a flat rule says 3; null without a gap. */
  times: number | null;
}

const leastDeals = 5;
const mostTimes = 100;

/**
 * How much this person has to have open, out of own numbers.
 *
 * Needed = (gap − expected from new deals) / Σ(amount · chance) × Σ amount. Surely: the same deals so many times over that
 * their sum reaches the gap with the chance `sure`, the sum taken as gamma distributed with its own mean and variance.
 * Refuses below five open deals, or when none of them can still be won by then.
 * Source: numbers.md, coverage; quantile of the gamma by Wilson and Hilferty, PNAS 17 (1931).
 */
export function requiredCoverage(asked: CoverageAsked): Estimate<Coverage> {
  const { outlook, gapMinor, scale = 1, closesUpTo = null } = asked;
  const { open } = outlook;
  if (open.length < leastDeals) return refused("deals", open.length, leastDeals, "open deals");
  const alive = open.filter(({ chance, minor }) => chance * minor > 0);
  if (alive.length === 0) return refused("deals", 0, 1, "open deals that can still be won by then");
  const old = closesUpTo === null ? null : open.filter(({ age }) => age > closesUpTo);
  const openMinor = sumOf(open);
  const youngMinor = openMinor - sumOf(old ?? []);
  const expectedOpen = scale * alive.reduce((sum, { minor, chance }) => sum + minor * chance, 0);
  const expectedNewMinor = scale * outlook.expectedNew;
  const times = Math.max(0, gapMinor - expectedNewMinor) / expectedOpen;
  const timesFor = timesOf(asked, expectedOpen, expectedNewMinor);
  const [surely, low, high] = [timesFor(asked.sure ?? 0.8), timesFor(0.1), timesFor(0.9)];
  return known({
    openMinor,
    openDeals: open.length,
    stale: old && { minor: sumOf(old), deals: old.length },
    expectedNewMinor,
    neededMinor: times * openMinor,
    neededSurelyMinor: surely === null ? null : surely * openMinor,
    neededLowMinor: low === null ? null : low * openMinor,
    neededHighMinor: high === null ? null : high * openMinor,
    neededYoungMinor: times * youngMinor,
    neededYoungSurelyMinor: surely === null ? null : surely * youngMinor,
    times: gapMinor > 0 ? (times * openMinor) / gapMinor : null,
  });
}

const sumOf = (deals: readonly { minor: number }[]): number => deals.reduce((sum, { minor }) => sum + minor, 0);

/** How many times over the open deals are needed for the sum to reach the gap with a chance asked for; null: not a hundred times. */
function timesOf({ outlook, gapMinor, scale = 1, sharedSpread = 0, ownSpread = 0 }: CoverageAsked, open: number, fresh: number) {
  const openVariance = outlook.open.reduce((sum, { minor, chance }) => sum + minor * minor * chance * (1 - chance), 0) * scale * scale;
  const newVariance = Math.max(0, outlook.variance * scale * scale - openVariance);
  return (sure: number): number | null => {
    if (gapMinor <= 0) return 0;
    const z = normalQuantile(1 - sure);
    const least = (times: number): number => {
      const mean = times * open + fresh;
      const variance = (1 + sharedSpread ** 2) * (1 + ownSpread ** 2) * (times * openVariance + newVariance + mean * mean) - mean * mean;
      return gammaQuantile(mean, variance, z);
    };
    if (least(0) >= gapMinor) return 0;
    let [low, high] = [0, mostTimes];
    if (least(high) < gapMinor) return null;
    for (let step = 0; step < 40; step++) {
      const middle = (low + high) / 2;
      if (least(middle) < gapMinor) low = middle;
      else high = middle;
    }
    return high;
  };
}

/** The value below which a gamma variable of this mean and variance lies. @param z the normal quantile of the share wanted */
export function gammaQuantile(mean: number, variance: number, z: number): number {
  if (mean <= 0 || variance <= 0) return Math.max(0, mean);
  const shape = (mean * mean) / variance;
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  return root <= 0 ? 0 : mean * root ** 3;
}
