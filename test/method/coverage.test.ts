import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attainment, spanDraws, type ToDraw, whatMovesMost } from "../../src/method/attainment.ts";
import { closingModel, knownBefore } from "../../src/method/closing-model.ts";
import { dayNumber } from "../../src/method/day-numbers.ts";
import { valueOf } from "../../src/method/estimate.ts";
import { findingGoal, medianLead } from "../../src/method/finding-goal.ts";
import { chanceOf, monthDraws } from "../../src/method/month-draws.ts";
import { crowdOf, ownerOutlooks, outlookSetting } from "../../src/method/owner-outlook.ts";
import { requiredCoverage } from "../../src/method/required-coverage.ts";
import { madeDeals } from "./made-deals.ts";

const day = dayNumber("2026-01-01");
const until = dayNumber("2026-04-01");
const deals = knownBefore(madeDeals(), day);
const model = valueOf(closingModel(deals, day));
if (!model) throw new Error("there is history enough");
const outlooks = ownerOutlooks(model, deals, until);
const setting = outlookSetting(model, crowdOf([deals], model.day), until);
const outlook = outlooks.get("rep 0");
if (!outlook) throw new Error("the first rep has deals");

/** Ten open deals alike and half a new one. */
const ten = (chance: number) => ({
  open: Array.from({ length: 10 }, () => ({ minor: 1000, chance, age: 10 })),
  expectedNew: 500,
  newWins: 0.5,
  newMinor: 1000,
  variance: 10 * 1e6 * chance * (1 - chance) + 0.5e6,
});

describe("the coverage a rep needs", () => {
  test("is the gap, less what new deals bring, by what the open ones yield", () => {
    const coverage = valueOf(requiredCoverage({ outlook: ten(0.25), gapMinor: 3000 }));
    expect(coverage).toMatchObject({ openMinor: 10_000, openDeals: 10, expectedNewMinor: 500, neededMinor: 10_000, stale: null });
    expect(coverage?.times).toBeCloseTo(10_000 / 3000, 9);
    expect(valueOf(requiredCoverage({ outlook: ten(0.25), gapMinor: 400 }))?.neededMinor).toBe(0);
    expect(valueOf(requiredCoverage({ outlook: ten(0.25), gapMinor: 0 }))).toMatchObject({
      neededMinor: 0,
      neededSurelyMinor: 0,
      times: null,
    });
  });

  test("differs from rep to rep where a flat rule says three: who wins more needs less", () => {
    const times = [0.1, 0.3, 0.6].map((chance) => valueOf(requiredCoverage({ outlook: ten(chance), gapMinor: 3000 }))?.times ?? 0);
    expect(times[0]).toBeGreaterThan(3);
    expect(times[2]).toBeLessThan(3);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  test("to be sure is more, and then the gap is reached about that often", () => {
    const from = ten(0.3);
    const gapMinor = 6000;
    const coverage = valueOf(requiredCoverage({ outlook: from, gapMinor, sharedSpread: 0.2 }));
    expect(coverage?.neededSurelyMinor).toBeGreaterThan(coverage?.neededMinor ?? 0);
    const many = Math.round((coverage?.neededSurelyMinor ?? 0) / 1000);
    const grown = { ...from, open: Array.from({ length: many }, () => ({ minor: 1000, chance: 0.3, age: 10 })), newAmounts: [1000] };
    const draws = monthDraws(
      { outlook: { ...grown, othersAmounts: [], othersShare: 0 }, scale: 1, sharedSpread: 0.2, ownSpread: 0 },
      7,
      20_000,
    );
    expect(Math.abs(chanceOf(draws, gapMinor) - 0.8)).toBeLessThan(0.05);
  });

  test("leaves out deals too old to close: they need to be many, and say so", () => {
    const withOld = {
      ...ten(0.25),
      open: [...ten(0.25).open, ...Array.from({ length: 10 }, () => ({ minor: 1000, chance: 0, age: 200 }))],
    };
    const coverage = valueOf(requiredCoverage({ outlook: withOld, gapMinor: 3000, closesUpTo: 138 }));
    expect(coverage).toMatchObject({
      openMinor: 20_000,
      stale: { minor: 10_000, deals: 10 },
      neededMinor: 20_000,
      neededYoungMinor: 10_000,
    });
  });

  test("grows with the gap", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 9000 }), (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((gapMinor) =>
          valueOf(requiredCoverage({ outlook: ten(0.25), gapMinor })),
        );
        expect(less?.neededMinor).toBeLessThanOrEqual(more?.neededMinor ?? 0);
        expect(less?.neededSurelyMinor ?? 0).toBeLessThanOrEqual((more?.neededSurelyMinor ?? 0) + 1e-6);
      }),
    );
  });

  test("is refused with few open deals, and where none can still be won", () => {
    const few = { ...ten(0.25), open: ten(0.25).open.slice(0, 4) };
    expect(requiredCoverage({ outlook: few, gapMinor: 1 })).toMatchObject({
      refusal: { words: "not enough deals: 4 open deals, 5 needed" },
    });
    expect(requiredCoverage({ outlook: ten(0), gapMinor: 1 })).toMatchObject({ refusal: { have: 0, need: 1 } });
  });
});

describe("the finding goal", () => {
  test("says how many, by when, through which activities; and finding as many brings the gap", () => {
    const gapMinor = outlook.expectedOpen + 1_500_000;
    const goal = valueOf(findingGoal({ model, setting, outlook, gapMinor, perOpportunity: [{ type: "call", each: 8 }] }));
    expect(goal?.toFindMinor).toBeCloseTo(1_500_000, 3);
    expect(goal?.activities).toEqual([{ type: "call", many: 8 * (goal?.opportunities ?? 0) }]);
    expect(goal?.more).toBe(Math.max(0, (goal?.opportunities ?? 0) - (goal?.anyway ?? 0)));
    // Each brings 1000.00 with at most the eventual chance of one half.
    expect(goal?.opportunities).toBeGreaterThan(30);
    expect(goal?.opportunities).toBeLessThan(80);
    expect(goal?.by).toBeGreaterThan(day);
    expect(goal?.by).toBeLessThan(until);
    expect(goal?.leadDays).toBe(medianLead(model));
    // Of deals closing at 2 % a day up to 120 days, half of those ever won are won by day 32 or so.
    expect(Math.abs(medianLead(model) - 32)).toBeLessThan(8);
  });

  test("asks beyond the usual pace only for what all of the usual finding leaves, late finds too", () => {
    const { expectedOpen, expectedNew } = outlook;
    const goalFor = (left: number) => valueOf(findingGoal({ model, setting, outlook, gapMinor: expectedOpen + expectedNew + left }));
    const [none, little] = [goalFor(0), goalFor(1)];
    expect([none?.more, none?.reach]).toEqual([0, "usual pace"]);
    expect([little?.more, little?.reach, little?.restMinor]).toEqual([1, "more than usual", expect.closeTo(1, 6)]);
    expect(little?.opportunities).toBe((little?.anyway ?? 0) + 1);
  });

  test("tells what comes at the usual pace from more, and says when it is more than anybody could be asked to find", () => {
    const foundOn = deals.filter(({ ownerId }) => ownerId === "rep 0").map(({ createdOn }) => createdOn);
    const goalFor = (more: number) =>
      valueOf(findingGoal({ model, setting, outlook, foundOn, gapMinor: outlook.expectedOpen + outlook.expectedNew + more }));
    const [usual, some, unreal] = [goalFor(-1), goalFor(600_000), goalFor(9_000_000)];
    expect([usual?.reach, some?.reach, unreal?.reach]).toEqual(["usual pace", "more than usual", "too many"]);
    expect(unreal?.opportunities).toBeGreaterThan(2 * (unreal?.mostFound ?? 0));
    expect(some?.mostFound).toBeGreaterThanOrEqual(some?.anyway ?? 0);
    expect(unreal?.restMinor).toBeCloseTo(9_000_000, 3);
    expect(unreal?.openMore).toBeCloseTo(9_000_000 / outlook.expectedOpen, 6);
  });

  test("counts the most found in any stretch as long as is left, and calls a few days too late", () => {
    const goalIn = (days: number, foundOn: number[]) => {
      const within = outlookSetting(model, crowdOf([deals], model.day), day + days);
      return valueOf(findingGoal({ model, setting: within, outlook: { ...outlook, newADay: 0 }, foundOn, gapMinor: 1e8 }));
    };
    const burst = [day - 300, day - 299, day - 298, day - 40, day + 1];
    const goal = goalIn(90, burst);
    expect([goal?.mostFound, goal?.reach]).toEqual([3, "too many"]);
    expect(goalIn(4, burst)?.reach).toBe("too late");
  });

  test("is nothing where the open deals are enough, and refused where no time is left", () => {
    expect(valueOf(findingGoal({ model, setting, outlook, gapMinor: 1 }))).toMatchObject({ toFindMinor: 0, opportunities: 0, more: 0 });
    expect(findingGoal({ model, setting: outlookSetting(model, crowdOf([deals], model.day), day), outlook, gapMinor: 1 })).toMatchObject({
      refusal: { lack: "history", have: 0 },
    });
  });
});

const drawn = (toDraw: ToDraw) => {
  const draws = spanDraws(toDraw);
  if (!draws.known) throw new Error(draws.refusal.words);
  return draws.value;
};

const likelier = (open: { minor: number; chance: number }[], goal: number) => {
  const one = { ...outlook, open: open.map((deal) => ({ ...deal, age: 1 })), newWins: 0 };
  const draws = drawn({ outlook: one, scale: 1, sharedSpread: 0, ownSpread: 0, seed: 7, draws: 40_000 });
  return whatMovesMost(draws, goal).find(({ what }) => what.kind === "win chance")?.chance;
};

describe("the chance to reach a goal", () => {
  const asked = { outlook, scale: 1, sharedSpread: 0.2, ownSpread: 0.2, seed: 1 };
  const draws = drawn(asked);
  const { middle } = attainment(draws, 1);

  test("falls as the goal grows, and is even at the middle of what may come", () => {
    const chances = [0.5, 1, 1.5].map((share) => attainment(draws, share * middle).chance);
    expect(chances).toEqual(chances.toSorted((a, b) => b - a));
    expect(chances[1]).toBeCloseTo(0.5, 2);
    expect(drawn(asked)).toEqual(draws);
  });

  test("is about as sure as the coverage that says so, own luck and everybody's counted", () => {
    const many = {
      ...outlook,
      open: Array.from({ length: 40 }, () => ({ minor: 100_000, chance: 0.4, age: 10 })),
      newWins: 0,
      expectedNew: 0,
    };
    const spread = { outlook: { ...many, variance: 40 * 100_000 ** 2 * 0.24 }, scale: 1, sharedSpread: 0.2, ownSpread: 0.3 };
    const gapMinor = 1_000_000;
    const surely = valueOf(requiredCoverage({ ...spread, gapMinor }))?.neededSurelyMinor ?? 0;
    const grown = { ...spread.outlook, open: many.open.map((deal) => ({ ...deal, minor: (deal.minor * surely) / 4_000_000 })) };
    expect(attainment(drawn({ ...spread, outlook: grown, seed: 3 }), gapMinor).chance).toBeCloseTo(0.8, 1);
    expect(surely).toBeGreaterThan((valueOf(requiredCoverage({ ...spread, ownSpread: 0, gapMinor }))?.neededSurelyMinor ?? 0) * 1.05);
  });

  test("is that of the results drawn for a month, where the same seed is asked for", () => {
    expect(draws.sorted).toEqual(monthDraws(asked, 1));
  });

  test("is moved by the levers and by single deals, the most first", () => {
    const large = { ...outlook, open: [...outlook.open, { minor: middle, chance: 0.3, age: 5 }] };
    const withLarge = drawn({ ...asked, outlook: large });
    const moves = whatMovesMost(withLarge, 1.3 * middle);
    expect(moves[0]?.what).toEqual({ kind: "deal", at: outlook.open.length });
    expect(moves.map(({ what }) => what.kind).toSorted()).toEqual(["deal", "deal", "deal", "deal size", "new opportunities", "win chance"]);
    for (const { chance, more } of moves) {
      expect(more).toBeGreaterThanOrEqual(0);
      expect(chance - more).toBeCloseTo(attainment(withLarge, 1.3 * middle).chance, 12);
    }
    expect(moves.map(({ more }) => more)).toEqual(moves.map(({ more }) => more).toSorted((a, b) => b - a));
  });

  test("is moved by a likelier win only where the deal was lost: none is won twice", () => {
    for (const chance of [0.05, 0.3, 0.8, 0.9]) {
      expect(likelier([{ minor: 100, chance }], 100)).toBeCloseTo(Math.min(1, 1.1 * chance), 2);
      expect(likelier([{ minor: 100, chance }], 200)).toBe(0);
    }
    const two = [0.6, 0.6].map((chance) => ({ minor: 100, chance }));
    expect(likelier(two, 200)).toBeCloseTo(0.66 ** 2, 2);
    expect(likelier(two, 300)).toBe(0);
  });

  test("of a deal won for sure counts its amount, whatever the months before make of the others", () => {
    const one = { ...outlook, open: [{ minor: 100, chance: 0.5, age: 1 }], newWins: 0 };
    const draws = drawn({ outlook: one, scale: 2, sharedSpread: 0.2, ownSpread: 0.2, seed: 7 });
    const chanceOfDeal = (goal: number) => whatMovesMost(draws, goal).find(({ what }) => what.kind === "deal")?.chance;
    expect([chanceOfDeal(100), chanceOfDeal(101)]).toEqual([1, 0]);
  });

  test("is refused where nothing can be won", () => {
    const nothing = { ...outlook, open: [], newWins: 0 };
    expect(spanDraws({ ...asked, outlook: nothing })).toMatchObject({ refusal: { have: 0, need: 1 } });
  });
});
