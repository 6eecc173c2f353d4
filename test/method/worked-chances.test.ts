import { describe, expect, test } from "vitest";
import { attainment, type Move, spanDraws, whatMovesMost } from "../../src/method/attainment.ts";
import { valueOf } from "../../src/method/estimate.ts";
import { chanceOf, monthDraws } from "../../src/method/month-draws.ts";
import { requiredCoverage } from "../../src/method/required-coverage.ts";
import { atLeast } from "./binomial.ts";

// Of deals all alike it is known exactly how many are won. Four thousand draws come this near to it.
const near = 0.03;
const off = (seen: number, exact: number) => Math.abs(seen - exact);

const open = (many: number, chance: number) => Array.from({ length: many }, () => ({ minor: 1000, chance, age: 10 }));
const withoutNew = { newWins: 0, newAmounts: [1000], othersAmounts: [1000], othersShare: 0.5, expectedNew: 0, newMinor: 1000 };
const alike = (many: number, chance: number) => ({
  outlook: { ...withoutNew, open: open(many, chance), variance: many * 1e6 * chance * (1 - chance) },
  scale: 1,
  sharedSpread: 0,
  ownSpread: 0,
});

const drawn = (from: ReturnType<typeof alike>) => {
  const draws = valueOf(spanDraws({ ...from, seed: 11 }));
  if (!draws) throw new Error("there is something to draw");
  return draws;
};
const moved = (from: ReturnType<typeof alike>, goalMinor: number, kind: Move["what"]["kind"]) =>
  whatMovesMost(drawn(from), goalMinor).find(({ what }) => what.kind === kind)?.chance ?? 0;

const poisson = (many: number, mean: number): number => {
  let chance = Math.exp(-mean);
  for (let n = 1; n <= many; n++) chance *= mean / n;
  return chance;
};

/** The chance of nine or more where so many are expected. */
const nineOf = (mean: number): number => 1 - Array.from({ length: 9 }, (_, n) => poisson(n, mean)).reduce((sum, one) => sum + one, 0);

describe("what deals all alike bring", () => {
  test.each([0.05, 0.3, 0.6, 0.9, 0.96])("is as often so much as chance has it, each won with chance %d", (chance) => {
    const draws = monthDraws(alike(4, chance), 5);
    for (const many of [1, 2, 3, 4]) expect(off(chanceOf(draws, many * 1000), atLeast(many, 4, chance))).toBeLessThan(near);
  });
});

describe("the chance to reach a goal with deals all alike", () => {
  test("is the chance that enough of them are won", () => {
    expect(off(attainment(drawn(alike(20, 0.5)), 11_000).chance, atLeast(11, 20, 0.5))).toBeLessThan(near);
  });

  test.each([
    { many: 40, chance: 0.1, least: 5 },
    { many: 20, chance: 0.5, least: 11 },
    { many: 10, chance: 0.9, least: 10 },
    { many: 1, chance: 0.8, least: 1 },
  ])("with a tenth more win chance is that of each won a tenth likelier: $least of $many, won with $chance", ({ many, chance, least }) => {
    expect(off(moved(alike(many, chance), least * 1000, "win chance"), atLeast(least, many, 1.1 * chance))).toBeLessThan(near);
  });

  test("with a tenth more win chance wins no deal twice: four never bring what it takes five for", () => {
    expect(moved(alike(4, 0.8), 5000, "win chance")).toBe(0);
  });

  test("with deals a tenth larger is that of a goal so much nearer: five are enough for 5,400 where it took six", () => {
    expect(off(attainment(drawn(alike(10, 0.5)), 5400).chance, atLeast(6, 10, 0.5))).toBeLessThan(near);
    expect(off(moved(alike(10, 0.5), 5400, "deal size"), atLeast(5, 10, 0.5))).toBeLessThan(near);
  });

  test("with one of them won for sure is that of one fewer from the others", () => {
    expect(off(moved(alike(6, 0.5), 4000, "deal"), atLeast(3, 5, 0.5))).toBeLessThan(near);
  });

  test("with a tenth more new deals is that of so many more expected", () => {
    const few = alike(0, 0);
    const from = { ...few, outlook: { ...few.outlook, newWins: 8 } };
    expect(off(attainment(drawn(from), 9000).chance, nineOf(8))).toBeLessThan(near);
    expect(off(moved(from, 9000, "new opportunities"), nineOf(8.8))).toBeLessThan(near);
    expect(off(moved(from, 9000, "win chance"), nineOf(8.8))).toBeLessThan(near);
  });
});

describe("the range of what a rep has to have open", () => {
  // Half a deal short of twenty, so that a sum of whole deals and the smooth one the range is taken from agree best.
  const coverage = valueOf(requiredCoverage({ outlook: alike(10, 0.5).outlook, gapMinor: 19_500 }));

  test("begins where the gap is reached one time in ten and ends where it is nine times", () => {
    const [low, high] = [coverage?.neededLowMinor, coverage?.neededHighMinor].map((minor) => Math.round((minor ?? 0) / 1000));
    expect(Math.abs(atLeast(20, low ?? 0, 0.5) - 0.1)).toBeLessThan(0.04);
    expect(Math.abs(atLeast(20, high ?? 0, 0.5) - 0.9)).toBeLessThan(0.04);
  });

  test("holds what makes the gap just expected, and is passed by none that is asked for", () => {
    expect(coverage?.neededMinor).toBeCloseTo(39_000, 6);
    expect(coverage?.neededLowMinor).toBeLessThan(39_000);
    expect(coverage?.neededSurelyMinor).toBeGreaterThan(39_000);
    expect(coverage?.neededHighMinor).toBeGreaterThan(coverage?.neededSurelyMinor ?? 0);
  });
});
