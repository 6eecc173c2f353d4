import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayNumber } from "../../src/method/day-numbers.ts";
import { effortFor } from "../../src/method/effort-for.ts";
import { valueOf } from "../../src/method/estimate.ts";
import { paceOf } from "../../src/method/pace.ts";
import { selfReport } from "../../src/method/self-report.ts";

const june = { from: dayNumber("2026-06-01"), until: dayNumber("2026-07-01") };
const on = (day: string, won: number, aim: number | null) => paceOf(june, dayNumber(day), won, aim);

describe("the pace of a period", () => {
  test("is what it brings when it goes on at the same rate", () => {
    expect(valueOf(on("2026-06-15", 40, 100))).toEqual({ gone: 0.5, reached: 0.4, atEnd: 80 });
    expect(valueOf(on("2026-06-30", 40, 100))).toEqual({ gone: 1, reached: 0.4, atEnd: 40 });
    expect(valueOf(on("2026-06-15", 40, null))?.reached).toBeNull();
    expect(valueOf(on("2026-06-15", 40, 0))?.reached).toBeNull();
  });
  test("is refused before a tenth of the period is gone", () => {
    expect(on("2026-06-02", 40, 100)).toEqual({
      known: false,
      refusal: {
        lack: "history",
        have: 2,
        need: 3,
        unit: "days of the period",
        words: "not enough history: 2 days of the period, 3 needed",
      },
    });
    expect(on("2026-06-03", 40, 100).known).toBe(true);
  });
  test("never says less than what is won", () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 29 }), fc.integer({ min: 0, max: 1e9 }), (day, won) => {
        const pace = valueOf(paceOf(june, june.from + day, won, 100));
        expect(pace === null || pace.atEnd >= won).toBe(true);
      }),
    ));
});

const said = (...stated: number[]) => stated.map((one) => ({ stated: one, actual: 100 }));

describe("how well somebody knows own numbers", () => {
  test("is the middle of how far off the last statements were, beside the earlier ones", () => {
    expect(valueOf(selfReport(said(108, 110, 106, 102, 103, 101)))).toMatchObject({
      before: { share: 0.08, way: "high" },
      now: { share: 0.02, way: "high" },
      earlier: 3,
      last: 3,
    });
  });
  test("names no direction where statements fall on both sides", () => {
    expect(valueOf(selfReport(said(120, 80, 120, 80, 120, 80)))?.before.way).toBe("either way");
    expect(valueOf(selfReport(said(90, 80, 95, 100, 100, 100)))).toMatchObject({
      before: { way: "low" },
      now: { share: 0, way: "either way" },
    });
  });
  test("is refused below six statements, and one about nothing counts for nothing", () => {
    expect(selfReport([...said(1, 2, 3, 4, 5), { stated: 7, actual: 0 }])).toMatchObject({
      known: false,
      refusal: { have: 5, need: 6, unit: "statements" },
    });
  });
  test("tells getting closer from luck only where that can be told", () => {
    const closer = valueOf(selfReport(said(130, 126, 122, 118, 114, 110, 108, 106, 104, 102)));
    expect(valueOf(closer?.trend ?? { known: false, refusal: {} as never })?.says).toBe("falling");
    expect(valueOf(selfReport(said(130, 126, 122, 118, 114, 110)))?.trend.known).toBe(false);
  });
});

describe("what a result takes", () => {
  test("is deals at the own size, and the activities these take", () => {
    expect(effortFor(29_300, 2_930, [{ type: "call", each: 5.25 }])).toEqual({ deals: 10, activities: [{ type: "call", many: 53 }] });
    expect(effortFor(29_301, 2_930, []).deals).toBe(11);
    expect(effortFor(0, 2_930, [{ type: "call", each: 5 }])).toEqual({ deals: 0, activities: [{ type: "call", many: 0 }] });
  });
});
