import { type Estimate, known, refused } from "./estimate.ts";
import { type Baseline, type Changes, type Lever, levers, multiplierOf } from "./levers.ts";

export interface LeverSet {
  levers: Lever[];
  /** The same improvement of each, as a share. */
  each: number;
  changes: Changes;
}

const most = 0.1;

/**
 * The sets of the fewest levers which, each improved alike, lift the baseline to the aspiration: those without the cycle first, as
 * its worth rests on an assumption, then those that need the least.
 *
 * @param aspirationMinor a year, in minor units
 * @param of the levers there are: whoever closes within a day has no cycle to shorten
 * @param atMost the most anyone is asked to improve one lever by, as a share
 * Refuses without a baseline, and when even all of them together do not get there.
 * Source: ours, on `multiplierOf`; the improvement is found by bisection to a hundredth of a percent.
 */
export function smallestLeverSets(
  baseline: Baseline,
  aspirationMinor: number,
  of: readonly Lever[] = levers,
  atMost = most,
): Estimate<LeverSet[]> {
  if (baseline.yearMinor <= 0) return refused("wins", 0, 1, "won deals");
  const goal = aspirationMinor / baseline.yearMinor;
  if (goal <= 1) return known([{ levers: [], each: 0, changes: {} }]);
  for (let size = 1; size <= of.length; size++) {
    const found = setsOf(of, size)
      .map((set) => needed(set, goal, baseline, atMost))
      .filter((one) => one !== null)
      .toSorted((a, b) => assumes(a) - assumes(b) || a.each - b.each);
    if (found.length > 0) return known(found);
  }
  const reach = multiplierOf(alike(of, atMost));
  return refused("a way there", Math.floor(100 * reach), Math.ceil(100 * goal), "percent of today");
}

export const assumes = (set: Pick<LeverSet, "levers">): number => Number(set.levers.includes("cycle"));

const setsOf = (of: readonly Lever[], size: number): Lever[][] =>
  Array.from({ length: 2 ** of.length }, (_, bits) => of.filter((_lever, at) => (bits >> at) & 1)).filter((set) => set.length === size);

const alike = (set: readonly Lever[], share: number): Changes => Object.fromEntries(set.map((lever) => [lever, share]));

function needed(set: Lever[], goal: number, { winChance }: Baseline, atMost: number): LeverSet | null {
  const cap = set.includes("win chance") ? Math.min(atMost, 1 / winChance - 1) : atMost;
  if (!(multiplierOf(alike(set, cap)) >= goal)) return null;
  let [low, high] = [0, cap];
  while (high - low > 0.0001) {
    const middle = (low + high) / 2;
    if (multiplierOf(alike(set, middle)) < goal) low = middle;
    else high = middle;
  }
  return { levers: set, each: high, changes: alike(set, high) };
}
