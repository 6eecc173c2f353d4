import { type Estimate, known } from "./estimate.ts";
import { type Baseline, type Changes, type Gain, gainOf, type Lever, levers, multiplierOf, oneStep } from "./levers.ts";
import { assumes, type LeverSet, smallestLeverSets } from "./smallest-lever-set.ts";

/** How many of the steps people think in: opportunities a month, points of win chance, percent of deal size, days of cycle. */
export type LeverSteps = Record<Lever, number>;

export const noSteps: LeverSteps = { opportunities: 0, "win chance": 0, "deal size": 0, cycle: 0 };

/** The most steps of each lever anybody is asked to think of: half as many opportunities again, ten points, a fifth, half the days. */
export function mostSteps(lever: Lever, baseline: Baseline): number {
  if (oneStep(lever, baseline) === null) return 0;
  const most: LeverSteps = {
    opportunities: Math.max(3, Math.round(baseline.opportunitiesAMonth / 2)),
    "win chance": Math.min(10, Math.floor((1 - baseline.winChance) * 100)),
    "deal size": 20,
    cycle: Math.min(20, Math.floor(baseline.cycleDays / 2)),
  };
  return Math.max(0, most[lever]);
}

/** Steps as shares of the baseline; a lever it has nothing of stays out. */
export function changesOf(steps: LeverSteps, baseline: Baseline): Changes {
  return Object.fromEntries(
    levers.flatMap((lever) => {
      const share = oneStep(lever, baseline)?.[lever];
      return share === undefined || steps[lever] === 0 ? [] : [[lever, share * Math.min(steps[lever], mostSteps(lever, baseline))]];
    }),
  );
}

/** What one lever is worth by itself, in steps. Refuses as `gainOf` does. */
export const gainOfOne = (lever: Lever, steps: number, baseline: Baseline): Estimate<Gain> =>
  gainOf(baseline, changesOf({ ...noSteps, [lever]: steps }, baseline));

/**
 * The smallest set that reaches an aspiration, in whole steps: the fewest levers (see `smallestLeverSets`), each rounded up, then
 * every step taken back that is not needed; among as few levers the fewest steps, the cycle last.
 *
 * @param aspirationMinor a year, in minor units
 * Refuses as `smallestLeverSets` does.
 */
export function smallestSteps(baseline: Baseline, aspirationMinor: number): Estimate<LeverSteps> {
  const turnable = levers.filter((lever) => mostSteps(lever, baseline) > 0);
  const sets = smallestLeverSets(baseline, aspirationMinor, turnable);
  if (!sets.known) return sets;
  const reaches = (tried: LeverSteps) => baseline.yearMinor * multiplierOf(changesOf(tried, baseline)) >= aspirationMinor;
  const found = sets.value.map((set) => ({ set, steps: pared(roundedUp(set, baseline), set.levers, reaches) }));
  const [best] = found.toSorted((a, b) => assumes(a.set) - assumes(b.set) || stepsIn(a.steps) - stepsIn(b.steps));
  return known(best?.steps ?? noSteps);
}

const stepsIn = (steps: LeverSteps): number => levers.reduce((sum, lever) => sum + steps[lever], 0);

function roundedUp({ levers: set, each }: LeverSet, baseline: Baseline): LeverSteps {
  const steps = { ...noSteps };
  for (const lever of set) {
    const share = oneStep(lever, baseline)?.[lever];
    if (share !== undefined) steps[lever] = Math.min(mostSteps(lever, baseline), Math.ceil(each / share - 1e-9));
  }
  return steps;
}

function pared(steps: LeverSteps, set: readonly Lever[], reaches: (tried: LeverSteps) => boolean): LeverSteps {
  const left = { ...steps };
  for (const lever of set) while (left[lever] > 0 && reaches({ ...left, [lever]: left[lever] - 1 })) left[lever]--;
  return left;
}
