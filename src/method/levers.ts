import { type Estimate, known, refused } from "./estimate.ts";

/** The four things that make sales: more opportunities, won more often, each larger, each sooner. */
export const levers = ["opportunities", "win chance", "deal size", "cycle"] as const;
export type Lever = (typeof levers)[number];

/** A shorter cycle is worth something only if the time it frees is used; say so wherever its figure is shown. */
export const cycleAssumption = "Assumes that the days a shorter cycle frees are spent on new opportunities.";

/** Improvement of each, as a share: .01 is one percent more, or for the cycle one percent shorter. Missing is none. */
export type Changes = Partial<Record<Lever, number>>;

export interface Baseline {
  /** What this person wins a year, in minor units, and the range it likely lies in. */
  yearMinor: number;
  lowMinor: number;
  highMinor: number;
  /** Opportunities made a month, chance that one is won, mean won amount in minor units, days from first known to won. */
  opportunitiesAMonth: number;
  winChance: number;
  dealMinor: number;
  cycleDays: number;
  /** Share of revenue paid as commission; null where nobody said. */
  commissionRate: number | null;
}

export interface Range {
  low: number;
  mid: number;
  high: number;
}

/** Money a year, in minor units, beyond the baseline. */
export interface Gain {
  /** What the baseline is multiplied by. */
  multiplier: number;
  revenue: Range;
  commission: Range | null;
  /** True when a shorter cycle is part of it: then `cycleAssumption` is to be shown. */
  assumesTimeIsUsed: boolean;
}

/**
 * What the baseline is multiplied by: (1 + opportunities)(1 + win chance)(1 + deal size) / (1 − cycle).
 * One percent of each is worth 4.07 %, ten percent 47.9 %.
 * Throws a RangeError for a cycle shortened by all of itself or more.
 * Source: sales velocity, created × win chance × deal size / cycle (numbers.md, levers).
 */
export function multiplierOf(changes: Changes): number {
  const { opportunities = 0, "win chance": winChance = 0, "deal size": dealSize = 0, cycle = 0 } = changes;
  if (cycle >= 1) throw new RangeError("a cycle cannot be shortened by all of itself");
  return ((1 + opportunities) * (1 + winChance) * (1 + dealSize)) / (1 - cycle);
}

/**
 * What changes of one or several levers are worth a year. Several together are worth more than one by one: the gains compound.
 * Refuses without a year's baseline above nothing.
 */
export function gainOf(baseline: Baseline, changes: Changes): Estimate<Gain> {
  if (baseline.yearMinor <= 0) return refused("wins", 0, 1, "won deals");
  const most = baseline.winChance > 0 ? 1 / baseline.winChance - 1 : 0;
  const capped = { ...changes, "win chance": Math.min(changes["win chance"] ?? 0, most) };
  const multiplier = multiplierOf(capped);
  const times = (share: number): Range => ({
    low: baseline.lowMinor * (multiplier - 1) * share,
    mid: baseline.yearMinor * (multiplier - 1) * share,
    high: baseline.highMinor * (multiplier - 1) * share,
  });
  return known({
    multiplier,
    revenue: times(1),
    commission: baseline.commissionRate === null ? null : times(baseline.commissionRate),
    assumesTimeIsUsed: (changes.cycle ?? 0) !== 0,
  });
}

/**
 * The smallest steps people think in, as changes: one more opportunity a month, one point of win chance, one percent of deal
 * size, one day of cycle. Null where the baseline has nothing to take a share of.
 */
export function oneStep(lever: Lever, { opportunitiesAMonth, winChance, cycleDays }: Baseline): Changes | null {
  const shares: Record<Lever, number> = {
    opportunities: 1 / opportunitiesAMonth,
    "win chance": 0.01 / winChance,
    "deal size": 0.01,
    cycle: 1 / cycleDays,
  };
  const share = shares[lever];
  return Number.isFinite(share) && !(lever === "cycle" && share >= 1) ? { [lever]: share } : null;
}
