import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { valueOf } from "../../src/method/estimate.ts";
import { bias, brier, calibrationError, intervalCover, rocArea, wape } from "../../src/method/forecast-scores.ts";

const pair = (chance: number, came: boolean) => ({ chance, came });

describe("the scores of a forecast", () => {
  test("of amounts", () => {
    const pairs = [
      { forecast: 120, actual: 100 },
      { forecast: 50, actual: 100 },
    ];
    expect(valueOf(wape(pairs))).toBeCloseTo(0.35, 12);
    expect(valueOf(bias(pairs))).toBeCloseTo(-0.15, 12);
    expect(wape([{ forecast: 5, actual: 0 }]).known).toBe(false);
  });

  test("of chances", () => {
    expect(valueOf(brier([pair(1, true), pair(0, true), pair(0.5, false)]))).toBeCloseTo(1.25 / 3, 12);
    expect(valueOf(rocArea([pair(0.9, true), pair(0.4, true), pair(0.4, false), pair(0.1, false)]))).toBe(0.875);
    expect(rocArea([pair(0.9, true)]).known).toBe(false);
    expect(brier([]).known).toBe(false);
  });

  test("of how well chances say how often", () => {
    const said = (chance: number, times: number) => Array.from({ length: 10 }, (_, n) => pair(chance, n < times));
    expect(valueOf(calibrationError([...said(0.75, 7), ...said(0.25, 3)]))).toBeCloseTo(0.05, 12);
    expect(valueOf(calibrationError([...said(1, 0), ...said(0, 10)]))).toBe(1);
    expect(calibrationError([pair(0.5, true)])).toMatchObject({ refusal: { words: "not enough results: 1 results, 10 needed" } });
  });

  test("of intervals", () => {
    const cover = [5, 10, 20].map((actual) => ({ low: 5, high: 10, actual }));
    expect(valueOf(intervalCover(cover))).toBeCloseTo(2 / 3, 12);
    expect(intervalCover([]).known).toBe(false);
  });

  test("the ROC area of any chances and of their opposites add up to one", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ chance: fc.integer({ min: 0, max: 10 }), came: fc.boolean() }), { minLength: 2 }), (pairs) => {
        const area = valueOf(rocArea(pairs));
        if (area === null) return;
        expect(area + (valueOf(rocArea(pairs.map(({ chance, came }) => pair(-chance, came)))) ?? 0)).toBeCloseTo(1, 9);
      }),
    );
  });
});
