import { describe, expect, test } from "vitest";
import type { OwnedDeal } from "../../src/method/closing-model.ts";
import { dayNumber } from "../../src/method/day-numbers.ts";
import { valueOf } from "../../src/method/estimate.ts";
import { repBaseline } from "../../src/method/rep-baseline.ts";

/** Two fifths of a year: 146 days of 365. */
const observedFrom = dayNumber("2025-01-01");
const until = observedFrom + 146;

const deal = (day: number, outcome: OwnedDeal["outcome"]): OwnedDeal => ({
  ownerId: "rep",
  createdOn: observedFrom + day,
  endedOn: outcome === "open" ? null : observedFrom + day + 30,
  outcome,
  openMinor: 1000,
  wonMinor: outcome === "won" ? 1000 : 0,
});

/** Ten won, six lost and eight open, in 146 days. */
const mine = [
  ...Array.from({ length: 10 }, (_, n) => deal(10 * n, "won")),
  ...Array.from({ length: 6 }, (_, n) => deal(10 * n, "lost")),
  ...Array.from({ length: 8 }, (_, n) => deal(10 * n, "open")),
];

describe("the baseline of somebody known for two fifths of a year", () => {
  const baseline = valueOf(repBaseline(mine, { observedFrom, until, winRate: 0.6 }));

  test("tells their money as a year's: two and a half times what they won", () => {
    expect(baseline).toMatchObject({ from: observedFrom, until, closedDeals: 16, wonDeals: 10 });
    expect(baseline?.yearMinor).toBeCloseTo(25_000, 6);
  });

  test("counts opportunities by the month: twenty-four in 146 days are five a month", () => {
    expect(baseline?.opportunitiesAMonth).toBeCloseTo(5, 9);
  });

  test("has, as its range, where a year of so many chance wins ends four times in five", () => {
    // Ten wins as large as each other: a gamma of shape 10, whose 10 % and 90 % quantiles are 6.221 and 14.206 (half of chi squared, 20 degrees).
    expect((baseline?.lowMinor ?? 0) / 2500).toBeCloseTo(6.221, 1);
    expect((baseline?.highMinor ?? 0) / 2500).toBeCloseTo(14.206, 1);
  });
});
