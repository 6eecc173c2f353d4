import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { valueOf } from "../../src/method/estimate.ts";
import { normalChance, normalQuantile } from "../../src/method/normal.ts";
import { rankCorrelation } from "../../src/method/rank-correlation.ts";
import { seededRandom } from "../../src/method/seeded-random.ts";
import { trend } from "../../src/method/trend.ts";

const pairs = (b: number[]) => b.map((value, at) => [at, value] as const);

describe("a trend", () => {
  test("of the worked case: 12, 9, 11, 8, 8, 6, 7, 5", () => {
    const found = valueOf(trend([12, 9, 11, 8, 8, 6, 7, 5]));
    expect(found).toMatchObject({ says: "falling", s: -23 });
    expect(found?.variance).toBeCloseTo(64.333, 3);
    expect(found?.z).toBeCloseTo(-2.743, 3);
    expect(found?.slope).toBeCloseTo(-0.9167, 4);
    expect(found?.chance).toBeCloseTo(0.0061, 4);
  });

  test("is not told below eight periods", () => {
    expect(trend([5, 4, 3, 2, 1, 0])).toMatchObject({ known: false, refusal: { words: "not enough periods: 6 weeks, 8 needed" } });
    expect(trend([1], "months")).toMatchObject({ refusal: { words: "not enough periods: 1 months, 8 needed" } });
  });

  test("cannot be told in values that are all alike", () => {
    expect(valueOf(trend([3, 3, 3, 3, 3, 3, 3, 3]))).toMatchObject({ says: "cannot tell", s: 0, slope: 0, z: 0 });
  });

  test("turns with the values and grows with their unit", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 8, maxLength: 30 }), (values) => {
        const [as, back, ten] = [values, values.toReversed(), values.map((value) => 10 * value)].map((one) => valueOf(trend(one)));
        expect(back?.s).toBe(0 - (as?.s ?? 0) + 0);
        expect(back?.slope).toBeCloseTo(-(as?.slope ?? 0), 9);
        expect(ten?.s).toBe(as?.s);
        expect(ten?.slope).toBeCloseTo(10 * (as?.slope ?? 0), 9);
        expect(ten?.says).toBe(as?.says);
      }),
    );
  });

  test("of five percent a week is seen in about one of six spans of eight weeks and half of those of twelve", () => {
    const random = seededRandom(5);
    const seen = (weeks: number) => {
      const spans = Array.from({ length: 2000 }, () =>
        trend(Array.from({ length: weeks }, (_, week) => random.poisson(20 * 0.95 ** week))),
      );
      return spans.filter((one) => valueOf(one)?.says === "falling").length / spans.length;
    };
    expect(Math.abs(seen(8) - 0.17)).toBeLessThan(0.05);
    expect(Math.abs(seen(12) - 0.47)).toBeLessThan(0.05);
  });
});

describe("the normal chance", () => {
  test("is that of the tables, and its quantile turns it round", () => {
    expect(normalChance(1.959963984540054)).toBeCloseTo(0.975, 12);
    expect(normalChance(-6)).toBeCloseTo(9.865876e-10, 12);
    expect([normalChance(-40), normalChance(40)]).toEqual([0, 1]);
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (z) => {
        expect(normalQuantile(normalChance(z))).toBeCloseTo(z, 6);
      }),
    );
  });
});

describe("the rank correlation", () => {
  test("is 1 for the same order, −1 for the reverse, and shares ranks among ties", () => {
    expect(valueOf(rankCorrelation(pairs([1, 4, 9, 16, 25])))).toBeCloseTo(1, 12);
    expect(valueOf(rankCorrelation(pairs([5, 4, 3, 2, 1])))).toBeCloseTo(-1, 12);
    expect(valueOf(rankCorrelation(pairs([1, 1, 2, 2, 3])))).toBeCloseTo(0.9487, 4);
    expect(rankCorrelation(pairs([1, 2, 3]))).toMatchObject({ refusal: { words: "not enough results: 3 pairs, 5 needed" } });
    expect(rankCorrelation(pairs([2, 2, 2, 2, 2])).known).toBe(false);
  });
});
