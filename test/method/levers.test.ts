import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activitiesPerWin } from "../../src/method/activities-per-win.ts";
import { valueOf } from "../../src/method/estimate.ts";
import { type Baseline, gainOf, multiplierOf, oneStep } from "../../src/method/levers.ts";
import { smallestLeverSets } from "../../src/method/smallest-lever-set.ts";

const baseline: Baseline = {
  yearMinor: 100_000_000,
  lowMinor: 80_000_000,
  highMinor: 120_000_000,
  opportunitiesAMonth: 10,
  winChance: 0.5,
  dealMinor: 1_000_000,
  cycleDays: 60,
  commissionRate: 0.05,
};
const all = (share: number) => ({ opportunities: share, "win chance": share, "deal size": share, cycle: share });
const share = fc.double({ min: 0, max: 0.5, noNaN: true });

describe("what small gains are worth", () => {
  test("compounds: one percent of all four is 4.07 %, ten percent 47.9 %", () => {
    expect(multiplierOf(all(0.01)) - 1).toBeCloseTo(0.0407, 4);
    expect(multiplierOf(all(0.1)) - 1).toBeCloseTo(0.479, 3);
  });

  test("in revenue and commission, as ranges, from the own baseline", () => {
    const gain = valueOf(gainOf(baseline, { "deal size": 0.1 }));
    expect(gain?.revenue.mid).toBeCloseTo(10_000_000, 3);
    expect([gain?.revenue.low, gain?.revenue.high].map((one) => Math.round(one ?? 0))).toEqual([8_000_000, 12_000_000]);
    expect(gain?.commission?.mid).toBeCloseTo(500_000, 3);
    expect(gain?.assumesTimeIsUsed).toBe(false);
    expect(valueOf(gainOf(baseline, { cycle: 0.1 }))?.assumesTimeIsUsed).toBe(true);
    expect(valueOf(gainOf({ ...baseline, commissionRate: null }, {}))?.commission).toBeNull();
  });

  test("never makes more than every deal won", () => {
    expect(valueOf(gainOf({ ...baseline, winChance: 0.9 }, { "win chance": 0.5 }))?.multiplier).toBeCloseTo(1 / 0.9, 9);
  });

  test("of several together is at least the sum of each alone", () => {
    fc.assert(
      fc.property(share, share, share, share, (a, b, c, d) => {
        const changes = { opportunities: a, "win chance": b, "deal size": c, cycle: d };
        const alone = Object.entries(changes).reduce((sum, [lever, one]) => sum + multiplierOf({ [lever]: one }) - 1, 0);
        expect(multiplierOf(changes) - 1).toBeGreaterThanOrEqual(alone - 1e-9);
      }),
    );
  });

  test("one step: an opportunity a month, a point of win chance, a percent of size, a day of cycle", () => {
    expect(oneStep("opportunities", baseline)).toEqual({ opportunities: 0.1 });
    expect(oneStep("win chance", baseline)).toEqual({ "win chance": 0.02 });
    expect(oneStep("deal size", baseline)).toEqual({ "deal size": 0.01 });
    expect(oneStep("cycle", baseline)?.cycle).toBeCloseTo(1 / 60, 12);
    expect(oneStep("cycle", { ...baseline, cycleDays: 1 })).toBeNull();
    expect(oneStep("opportunities", { ...baseline, opportunitiesAMonth: 0 })).toBeNull();
  });

  test("is refused without anything won, and a cycle cannot vanish", () => {
    expect(gainOf({ ...baseline, yearMinor: 0 }, {})).toMatchObject({ refusal: { words: "not enough wins: 0 won deals, 1 needed" } });
    expect(() => multiplierOf({ cycle: 1 })).toThrow(RangeError);
  });
});

const smallest = (minor: number) => valueOf(smallestLeverSets(baseline, minor))?.[0];

describe("the smallest set that reaches an aspiration", () => {
  test("is one lever where one is enough, the cycle last as its worth is assumed", () => {
    const sets = valueOf(smallestLeverSets(baseline, 108_000_000)) ?? [];
    expect(sets.map((set) => set.levers)).toEqual([["opportunities"], ["win chance"], ["deal size"], ["cycle"]]);
    expect(smallest(100_000_000)).toEqual({ levers: [], each: 0, changes: {} });
    expect(smallest(110_500_000)).toMatchObject({ levers: ["cycle"] });
  });

  test("takes more levers for more, and gets there with them but not with fewer", () => {
    fc.assert(
      fc.property(fc.integer({ min: 101, max: 147 }), (percent) => {
        const set = smallest(percent * 1_000_000);
        expect(set).not.toBeNull();
        expect(multiplierOf(set?.changes ?? {})).toBeGreaterThanOrEqual(percent / 100);
        expect(set?.each).toBeLessThanOrEqual(0.1);
        const fewer = (set?.levers.length ?? 0) - 1;
        expect(1.1 ** Math.max(0, fewer - 1) * (fewer > 0 ? 1 / 0.9 : 1)).toBeLessThan(percent / 100);
      }),
    );
  });

  test("is refused where all four are not enough, by how much", () => {
    expect(smallestLeverSets(baseline, 200_000_000)).toMatchObject({
      refusal: { lack: "a way there", words: "no way there: 147 of 200 percent of today" },
    });
    expect(smallestLeverSets({ ...baseline, yearMinor: 0 }, 1).known).toBe(false);
  });
});

describe("activities per deal won", () => {
  test("with the range few deals leave", () => {
    const [few, many] = [valueOf(activitiesPerWin(120, 6)), valueOf(activitiesPerWin(1200, 60))];
    expect([few?.each, many?.each]).toEqual([20, 20]);
    for (const one of [few, many]) expect([(one?.low ?? 99) < 20, (one?.high ?? 0) > 20]).toEqual([true, true]);
    expect((many?.high ?? 99) - (many?.low ?? 0)).toBeLessThan(((few?.high ?? 0) - (few?.low ?? 0)) / 2);
  });

  test("is refused below five won deals, or where fewer activities than deals are known", () => {
    expect(activitiesPerWin(90, 4)).toMatchObject({ refusal: { words: "not enough wins: 4 won deals, 5 needed" } });
    expect(activitiesPerWin(3, 9)).toMatchObject({ refusal: { words: "not enough results: 3 activities, 9 needed" } });
  });
});
