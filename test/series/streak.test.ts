import { expect, test } from "vitest";
import { streakOf } from "../../src/method/streak.ts";

const at = (day: number) => new Date(Date.UTC(2026, 2, day));

test("held ones count in a row; an excused one neither counts nor breaks", () => {
  const past = [
    { state: "missed" as const, at: at(1) },
    { state: "closed" as const, at: at(3) },
    { state: "excused" as const, at: at(5) },
    { state: "closed" as const, at: at(7) },
  ];
  expect(streakOf(past, at(10))).toEqual({ held: 2, missed: 0, lastHeldAt: at(7), daysSince: 3 });
});

test("missed ones in a row show as a gap since the last held one", () => {
  const past = [
    { state: "closed" as const, at: at(1) },
    { state: "missed" as const, at: at(8) },
    { state: "missed" as const, at: at(15) },
  ];
  expect(streakOf(past, at(16))).toMatchObject({ held: 0, missed: 2, daysSince: 15 });
});

test("a pair that never met has no gap to count", () => {
  expect(streakOf([], at(1))).toEqual({ held: 0, missed: 0, lastHeldAt: null, daysSince: null });
});
