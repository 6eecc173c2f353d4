import { type Estimate, known, refused } from "./estimate.ts";
import { addNew, chanceOf, type DrawnFrom, drawParts, drawsMade, quantileOf } from "./month-draws.ts";
import { seededRandom } from "./seeded-random.ts";

export interface ToDraw extends DrawnFrom {
  /** Any whole number; the same seed gives the same draws. */
  seed: number;
  draws?: number;
}

/** What a span may bring, drawn once and held against any number of goals. Minor units, one value a draw. */
export interface SpanDraws {
  /** Smallest first. */
  sorted: Float64Array;
  /** What the same draws would bring if one thing were other than it is. */
  turned: { what: Move["what"]; results: Float64Array }[];
}

/** Something this person could turn, and what it would do to the chance. */
export interface Move {
  what: { kind: "win chance" | "deal size" | "new opportunities" } | { kind: "deal"; at: number };
  /** The chance to reach the goal then, and how much more that is. */
  chance: number;
  more: number;
}

const tenth = 0.1;
const mostDeals = 3;

/**
 * Draws of what a span may bring (see `monthDraws`), as it is and with one thing turned: ten percent more on each lever, and
 * each of the largest uncertain deals won for sure (`at` is its place in `outlook.open`). All on the same draws, so that the
 * same luck is compared.
 * Refuses when there is neither an open deal nor any new one to be expected: nothing is drawn from nothing.
 */
export function spanDraws({ seed, draws = drawsMade, ...from }: ToDraw): Estimate<SpanDraws> {
  const { outlook } = from;
  if (!canWin(outlook)) return refused("deals", 0, 1, "deals that can be won by then");
  const deals = uncertain(outlook);
  const random = seededRandom(seed + 1);
  const besides = { sums: new Float64Array(draws), by: tenth, random };
  const { sums, factors, of } = drawParts(from, seed, draws, deals, besides);
  const more = sums.slice();
  addNew(more, { ...outlook, newWins: outlook.newWins * tenth }, random);
  const likelier = more.slice();
  for (let draw = 0; draw < draws; draw++) (likelier[draw] as number) += besides.sums[draw] as number;
  const results = times(sums, factors);
  // A deal that is won brings its amount, whatever becomes of the others.
  const wonForSure = (at: number) => {
    const [part, minor] = [of.get(at), outlook.open[at]?.minor ?? 0];
    const others = sums.slice();
    if (part) for (let draw = 0; draw < draws; draw++) (others[draw] as number) -= part[draw] as number;
    const won = times(others, factors);
    for (let draw = 0; draw < draws; draw++) (won[draw] as number) += minor;
    return won;
  };
  return known({
    sorted: results.toSorted(),
    turned: [
      { what: { kind: "win chance" }, results: times(likelier, factors) },
      { what: { kind: "deal size" }, results: times(results, new Float64Array(draws).fill(1 + tenth)) },
      { what: { kind: "new opportunities" }, results: times(more, factors) },
      ...deals.map((at) => ({ what: { kind: "deal" as const, at }, results: wonForSure(at) })),
    ],
  });
}

/** Draw by draw; with plain loops, as closures over thousands of draws cost more than the drawing. */
function times(some: Float64Array, factors: Float64Array): Float64Array {
  const scaled = new Float64Array(some.length);
  for (let draw = 0; draw < some.length; draw++) scaled[draw] = (some[draw] as number) * (factors[draw] as number);
  return scaled;
}

const canWin = ({ open, newWins }: DrawnFrom["outlook"]): boolean => newWins > 0 || open.some(({ chance, minor }) => chance * minor > 0);

/** The open deals, by their place, with the most to gain from being won for sure. */
const uncertain = ({ open }: DrawnFrom["outlook"]): number[] =>
  open
    .map(({ minor, chance }, at) => ({ at, gain: minor * (1 - chance) * Math.sign(chance) }))
    .filter(({ gain }) => gain > 0)
    .toSorted((a, b) => b.gain - a.gain)
    .slice(0, mostDeals)
    .map(({ at }) => at);

export interface Attainment {
  /** Chance that the goal is reached, 0 to 1. */
  chance: number;
  /** In four of five cases the span brings between these; in half of them more than `middle`. Minor units. */
  low: number;
  middle: number;
  high: number;
}

/**
 * The chance to reach a goal, by seeded simulation.
 * @param goalMinor what is to be won within the span beyond what is won already, in minor units
 */
export const attainment = ({ sorted }: SpanDraws, goalMinor: number): Attainment => ({
  chance: chanceOf(sorted, goalMinor),
  low: quantileOf(sorted, 0.1),
  middle: quantileOf(sorted, 0.5),
  high: quantileOf(sorted, 0.9),
});

/**
 * What moves the chance to reach a goal most, the greatest first.
 * @param goalMinor as for `attainment`
 */
export function whatMovesMost({ sorted, turned }: SpanDraws, goalMinor: number): Move[] {
  const now = chanceOf(sorted, goalMinor);
  const moves = turned.map(({ what, results }): Move => {
    const chance = shareReaching(results, goalMinor);
    return { what, chance, more: chance - now };
  });
  return moves.toSorted((a, b) => b.more - a.more);
}

function shareReaching(results: Float64Array, goal: number): number {
  let reached = 0;
  for (const result of results) if (result >= goal) reached++;
  return reached / results.length;
}
