import { dayOf, monthNumber, monthStart } from "./day-numbers.ts";
import { type FiscalCalendar, fiscalMonth } from "./fiscal-calendar.ts";

/** Fiscal months one after the other, each numbered as `monthNumber` numbers the calendar month it is called by. */
export interface FiscalMonths {
  /** The number of the month a day lies in. */
  of: (day: number) => number;
  /** The first day of a month, a day number. */
  start: (month: number) => number;
}

const calendarMonths: FiscalMonths = { of: monthNumber, start: monthStart };

/** The first month that a stretch from this day on holds whole. */
export function firstWhole({ of, start }: FiscalMonths, day: number): number {
  const month = of(day);
  return start(month) === day ? month : month + 1;
}

/**
 * The months of a fiscal calendar: calendar months, or four and five weeks each, so that sums over months keep to them.
 * Each first day is worked out once.
 */
export function fiscalMonths(calendar: FiscalCalendar): FiscalMonths {
  if (calendar.pattern === "months") return calendarMonths;
  const starts = new Map<number, number>();
  const start = (month: number) => starts.getOrInsertComputed(month, () => fiscalMonth(calendar, dayOf(monthStart(month))).from);
  const of = (day: number) => {
    let month = monthNumber(day);
    while (day < start(month)) month--;
    while (day >= start(month + 1)) month++;
    return month;
  };
  return { of, start };
}
