import { dayNumber } from "./day-numbers.ts";
import { calendarYear, fiscalPeriods, type FiscalCalendar } from "./fiscal-calendar.ts";

const lookBackUntil = 7;

const firstOf = (day: string): Temporal.PlainDate => Temporal.PlainDate.from(day).with({ day: 1 });

/**
 * Which fiscal month a one-on-one looks at: within the first week of a month the one just ended, afterwards the one that runs.
 * @param day the day of the one-on-one, YYYY-MM-DD
 * @returns YYYY-MM-01 of the calendar month it is called by
 */
export function monthAsked(day: string, calendar: FiscalCalendar = calendarYear): string {
  const number = dayNumber(day);
  const { from, month } = fiscalPeriods(calendar, number).month;
  return number - from < lookBackUntil ? firstOf(month).subtract({ months: 1 }).toString() : month;
}

/** The months of the fiscal year up to and with this one, oldest first. */
export function fiscalYearTo(month: string, startsIn: number): string[] {
  const last = firstOf(month);
  const count = ((last.month - startsIn + 12) % 12) + 1;
  return Array.from({ length: count }, (_, n) => last.subtract({ months: count - 1 - n }).toString());
}

/** This month and those before it, newest first. */
export function monthsBack(month: string, count: number): string[] {
  const first = firstOf(month);
  return Array.from({ length: count }, (_, n) => first.subtract({ months: n }).toString());
}
