import { type Estimate, known, refused } from "./estimate.ts";
import { chanceOf, type DrawnFrom, monthDraws, quantileOf } from "./month-draws.ts";

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
  const { open, newWins } = from.outlook;
  if (newWins <= 0 && !open.some(({ chance, minor }) => chance * minor > 0)) return refused("deals", 0, 1, "deals that can be won by then");
  const drawn = monthDraws(from, seed, draws);
  const [low, middle, high] = [quantileOf(drawn, 0.1), quantileOf(drawn, 0.5), quantileOf(drawn, 0.9)];
  return known({ chance: chanceOf(drawn, goalMinor), low, middle, high });
}

/** Something this person could turn, and what it would do to the chance. */
export interface Move {
  what: { kind: "win chance" | "deal size" | "new opportunities" } | { kind: "deal"; at: number };
  /** The chance to reach the goal then, and how much more that is. */
  chance: number;
  more: number;
}

const tenth = 1.1;
const mostDeals = 3;
const movesDraws = 2000;

/**
 * What moves the chance to reach the goal most: ten percent on each lever, and each of the largest uncertain deals won for
 * sure (`at` is its place in `outlook.open`). The greatest first. All with one seed, so that the same luck is compared.
 * Refuses as `attainment` does.
 */
export function whatMovesMost(asked: AttainmentAsked): Estimate<Move[]> {
  const chanceWith = (outlook: DrawnFrom["outlook"], scale = asked.scale): number => {
    const then = attainment({ ...asked, outlook, scale, draws: asked.draws ?? movesDraws });
    return then.known ? then.value.chance : 0;
  };
  const now = attainment({ ...asked, draws: asked.draws ?? movesDraws });
  if (!now.known) return now;
  const { outlook } = asked;
  const withOpen = (turned: (deal: DrawnFrom["outlook"]["open"][number], at: number) => number) => ({
    ...outlook,
    open: outlook.open.map((deal, at) => ({ ...deal, chance: Math.min(1, turned(deal, at)) })),
  });
  const likelier = { ...withOpen(({ chance }) => chance * tenth), newWins: outlook.newWins * tenth };
  const moves: Omit<Move, "more">[] = [
    { what: { kind: "win chance" }, chance: chanceWith(likelier) },
    { what: { kind: "deal size" }, chance: chanceWith(outlook, asked.scale * tenth) },
    { what: { kind: "new opportunities" }, chance: chanceWith({ ...outlook, newWins: outlook.newWins * tenth }) },
    ...uncertain(outlook).map((deal): Omit<Move, "more"> => ({
      what: { kind: "deal", at: deal },
      chance: chanceWith(withOpen(({ chance }, at) => (at === deal ? 1 : chance))),
    })),
  ];
  return known(moves.map((move) => ({ ...move, more: move.chance - now.value.chance })).toSorted((a, b) => b.more - a.more));
}

/** The open deals, by their place, with the most to gain from being won for sure. */
const uncertain = ({ open }: DrawnFrom["outlook"]): number[] =>
  open
    .map(({ minor, chance }, at) => ({ at, gain: minor * (1 - chance) * Math.sign(chance) }))
    .filter(({ gain }) => gain > 0)
    .toSorted((a, b) => b.gain - a.gain)
    .slice(0, mostDeals)
    .map(({ at }) => at);
