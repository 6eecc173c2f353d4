import fc from "fast-check";
import { worthAt } from "../../src/method/month-of-quarter.ts";
import { describe, expect, test } from "vitest";
import { ClosingCounts } from "../../src/method/closing-counts.ts";
import { type ClosingModel, closingModel, knownBefore } from "../../src/method/closing-model.ts";
import { dayNumber } from "../../src/method/day-numbers.ts";
import { valueOf } from "../../src/method/estimate.ts";
import { calendarYear, type FiscalCalendar } from "../../src/method/fiscal-calendar.ts";
import { fiscalMonths } from "../../src/method/fiscal-months.ts";
import { monthForecasts } from "../../src/method/month-forecast.ts";
import { numbersSetting, readSetting } from "../../src/method/numbers-setting.ts";
import { began, madeDeals } from "./made-deals.ts";

const calendars: FiscalCalendar[] = [calendarYear, { startsIn: 2, pattern: "4-4-5", weekStarts: 7, yearEnds: "nearest" }];

const day = dayNumber("2026-02-11");
const deals = knownBefore(madeDeals({ days: 500 }), day);
const byOwner = Map.groupBy(deals, ({ ownerId }) => ownerId);
const closed = deals.filter(({ outcome }) => outcome !== "open").map(({ endedOn }) => endedOn ?? day);
const days = { firstOn: Math.min(...deals.map(({ createdOn }) => createdOn)), observedFrom: Math.min(...closed) };

describe("what everybody's numbers have in common", () => {
  test("is the same read a person at a time, in any order, as from all deals together", async () => {
    const whole = numbersSetting(deals, day);
    const read = await readSetting(() => [...byOwner.values()].toReversed(), days, day);
    expect(valueOf(read)?.model.hazards).toEqual(valueOf(whole)?.model.hazards);
    expect(valueOf(read)?.horizons.quarter.setting.chances).toEqual(valueOf(whole)?.horizons.quarter.setting.chances);
    for (const [id, scale] of valueOf(whole)?.learnt.scales ?? []) expect(valueOf(read)?.learnt.scales.get(id)).toBeCloseTo(scale, 10);
    expect(valueOf(read)?.learnt.sharedSpread).toBeCloseTo(valueOf(whole)?.learnt.sharedSpread ?? 0, 10);
  });

  test.each(calendars)("is scaled as the forecasts of the month are that keep every deal: $pattern", (calendar) => {
    const { of, start } = fiscalMonths(calendar);
    const forecasts = valueOf(monthForecasts(deals, start(of(day)), calendar));
    const learnt = valueOf(numbersSetting(deals, day, calendar))?.learnt;
    expect(learnt?.scales.size).toBe(forecasts?.owners.size);
    for (const [id, { modelScale }] of forecasts?.owners ?? []) expect(learnt?.scales.get(id)).toBeCloseTo(modelScale, 8);
    expect(learnt?.sharedSpread).toBeCloseTo(forecasts?.sharedSpread ?? 0, 8);
    expect(learnt?.ownSpread).toBeCloseTo(forecasts?.ownSpread ?? 0, 8);
  });

  test("is refused by name while the history is short", async () => {
    expect(numbersSetting(deals, began + 41)).toMatchObject({ refusal: { words: "not enough history: 41 days, 90 needed" } });
    expect(numbersSetting([], day)).toMatchObject({ refusal: { lack: "history", have: 0 } });
    expect(await readSetting(() => [], { firstOn: Number.POSITIVE_INFINITY, observedFrom: null }, day)).toMatchObject({
      refusal: { lack: "history" },
    });
    const open = deals.map((deal) => ({ ...deal, outcome: "open" as const, endedOn: null }));
    expect(numbersSetting(open, day)).toMatchObject({ refusal: { lack: "history", unit: "days of closed deals" } });
  });
});

/** What each month of the quarter is worth at some ages, to eight places. */
const seasonOf = (model: ClosingModel | null) =>
  [0, 1, 2].flatMap((position) => [0, 30, 80, 110].map((age) => model?.season && worthAt(model.season.won, position, age).toFixed(8)));

describe("deals counted instead of kept", () => {
  test.each(calendars)("give the model that the deals themselves give, on any day: $pattern", (calendar) => {
    const { of, start } = fiscalMonths(calendar);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 100, max: 380 }), (seed, after) => {
        const then = began + after;
        const some = knownBefore(madeDeals({ people: 3, days: 390, seed }), then);
        const ends = some.filter(({ outcome }) => outcome !== "open").map(({ endedOn }) => endedOn ?? then);
        const firstOn = Math.min(...some.map(({ createdOn }) => createdOn));
        const counts = new ClosingCounts({ firstOn, observedFrom: Math.min(then, ...ends), day: then, calendar });
        for (const deal of some) counts.add(deal);
        for (const at of [then, start(of(then))]) {
          const [kept, counted] = [closingModel(knownBefore(some, at), at, calendar), counts.modelOf(at)];
          expect(counted.known).toBe(kept.known);
          expect(valueOf(counted)?.hazards).toEqual(valueOf(kept)?.hazards);
          expect(seasonOf(valueOf(counted))).toEqual(seasonOf(valueOf(kept)));
        }
      }),
      { numRuns: 25 },
    );
  });
});
