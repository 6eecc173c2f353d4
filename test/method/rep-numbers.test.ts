import { describe, expect, test } from "vitest";
import { knownBefore } from "../../src/method/closing-model.ts";
import { dayNumber } from "../../src/method/day-numbers.ts";
import { valueOf } from "../../src/method/estimate.ts";
import { goalHorizons } from "../../src/method/fiscal-calendar.ts";
import { numbersSetting } from "../../src/method/numbers-setting.ts";
import { repNumbers } from "../../src/method/rep-numbers.ts";
import { began, madeDeals } from "./made-deals.ts";

const deals = madeDeals({ days: 500 });
const day = dayNumber("2026-02-11");
const setting = valueOf(numbersSetting(deals, day));
if (!setting) throw new Error("there is history enough");
const mine = deals.filter(({ ownerId }) => ownerId === "rep 3");
// Some five deals of 1000.00 are won in a month.
const nothing = { known: false, refusal: {} as never } as const;
const goals = { month: 500_000, quarter: 1_500_000, year: 6_000_000 };

describe("one rep's numbers", () => {
  const numbers = repNumbers(setting, "rep 3", mine)({ goals });

  test("hold, for month, quarter and year, what is won and expected, the chance, the coverage and the finding goal", () => {
    for (const horizon of goalHorizons) {
      const { wonMinor, expectedMinor, goal } = numbers.horizons[horizon];
      expect(wonMinor % 100_000).toBe(0);
      expect(expectedMinor).toBeGreaterThan(0);
      expect(valueOf(goal?.chance ?? { known: false, refusal: {} as never })?.chance).toBeGreaterThan(0);
      expect(goal?.coverage.known).toBe(true);
      expect(goal?.finding.known).toBe(true);
    }
    expect(numbers.horizons.quarter.goal?.moves.known).toBe(true);
    expect(valueOf(numbers.winRate)?.rate).toBeGreaterThan(0.3);
    expect(valueOf(numbers.trend)?.says).toBe("cannot tell");
  });

  test("expect in the rest of the year about what a steady pipeline brings", () => {
    const { wonMinor, expectedMinor } = numbers.horizons.year;
    expect((wonMinor + expectedMinor) / 6_000_000).toBeGreaterThan(0.6);
    expect((wonMinor + expectedMinor) / 6_000_000).toBeLessThan(1.5);
  });

  test("are the same whatever came later, and the same each time", () => {
    const before = knownBefore(deals, day);
    const then = valueOf(numbersSetting(before, day));
    const again =
      then &&
      repNumbers(
        then,
        "rep 3",
        before.filter(({ ownerId }) => ownerId === "rep 3"),
      )({ goals });
    expect(JSON.stringify(again)).toBe(JSON.stringify(numbers));
  });

  test("against another goal are those worked out for that goal alone", () => {
    const against = repNumbers(setting, "rep 3", mine);
    against({ goals });
    const higher = { month: 900_000, year: 9_000_000 };
    expect(against({ goals: higher })).toEqual(repNumbers(setting, "rep 3", mine)({ goals: higher }));
    expect(against({ goals })).toEqual(numbers);
  });

  test("without a goal say only what is won and expected", () => {
    const without = repNumbers(setting, "rep 3", mine)({ goals: { month: 1 } });
    expect(without.horizons.quarter.goal).toBeNull();
    expect(without.horizons.quarter.expectedMinor).toBe(numbers.horizons.quarter.expectedMinor);
    expect(valueOf(without.horizons.month.goal?.chance ?? { known: false, refusal: {} as never })?.chance).toBe(1);
  });

  test("of a newcomer tell the days since they began as a year, not the days before", () => {
    const since = day - 120;
    const late = madeDeals({ days: 500 }).filter(({ ownerId, createdOn }) => ownerId === "rep 3" && createdOn >= since);
    const [whole, short] = [mine, late].map((some) => valueOf(repNumbers(setting, "rep 3", some)().baseline));
    expect(short?.from).toBe(Math.min(...late.map(({ createdOn }) => createdOn)));
    expect((short?.opportunitiesAMonth ?? 0) / (whole?.opportunitiesAMonth ?? 1)).toBeGreaterThan(0.7);
    expect((short?.opportunitiesAMonth ?? 0) / (whole?.opportunitiesAMonth ?? 1)).toBeLessThan(1.4);
    expect((short?.yearMinor ?? 0) / (whole?.yearMinor ?? 1)).toBeGreaterThan(0.3);
    const taken = repNumbers(setting, "rep 3", mine, { startedOn: since })();
    expect(valueOf(taken.baseline)?.from).toBe(since);
    expect(taken.ownMonths).toBe(3);
    expect(taken.trend).toMatchObject({ refusal: { words: "not enough periods: 3 months, 8 needed" } });
    const months = taken.months.slice(-3).reduce((sum, { wonMinor }) => sum + wonMinor, 0);
    expect(taken.trailingMinor).toBeCloseTo(months / 3, 6);
    expect(repNumbers(setting, "rep 3", mine, { startedOn: day - 10 })().trailingMinor).toBeNull();
  });

  test("take no deal for more than twice its worth because of past months, nor for less than half", () => {
    const small = knownBefore(mine, day + 1).map((deal) => (deal.outcome === "open" ? { ...deal, openMinor: 100 } : deal));
    const few = small.filter(({ outcome }) => outcome !== "open").concat(small.filter(({ outcome }) => outcome === "open").slice(-8));
    const against = repNumbers(setting, "rep 3", few);
    const { wonMinor, expectedMinor } = against().horizons.month;
    const { moves } = against({ goals: { month: wonMinor + expectedMinor + 50_000 } }).horizons.month.goal ?? {};
    const won = valueOf(moves ?? nothing)?.filter(({ what }) => what.kind === "deal");
    expect(won).toHaveLength(3);
    // A deal of 1.00 brings 1.00 of the 500.00 that are missing, not what a month brings.
    for (const { more } of won ?? []) expect(more).toBeLessThan(0.005);
  });

  test("of somebody who has left expect what is open alone", () => {
    const [stays, left] = [false, true].map((hasLeft) => repNumbers(setting, "rep 3", mine, { hasLeft })().horizons);
    for (const horizon of goalHorizons) expect(left?.[horizon].expectedMinor).toBeLessThan(stays?.[horizon].expectedMinor ?? 0);
    expect(left?.year.expectedMinor).toBeGreaterThan(0);
    expect(left?.year.expectedMinor).toBeLessThan((stays?.year.expectedMinor ?? 0) / 2);
  });

  test("of somebody new are refused by name, not made up", () => {
    const fresh = repNumbers(setting, "new", [])({ goals });
    expect(fresh.winRate).toMatchObject({ refusal: { lack: "outcomes" } });
    expect(fresh.horizons.quarter.goal?.chance).toMatchObject({ refusal: { lack: "deals" } });
    expect(fresh.horizons.quarter.goal?.coverage).toMatchObject({ refusal: { words: "not enough deals: 0 open deals, 5 needed" } });
  });

  test("are refused for everybody while the history is short", () => {
    expect(numbersSetting(deals, began + 41)).toMatchObject({ refusal: { words: "not enough history: 41 days, 90 needed" } });
  });
});
