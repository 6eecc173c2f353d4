import { type Estimate, known, refused } from "./estimate.ts";
import { addDeal, addNew, chanceOf, type DrawnFrom, drawParts, monthDraws, quantileOf } from "./month-draws.ts";
import { seededRandom } from "./seeded-random.ts";

export interface AttainmentAsked extends DrawnFrom {
  /** What is to be won within the span beyond what is won already, in minor units. */
  goalMinor: number;
  seed: number;
  draws?: number;
}

export interface Attainment {
  /** Chance that the goal is reached, 0 to 1. */
  chance: number;
  /** In four of five cases the span brings between these; in half of them more than `middle`. Minor units. */
  low: number;
  middle: number;
  high: number;
}

/**
 * The chance to reach a goal, by seeded simulation (see `monthDraws`).
 * Refuses when there is neither an open deal nor any new one to be expected: nothing is drawn from nothing.
 */
export function attainment({ goalMinor, seed, draws, ...from }: AttainmentAsked): Estimate<Attainment> {
  if (!canWin(from.outlook)) return nothingToWin;
  const drawn = monthDraws(from, seed, draws);
  const [low, middle, high] = [quantileOf(drawn, 0.1), quantileOf(drawn, 0.5), quantileOf(drawn, 0.9)];
  return known({ chance: chanceOf(drawn, goalMinor), low, middle, high });
}

const canWin = ({ open, newWins }: DrawnFrom["outlook"]): boolean => newWins > 0 || open.some(({ chance, minor }) => chance * minor > 0);

const nothingToWin = refused("deals", 0, 1, "deals that can be won by then");

/** Something this person could turn, and what it would do to the chance. */
export interface Move {
  what: { kind: "win chance" | "deal size" | "new opportunities" } | { kind: "deal"; at: number };
  /** The chance to reach the goal then, and how much more that is. */
  chance: number;
  more: number;
}

const tenth = 0.1;
const mostDeals = 3;
const movesDraws = 2000;

/**
 * What moves the chance to reach the goal most: ten percent on each lever, and each of the largest uncertain deals won for
 * sure (`at` is its place in `outlook.open`). The greatest first. All on the same draws, so that the same luck is compared.
 * Refuses as `attainment` does.
 */
export function whatMovesMost(asked: AttainmentAsked): Estimate<Move[]> {
  const { outlook, goalMinor, seed, draws = movesDraws } = asked;
  if (!canWin(outlook)) return nothingToWin;
  const deals = uncertain(outlook);
  const { sums, factors, of } = drawParts(asked, seed, draws, deals);
  const random = seededRandom(seed + 1);
  const share = (sumOf: (draw: number) => number) =>
    sums.reduce((reached, _, draw) => reached + Number(sumOf(draw) * (factors[draw] ?? 0) >= goalMinor), 0) / draws;
  const now = share((draw) => sums[draw] ?? 0);
  const more = sums.slice();
  addNew(more, { ...outlook, newWins: outlook.newWins * tenth }, random);
  const likelier = more.slice();
  for (const { minor, chance } of outlook.open) addDeal(likelier, { minor, chance: Math.min(1 - chance, chance * tenth) }, random);
  const moves: Omit<Move, "more">[] = [
    { what: { kind: "win chance" }, chance: share((draw) => likelier[draw] ?? 0) },
    { what: { kind: "deal size" }, chance: share((draw) => (sums[draw] ?? 0) * (1 + tenth)) },
    { what: { kind: "new opportunities" }, chance: share((draw) => more[draw] ?? 0) },
    ...deals.map((at): Omit<Move, "more"> => {
      const [part, minor] = [of.get(at), outlook.open[at]?.minor ?? 0];
      return { what: { kind: "deal", at }, chance: share((draw) => (sums[draw] ?? 0) - (part?.[draw] ?? 0) + minor) };
    }),
  ];
  return known(moves.map((move) => ({ ...move, more: move.chance - now })).toSorted((a, b) => b.more - a.more));
}

/** The open deals, by their place, with the most to gain from being won for sure. */
const uncertain = ({ open }: DrawnFrom["outlook"]): number[] =>
  open
    .map(({ minor, chance }, at) => ({ at, gain: minor * (1 - chance) * Math.sign(chance) }))
    .filter(({ gain }) => gain > 0)
    .toSorted((a, b) => b.gain - a.gain)
    .slice(0, mostDeals)
    .map(({ at }) => at);
