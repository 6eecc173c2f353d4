import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayNumber, dayOf, monthNumber, monthStart } from "../../src/method/day-numbers.ts";
import { valueOf } from "../../src/method/estimate.ts";
import { calendarYear, type FiscalCalendar, fiscalPatterns, fiscalPeriods } from "../../src/method/fiscal-calendar.ts";
import { firstWhole, fiscalMonths } from "../../src/method/fiscal-months.ts";
import { monthForecasts } from "../../src/method/month-forecast.ts";
import { spanForecasts } from "../../src/method/span-forecast.ts";
import { began, madeDeals } from "./made-deals.ts";

const weeks: FiscalCalendar = { startsIn: 2, pattern: "4-4-5", weekStarts: 7, yearEnds: "nearest" };
const anyCalendar = fc.record({
  startsIn: fc.integer({ min: 1, max: 12 }),
  pattern: fc.constantFrom(...fiscalPatterns),
  weekStarts: fc.constantFrom(1, 7),
  yearEnds: fc.constantFrom("nearest", "last"),
}) as fc.Arbitrary<FiscalCalendar>;

describe("fiscal months in a row", () => {
  test("follow each other without gap, each numbered by the month it is called by", () => {
    fc.assert(
      fc.property(anyCalendar, fc.integer({ min: 10_000, max: 40_000 }), (calendar, day) => {
        const { of, start } = fiscalMonths(calendar);
        const { month } = fiscalPeriods(calendar, day);
        expect(dayOf(monthStart(of(day)))).toBe(month.month);
        expect([start(of(day)), start(of(day) + 1)]).toEqual([month.from, month.until]);
      }),
    );
  });

  test("are calendar months in a calendar year", () => {
    const day = dayNumber("2026-02-28");
    const months = fiscalMonths(calendarYear);
    expect([months.of(day), months.start(months.of(day))]).toEqual([monthNumber(day), dayNumber("2026-02-01")]);
    expect([firstWhole(months, day), firstWhole(months, dayNumber("2026-02-01"))].map((one) => dayOf(monthStart(one)))).toEqual([
      "2026-03-01",
      "2026-02-01",
    ]);
  });
});

describe("a forecast by 4-4-5 weeks", () => {
  const deals = madeDeals({ people: 4, days: 420 });
  const { of, start } = fiscalMonths(weeks);
  // Fiscal October 2025 runs from 28 September to 25 October.
  const day = start(of(dayNumber("2025-10-10")));
  const wonBetween = (from: number, until: number) =>
    deals
      .filter(
        ({ ownerId, outcome, endedOn }) =>
          ownerId === "rep 0" && outcome === "won" && endedOn !== null && endedOn >= from && endedOn < until,
      )
      .reduce((sum, { wonMinor }) => sum + wonMinor, 0);

  test("takes its three months’ mean from fiscal months", () => {
    expect(dayOf(day)).not.toBe("2025-10-01");
    const rep = valueOf(monthForecasts(deals, day, weeks))?.owners.get("rep 0");
    const [first, last] = [start(of(day) - 3), day];
    expect(last - first).toBe(13 * 7);
    expect(rep?.trailingMinor).toBeCloseTo(wonBetween(first, last) / 3, 6);
  });

  test("looks no further than its own month, and corrects itself by fiscal months", () => {
    const five = [0, 1, 2].map((on) => of(day) + on).find((month) => start(month + 1) - start(month) === 35) ?? 0;
    const of445 = valueOf(monthForecasts(deals, start(five), weeks));
    const [span] = valueOf(spanForecasts({ deals, day: start(five), untils: [start(five + 1)], calendar: weeks }))?.spans.values() ?? [];
    for (const [id, { expectedMinor }] of of445?.owners ?? []) expect(span?.get(id)?.expectedMinor).toBeCloseTo(expectedMinor, 6);
    const four = valueOf(monthForecasts(deals, start(five - 1), weeks));
    const open = (made: typeof four) =>
      [...(made?.owners.values() ?? [])].reduce((sum, { outlook }) => sum + outlook.expectedNew / 1000, 0);
    // A fifth more days bring more new deals, and longer.
    expect(open(of445) / open(four)).toBeGreaterThan(1.3);
    expect(start(five)).toBeGreaterThan(began);
  });
});
