import type { OwnerOutlook } from "./owner-outlook.ts";
import { type SeededRandom, seededRandom } from "./seeded-random.ts";

/** What is drawn from: deals, and how far the whole may be off. */
export interface DrawnFrom {
  outlook: Pick<OwnerOutlook, "open" | "newWins" | "newAmounts" | "othersAmounts" | "othersShare">;
  /** What deals are scaled by so that they come to the forecast. */
  scale: number;
  /** Standard deviations of the shock shared by everybody and of this person's own, as shares. */
  sharedSpread: number;
  ownSpread: number;
}

/** Enough that a chance is off by less than a hundredth. */
export const drawsMade = 4000;

/**
 * Results that the span may bring, smallest first, in the unit of the amounts.
 *
 * Open deals are won or not by their chances, new ones come as a Poisson stream with amounts of deals made before; a shock
 * that hits everybody alike and one of this person's own scale the sum.
 * @param seed any whole number; the same seed gives the same draws
 * Source: Monte Carlo of numbers.md; shocks are lognormal with mean 1. Without the shared one chances come out too sure.
 */
export function monthDraws(from: DrawnFrom, seed: number, draws = drawsMade): Float64Array {
  const { sums, factors } = drawParts(from, seed, draws);
  return sums.map((sum, draw) => sum * (factors[draw] ?? 0)).sort();
}

/** Draws before they are sorted: what was won in each, what the shocks and the scale make of it, and what single deals brought. */
export interface DrawParts {
  sums: Float64Array;
  factors: Float64Array;
  /** Of the deals asked for, by their place in `outlook.open`. */
  of: Map<number, Float64Array>;
}

/** What would be won besides, in the very same draws, if every open deal's chance were so much higher, as a share of it. */
export interface Besides {
  sums: Float64Array;
  by: number;
  random: SeededRandom;
}

/**
 * @param apart places in `outlook.open` of deals whose own part is wanted
 * @param besides filled with what higher chances bring on top: a deal that a draw has won is not won again
 */
export function drawParts(from: DrawnFrom, seed: number, draws: number, apart: readonly number[] = [], besides?: Besides): DrawParts {
  const { outlook, scale, sharedSpread, ownSpread } = from;
  const random = seededRandom(seed);
  const sums = new Float64Array(draws);
  const of = new Map(apart.map((at) => [at, new Float64Array(draws)]));
  const { singly, rest } = parted(outlook, apart);
  for (const at of singly) addDeal(of.get(at) ?? sums, outlook.open[at] ?? nothing, random, besides);
  for (const part of of.values()) for (let draw = 0; draw < draws; draw++) (sums[draw] as number) += part[draw] ?? 0;
  addNew(sums, { ...outlook, newWins: Math.min(outlook.newWins, mostNew) }, random);
  if (rest.mean > 0)
    for (let draw = 0; draw < draws; draw++) (sums[draw] as number) += Math.max(0, rest.mean + Math.sqrt(rest.variance) * random.normal());
  if (besides && rest.openMean > 0) for (let draw = 0; draw < draws; draw++) (besides.sums[draw] as number) += rest.openMean * besides.by;
  const sigma = Math.sqrt(Math.log1p(variance({ sharedSpread, ownSpread })));
  const factors = sums.map(() => scale * Math.exp(sigma * random.normal() - (sigma * sigma) / 2));
  return { sums, factors, of };
}

const nothing = { minor: 0, chance: 0 };
const mostDeals = 80;
const mostNew = 30;

/**
 * The eighty most uncertain deals are drawn one by one, and thirty new ones; more than these come together as one normal, as
 * sums of many small parts do.
 */
function parted({ open, newWins, newAmounts, othersAmounts, othersShare }: DrawnFrom["outlook"], apart: readonly number[]) {
  const spread = open.map(({ minor, chance }) => minor * minor * chance * (1 - chance));
  const order = open.map((_, at) => at);
  if (open.length > mostDeals) order.sort((a, b) => (spread[b] ?? 0) - (spread[a] ?? 0));
  const singly = [...new Set([...order.slice(0, mostDeals), ...apart])];
  const isSingle = new Set(singly);
  const many = Math.max(0, newWins - mostNew);
  const amount = (power: number) => (1 - othersShare) * meanOf(newAmounts, power) + othersShare * meanOf(othersAmounts, power);
  const rest = { mean: many > 0 ? many * amount(1) : 0, variance: many > 0 ? many * amount(2) : 0, openMean: 0 };
  for (const at of order) {
    if (isSingle.has(at)) continue;
    rest.openMean += (open[at]?.minor ?? 0) * (open[at]?.chance ?? 0);
    rest.variance += spread[at] ?? 0;
  }
  rest.mean += rest.openMean;
  return { singly, rest };
}

const meanOf = (amounts: readonly number[], power: number): number =>
  amounts.reduce((sum, amount) => sum + amount ** power, 0) / Math.max(1, amounts.length);

/** Of two independent factors with mean 1, multiplied. */
const variance = ({ sharedSpread: a, ownSpread: b }: Pick<DrawnFrom, "sharedSpread" | "ownSpread">) => (1 + a * a) * (1 + b * b) - 1;

const seldom = 0.12;

/** Adds one deal to every draw in which it is won, and to what is won besides where a higher chance would have won it. */
function addDeal(sums: Float64Array, { minor, chance }: { minor: number; chance: number }, random: SeededRandom, besides?: Besides): void {
  if (chance <= 0 || minor <= 0) return;
  if (chance < seldom) addSeldom(sums, minor, chance, random, besides);
  else if (chance > 1 - seldom) addNearlyAlways(sums, minor, chance, random, besides);
  else addOften(sums, minor, chance, random, besides);
}

/** From one draw that has something of this chance to the next, by geometric steps. */
function eachDraw(chance: number, draws: number, random: SeededRandom, found: (draw: number) => void): void {
  if (chance <= 0) return;
  const step = 1 / Math.log1p(-Math.min(chance, almostSure));
  for (let draw = -1; ;) {
    draw += 1 + Math.floor(Math.log(1 - random.uniform()) * step);
    if (!(draw < draws)) return;
    found(draw);
  }
}

const almostSure = 1 - 1e-12;

function addSeldom(sums: Float64Array, minor: number, chance: number, random: SeededRandom, besides?: Besides): void {
  const won = besides && new Set<number>();
  eachDraw(chance, sums.length, random, (draw) => {
    (sums[draw] as number) += minor;
    won?.add(draw);
  });
  if (besides)
    eachDraw((chance * besides.by) / (1 - chance), sums.length, besides.random, (draw) => {
      if (!won?.has(draw)) (besides.sums[draw] as number) += minor;
    });
}

function addNearlyAlways(sums: Float64Array, minor: number, chance: number, random: SeededRandom, besides?: Besides): void {
  for (let draw = 0; draw < sums.length; draw++) (sums[draw] as number) += minor;
  const saved = besides ? (chance * besides.by) / (1 - chance) : 0;
  eachDraw(1 - chance, sums.length, random, (draw) => {
    (sums[draw] as number) -= minor;
    if (besides && besides.random.uniform() < saved) (besides.sums[draw] as number) += minor;
  });
}

/**
 * Draw by draw, four for each random word: 16 bits are enough for a chance that is not small, and 1 − u is as random as u
 * (antithetic variates: Hammersley and Morton 1956), so that luck in one half of the draws is made good in the other.
 */
function addOften(sums: Float64Array, minor: number, chance: number, random: SeededRandom, besides?: Besides): void {
  const quarter = (sums.length + 3) >> 2;
  const words = new Int32Array(quarter);
  random.words(words);
  addBelow(sums, words, minor, 0, Math.trunc(chance * 65_536));
  if (besides)
    addBelow(besides.sums, words, minor, Math.trunc(chance * 65_536), Math.min(65_536, Math.trunc(chance * (1 + besides.by) * 65_536)));
}

/** Adds to every draw whose sixteen bits lie from one limit up to another. */
function addBelow(sums: Float64Array, words: Int32Array, minor: number, from: number, until: number): void {
  const span = (until - from) | 0;
  // Looked up by the sign of differences: a branch could not be guessed.
  const worth = Float64Array.of(0, minor);
  const add = (draw: number, bits: number) => {
    const beyond = bits - from;
    (sums[draw] as number) += worth[((beyond - span) & ~beyond) >>> 31] as number;
  };
  for (let at = 0; at < words.length; at++) {
    const bits = words[at] as number;
    const [low, high] = [bits & 0xffff, bits >>> 16];
    add(at, low);
    add(at + words.length, high);
    add(at + 2 * words.length, 0xffff - low);
    add(at + 3 * words.length, 0xffff - high);
  }
}

/** New deals: those of all draws at once, each dealt to any draw, which is a Poisson number in each. */
export function addNew(
  results: Float64Array,
  { newWins, newAmounts, othersAmounts, othersShare }: DrawnFrom["outlook"],
  random: SeededRandom,
): void {
  const words = new Int32Array(512);
  const [own, others] = [newAmounts.length / (1 - othersShare), othersAmounts.length / othersShare];
  for (let left = random.poisson(newWins * results.length); left > 0; left -= words.length) {
    random.words(words);
    const many = Math.min(left, words.length);
    for (let at = 0; at < many; at++) {
      // The whole part says which draw, what is left over which amount.
      const uniform = (((words[at] as number) >>> 0) / 4_294_967_296) * results.length;
      const draw = Math.floor(uniform);
      const part = uniform - draw;
      const amount = part < othersShare ? othersAmounts[Math.floor(part * others)] : newAmounts[Math.floor((part - othersShare) * own)];
      (results[draw] as number) += amount ?? 0;
    }
  }
}

/** The value below which this share of sorted draws lies. */
export const quantileOf = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.floor(share * sorted.length)))] ?? 0;

/** The share of sorted draws that reach a goal. */
export function chanceOf(sorted: ArrayLike<number>, goal: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < goal) low = middle + 1;
    else high = middle;
  }
  return sorted.length === 0 ? 0 : (sorted.length - low) / sorted.length;
}
