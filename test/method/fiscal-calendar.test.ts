import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayNumber, dayOf } from "../../src/method/day-numbers.ts";
import {
  calendarYear,
  type FiscalCalendar,
  fiscalMonth,
  fiscalPatterns,
  fiscalPeriods,
  fiscalYear,
  fiscalYearOf,
} from "../../src/method/fiscal-calendar.ts";

const anyCalendar = fc.record({
  startsIn: fc.integer({ min: 1, max: 12 }),
  pattern: fc.constantFrom(...fiscalPatterns),
  weekStarts: fc.integer({ min: 1, max: 7 }),
  yearEnds: fc.constantFrom("nearest" as const, "last" as const),
});
const anyDay = fc.integer({ min: dayNumber("1990-01-01"), max: dayNumber("2099-12-31") });
const april: FiscalCalendar = { ...calendarYear, startsIn: 4 };
const ofWeeks: FiscalCalendar = { startsIn: 2, pattern: "4-4-5", weekStarts: 7, yearEnds: "nearest" };

const words = (calendar: FiscalCalendar, day: string) =>
  Object.values(fiscalPeriods(calendar, dayNumber(day))).map(
    ({ from, until, label, month }) => `${label} (${month}): ${dayOf(from)} to ${dayOf(until - 1)}`,
  );

describe("fiscal periods", () => {
  test("are the calendar's when nobody set anything", () => {
    expect(words(calendarYear, "2026-11-22")).toEqual([
      "November 2026 (2026-11-01): 2026-11-01 to 2026-11-30",
      "Q4 2026 (2026-10-01): 2026-10-01 to 2026-12-31",
      "2026 (2026-01-01): 2026-01-01 to 2026-12-31",
    ]);
  });

  test("of a year from April bear the number of the year it ends in", () => {
    expect(words(april, "2026-11-22")).toEqual([
      "November 2026 (2026-11-01): 2026-11-01 to 2026-11-30",
      "Q3 FY27 (2026-10-01): 2026-10-01 to 2026-12-31",
      "FY27 (2026-04-01): 2026-04-01 to 2027-03-31",
    ]);
    expect(words(april, "2026-03-31")[2]).toBe("FY26 (2025-04-01): 2025-04-01 to 2026-03-31");
  });

  // The published 4-5-4 calendar of the National Retail Federation: its year 2023 had 53 weeks, 29 January 2023 to 3 February 2024.
  test("of weeks begin and end where the published retail calendar does", () => {
    const retail: FiscalCalendar = { ...ofWeeks, pattern: "4-5-4" };
    const { year, months } = fiscalYear(retail, 2024);
    expect([dayOf(year.from), dayOf(year.until - 1)]).toEqual(["2023-01-29", "2024-02-03"]);
    expect(months.map(({ from, until }) => (until - from) / 7)).toEqual([4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5, 5]);
    expect(dayOf(fiscalYear(retail, 2025).year.until - 1)).toBe("2025-02-01");
  });

  test("of weeks end with the last week within the month when the rule says so", () => {
    // Years that end on the last Saturday of September.
    const { year } = fiscalYear({ startsIn: 10, pattern: "4-4-5", weekStarts: 7, yearEnds: "last" }, 2023);
    expect([dayOf(year.from), dayOf(year.until - 1)]).toEqual(["2022-09-25", "2023-09-30"]);
  });

  test("tile every year without gap or overlap, and years follow each other", () => {
    fc.assert(
      fc.property(anyCalendar, fc.integer({ min: 1991, max: 2098 }), (calendar, number) => {
        const { months, quarters, year } = fiscalYear(calendar, number);
        for (const parts of [months, quarters]) {
          expect(parts.at(-1)?.until).toBe(year.until);
          for (const [at, part] of parts.entries()) {
            expect(part.until).toBeGreaterThan(part.from);
            expect(part.from).toBe(at === 0 ? year.from : parts[at - 1]?.until);
          }
        }
        expect(fiscalYear(calendar, number + 1).year.from).toBe(year.until);
      }),
    );
  });

  test("hold the day they are asked for, whole within each other", () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, (calendar, day) => {
        const { month, quarter, year } = fiscalPeriods(calendar, day);
        expect(month.from <= day && day < month.until).toBe(true);
        expect(quarter.from <= month.from && month.until <= quarter.until).toBe(true);
        expect(year.from <= quarter.from && quarter.until <= year.until).toBe(true);
        expect(fiscalMonth(calendar, month.month)).toEqual(month);
        expect(fiscalYear(calendar, fiscalYearOf(calendar, day)).year).toEqual(year);
      }),
    );
  });

  test("of weeks are 52 or 53 of them, and begin on the first day of a week", () => {
    fc.assert(
      fc.property(anyCalendar, anyDay, (calendar, day) => {
        fc.pre(calendar.pattern !== "months");
        const { year, quarter, month } = fiscalPeriods(calendar, day);
        expect([52 * 7, 53 * 7]).toContain(year.until - year.from);
        expect([13 * 7, 14 * 7]).toContain(quarter.until - quarter.from);
        for (const { from } of [year, quarter, month]) expect(new Date(from * 86_400_000).getUTCDay() || 7).toBe(calendar.weekStarts);
      }),
    );
  });

  test("end within three days of the month's end, or within its last week", () => {
    fc.assert(
      fc.property(anyCalendar, fc.integer({ min: 1991, max: 2098 }), (calendar, number) => {
        const { year } = fiscalYear(calendar, number);
        const nominal = dayNumber(year.month);
        const away = year.from - nominal;
        const within = { months: [0, 0], nearest: [-3, 3], last: [-6, 0] } as const;
        const [least, most] = within[calendar.pattern === "months" ? "months" : calendar.yearEnds];
        expect(away).toBeGreaterThanOrEqual(least);
        expect(away).toBeLessThanOrEqual(most);
      }),
    );
  });
});
