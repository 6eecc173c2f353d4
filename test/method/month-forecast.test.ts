import fc from "fast-check";
import { worthAt } from "../../src/method/month-of-quarter.ts";
import { describe, expect, test } from "vitest";
import { closingModel, knownBefore } from "../../src/method/closing-model.ts";
import { dayNumber, dayOf, monthNumber, monthStart } from "../../src/method/day-numbers.ts";
import { valueOf } from "../../src/method/estimate.ts";
import { monthDraws, chanceOf, quantileOf } from "../../src/method/month-draws.ts";
import { monthForecasts } from "../../src/method/month-forecast.ts";
import { positionOf } from "../../src/method/month-of-quarter.ts";
import { ownerOutlooks } from "../../src/method/owner-outlook.ts";
import { seededRandom, seedOf } from "../../src/method/seeded-random.ts";
import { spanForecasts } from "../../src/method/span-forecast.ts";
import { began, madeDeals } from "./made-deals.ts";

const deals = madeDeals();
const day = dayNumber("2026-01-01");

const season = (at: string) => valueOf(closingModel(knownBefore(deals, dayNumber(at)), dayNumber(at)))?.season;
const isEnd = (on: number | null) => on !== null && positionOf(monthNumber(on)) === 2;
/** The same history, but whatever is lost in the last month of a quarter is won. */
const pushed = deals.map((deal) =>
  deal.outcome === "lost" && isEnd(deal.endedOn) ? { ...deal, outcome: "won" as const, wonMinor: 100_000 } : deal,
);
/** How much more those open deals promise for a month than if all months were alike. */
function seasonTimes(from: string, until: string): number {
  const before = knownBefore(pushed, dayNumber(from));
  const model = valueOf(closingModel(before, dayNumber(from)));
  if (!model?.season) throw new Error("a whole quarter was seen");
  const [seasonal, plain] = [model, { ...model, season: null }].map((one) =>
    [...ownerOutlooks(one, before, dayNumber(until)).values()].reduce((sum, { expectedOpen }) => sum + expectedOpen, 0),
  );
  return (seasonal ?? 0) / (plain ?? 0);
}

const firstDraws = (seed: number) => Array.from({ length: 5 }, seededRandom(seed).uniform);

function meanAndVariance(draw: () => number): [number, number] {
  const all = Array.from({ length: 20_000 }, draw);
  const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
  return [mean, all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length];
}

describe("calendar days as numbers", () => {
  test("are those of the calendar, there and back, with their months", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (number) => {
        expect(dayNumber(dayOf(number))).toBe(number);
        expect(dayOf(monthStart(monthNumber(number)))).toBe(`${dayOf(number).slice(0, 7)}-01`);
      }),
    );
    expect(["2026-01-09", "2026-03-31", "2026-04-01"].map((one) => positionOf(monthNumber(dayNumber(one))))).toEqual([0, 2, 0]);
    expect(positionOf(monthNumber(dayNumber("2026-02-01")), 2)).toBe(0);
  });
});

describe("draws", () => {
  test("are the same for the same seed and others for another", () => {
    expect(firstDraws(seedOf("rep 1"))).toEqual(firstDraws(seedOf("rep 1")));
    expect(firstDraws(seedOf("rep 1"))).not.toEqual(firstDraws(seedOf("rep 2")));
  });

  test("have the mean and spread they should", () => {
    const random = seededRandom(3);
    for (const [draw, mean, variance] of [
      [random.uniform, 0.5, 1 / 12],
      [random.normal, 0, 1],
      [() => random.poisson(0.3), 0.3, 0.3],
      [() => random.poisson(75), 75, 75],
    ] as const) {
      const [seen, spread] = meanAndVariance(draw);
      expect(Math.abs(seen - mean)).toBeLessThan(5 * Math.sqrt(variance / 20_000));
      expect(spread / variance).toBeCloseTo(1, 1);
    }
  });

  test("of a month come to its deals' amounts times their chances, and are wider with shocks", () => {
    const open = [0, 0.02, 0.3, 0.6, 0.97, 1].map((chance) => ({ minor: 1000, chance, age: 0 }));
    const outlook = { open, newWins: 0.5, newAmounts: [400], othersAmounts: [800], othersShare: 0.25 };
    const draws = monthDraws({ outlook, scale: 2, sharedSpread: 0, ownSpread: 0 }, 1, 40_000);
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    expect(mean / (2 * (2890 + 0.5 * 500))).toBeCloseTo(1, 1);
    expect(quantileOf(draws, 0)).toBeGreaterThanOrEqual(2000);
    const shaken = monthDraws({ outlook, scale: 2, sharedSpread: 0.3, ownSpread: 0.3 }, 1, 40_000);
    expect(shaken.reduce((sum, x) => sum + x, 0) / draws.length / mean).toBeCloseTo(1, 1);
    expect(quantileOf(shaken, 0.9) - quantileOf(shaken, 0.1)).toBeGreaterThan(quantileOf(draws, 0.9) - quantileOf(draws, 0.1));
    expect([0, 1e9].map((goal) => chanceOf(draws, goal))).toEqual([1, 0]);
    expect(chanceOf([1, 2, 2, 3], 2)).toBe(0.75);
  });
});

describe("draws of many deals", () => {
  test("have the mean and spread of their sum, though the smaller ones come as one", () => {
    const open = Array.from({ length: 300 }, (_, n) => ({ minor: 100 + 7 * n, chance: ((n * 37) % 90) / 100, age: 1 }));
    const outlook = {
      open: [...open, { minor: 5000, chance: 1, age: 1 }],
      newWins: 50,
      newAmounts: [300],
      othersAmounts: [300],
      othersShare: 0.1,
    };
    const draws = monthDraws({ outlook, scale: 1, sharedSpread: 0, ownSpread: 0 }, 2, 20_000);
    const mean = open.reduce((sum, { minor, chance }) => sum + minor * chance, 5000 + 50 * 300);
    const variance = open.reduce((sum, { minor, chance }) => sum + minor * minor * chance * (1 - chance), 50 * 300 * 300);
    const seen = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    expect(Math.abs(seen - mean)).toBeLessThan(4 * Math.sqrt(variance / draws.length));
    expect(draws.reduce((sum, x) => sum + (x - seen) ** 2, 0) / draws.length / variance).toBeCloseTo(1, 1);
  });
});

describe("the forecast of a month", () => {
  test("comes near what a steady pipeline brings", () => {
    const forecast = valueOf(monthForecasts(deals, day));
    const expected = [...(forecast?.owners.values() ?? [])].reduce((sum, { expectedMinor }) => sum + expectedMinor, 0);
    const came = deals.filter(({ outcome, endedOn }) => outcome === "won" && endedOn !== null && endedOn >= day && endedOn < day + 31);
    // Some 45 deals are won in a month.
    expect(Math.abs(expected / (came.length * 100_000) - 1)).toBeLessThan(0.35);
    expect(forecast?.owners.size).toBe(8);
    expect(forecast?.model.hazards.closesUpTo).toBe(120);
  });

  test("is the same to the last byte whatever came later", () => {
    const words = (from: typeof deals) =>
      JSON.stringify(monthForecasts(from, day), (_, value: unknown) => (value instanceof Map ? [...value] : value));
    expect(words(knownBefore(deals, day))).toBe(words(deals));
    expect(words(knownBefore(deals, day))).toContain("expectedMinor");
  });

  test("grows with the amounts and with nothing else", () => {
    const tenfold = deals.map((deal) => ({ ...deal, openMinor: 10 * deal.openMinor, wonMinor: 10 * deal.wonMinor }));
    const [once, ten] = [valueOf(monthForecasts(deals, day)), valueOf(monthForecasts(tenfold, day))];
    for (const [owner, { expectedMinor }] of once?.owners ?? [])
      expect((ten?.owners.get(owner)?.expectedMinor ?? 0) / expectedMinor).toBeCloseTo(10, 6);
  });

  test("is refused while the history is short, by how much", () => {
    expect(monthForecasts(deals, began + 41)).toMatchObject({ refusal: { words: "not enough history: 41 days, 90 needed" } });
    const lateOutcomes = deals.filter(({ endedOn }) => endedOn === null || endedOn >= began + 110);
    expect(monthForecasts(lateOutcomes, began + 120)).toMatchObject({ refusal: { unit: "days of closed deals", need: 28 } });
    expect(monthForecasts([], began)).toMatchObject({ refusal: { words: "not enough history: 0 days, 90 needed" } });
    const few = deals.filter(({ endedOn }, at) => endedOn === null || at % 40 === 0);
    expect(monthForecasts(few, began + 120)).toMatchObject({ refusal: { lack: "outcomes", unit: "closed deals" } });
  });

  test("learns the months of the quarter only once all three were seen whole", () => {
    // The first outcome is of January: February to April are whole.
    expect(season("2025-04-30")).toBeNull();
    expect(season("2025-05-01")).not.toBeNull();
  });

  test("finds the month in which deals are won", () => {
    const season = valueOf(closingModel(knownBefore(pushed, day), day))?.season;
    if (!season) throw new Error("a whole quarter was seen");
    expect(worthAt(season.won, 2, 40)).toBeGreaterThan(1.2);
    expect(worthAt(season.won, 0, 40)).toBeLessThan(1);
    expect(worthAt(season.lost, 2, 40)).toBeLessThan(0.8);
  });

  test("expects more of the same open deals in the month in which deals are won, and less before it", () => {
    expect(seasonTimes("2026-03-01", "2026-04-01")).toBeGreaterThan(1.15);
    expect(seasonTimes("2026-01-01", "2026-02-01")).toBeLessThan(0.95);
  });
});

describe("the forecast of somebody who has left", () => {
  const untils = [dayNumber("2026-02-01")];
  const [all, without] = [new Set<string>(), new Set(["rep 0"])].map(
    (gone) => valueOf(spanForecasts({ deals, day, untils, gone }))?.spans.values().next().value,
  );

  test("is what their open deals bring: nothing new, and no month like their last ones", () => {
    const open = valueOf(monthForecasts(deals, day))?.owners.get("rep 0");
    const left = without?.get("rep 0");
    expect(left?.expectedMinor).toBeCloseTo((open?.outlook.expectedOpen ?? 0) * (open?.modelScale ?? 0), 6);
    expect(left?.expectedMinor).toBeGreaterThan(0);
    expect(left?.highMinor).toBeLessThan(all?.get("rep 0")?.highMinor ?? 0);
  });

  test("leaves everybody else's as it was", () => {
    expect(without?.get("rep 1")).toEqual(all?.get("rep 1"));
  });
});
