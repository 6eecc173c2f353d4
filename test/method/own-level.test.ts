import { describe, expect, test } from "vitest";
import type { OwnedDeal } from "../../src/method/closing-model.ts";
import { dayNumber } from "../../src/method/day-numbers.ts";
import { valueOf } from "../../src/method/estimate.ts";
import { calendarYear } from "../../src/method/fiscal-calendar.ts";
import { fiscalMonths } from "../../src/method/fiscal-months.ts";
import { type Checked, levelsOf, monthForecasts } from "../../src/method/month-forecast.ts";
import { numbersSetting, type NumbersSetting } from "../../src/method/numbers-setting.ts";
import { repNumbers } from "../../src/method/rep-numbers.ts";
import { madeDeals } from "./made-deals.ts";

const day = dayNumber("2026-02-11");
const deals = madeDeals({ days: 500 });
const setting = valueOf(numbersSetting(deals, day));
if (!setting) throw new Error("there is history enough");
const mine = deals.filter(({ ownerId }) => ownerId === "rep 3");

/** The setting as if so much of what was expected of the person had come. */
const levelled = (scale: number, from: NumbersSetting = setting): NumbersSetting => ({
  ...from,
  learnt: { ...from.learnt, scales: new Map([["rep 3", scale]]) },
});

/** A month in which 1000 was expected of somebody. */
const checked = (actual: number): Checked => ({ raw: 1000, levelled: 1000, forecast: 1000, actual, variance: 0 });
/** Of the first rep every deal that closes is won, of the others half. */
const winsAll = (deal: OwnedDeal): OwnedDeal =>
  deal.ownerId === "rep 0" && deal.outcome === "lost" ? { ...deal, outcome: "won", wonMinor: 100_000 } : deal;

describe("what came of earlier forecasts of one person", () => {
  const months = fiscalMonths(calendarYear);
  const month = months.of(day);
  const outlooks = new Map(["over", "under"].map((id) => [id, { expectedOpen: 600, expectedNew: 400 }]));
  /** So many months in which 1000 was expected of each, one winning 1500 and one 500: together all that was expected. */
  const levelsAfter = (many: number) => {
    const past = Array.from(
      { length: many },
      () =>
        new Map([
          ["over", checked(1500)],
          ["under", checked(500)],
        ]),
    );
    // Nothing was observed long enough ago to be a trailing mean.
    return levelsOf(outlooks, { month, months, observedFrom: day, won: new Map(), past }).owners;
  };

  test.each([
    { many: 0, over: 1, under: 1 },
    { many: 1, over: 1.1, under: 0.9 },
    { many: 12, over: 1.375, under: 0.625 },
  ])("levels theirs alone, as if four months more had come out right: after $many months ×$over and ×$under", ({ many, over, under }) => {
    const levels = levelsAfter(many);
    expect(levels.get("over")?.modelScale).toBeCloseTo(over, 9);
    expect(levels.get("under")?.modelScale).toBeCloseTo(under, 9);
    expect(levels.get("over")?.expectedMinor).toBeCloseTo(1000 * over, 6);
  });

  test("raises the forecast of whoever wins all they close where others win half", () => {
    const owners = valueOf(monthForecasts(deals.map(winsAll), dayNumber("2026-02-01")))?.owners;
    const [strong = 0, others = 0] = ["rep 0", "rep 3"].map((id) => owners?.get(id)?.modelScale);
    // Twice the others' in truth; drawn together a little.
    expect(strong / others).toBeGreaterThan(1.5);
    expect(strong / others).toBeLessThan(2.1);
  });
});

describe("somebody of whose forecasts half came", () => {
  const gapMinor = 2_000_000;
  /** With no whole month behind there is no trailing mean: what is expected is the model's word alone. */
  const quarterAt = (scale: number) => {
    const { quarter } = repNumbers(levelled(scale, { ...setting, pastMonths: [] }), "rep 3", mine)({ goals: { quarter: 1e9 } }).horizons;
    const goal = repNumbers(
      levelled(scale, { ...setting, pastMonths: [] }),
      "rep 3",
      mine,
    )({
      goals: { quarter: quarter.wonMinor + gapMinor },
    }).horizons.quarter.goal;
    const coverage = goal && valueOf(goal.coverage);
    if (!coverage) throw new Error("there are open deals enough");
    return { expectedMinor: quarter.expectedMinor, coverage };
  };
  const [whole, half] = [quarterAt(1), quarterAt(0.5)];

  test("is expected to bring half of what their deals promise", () => {
    expect(half.expectedMinor).toBeCloseTo(whole.expectedMinor / 2, 3);
  });

  test("needs the open deals that close the gap at their own level, not at everybody's", () => {
    const { openMinor, expectedNewMinor } = whole.coverage;
    const fromOpen = whole.expectedMinor - expectedNewMinor;
    expect(half.coverage.expectedNewMinor).toBeCloseTo(expectedNewMinor / 2, 3);
    expect(whole.coverage.neededMinor).toBeCloseTo(((gapMinor - expectedNewMinor) / fromOpen) * openMinor, 0);
    expect(half.coverage.neededMinor).toBeCloseTo(((gapMinor - expectedNewMinor / 2) / (fromOpen / 2)) * openMinor, 0);
  });
});

describe("the months just past", () => {
  test("count with a fifth, for as many months as are left", () => {
    const { horizons, trailingMinor } = repNumbers(levelled(1), "rep 3", mine)();
    const modelAlone = repNumbers(levelled(1, { ...setting, pastMonths: [] }), "rep 3", mine)().horizons;
    const months = (horizon: "quarter" | "year") =>
      (horizons[horizon].expectedMinor - 0.8 * modelAlone[horizon].expectedMinor) / (0.2 * (trailingMinor ?? 0));
    // From 11 February to the end of March and of December.
    expect(months("quarter")).toBeCloseTo(1.6, 1);
    expect(months("year")).toBeCloseTo(10.6, 1);
  });
});
