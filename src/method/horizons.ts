import { dayNumber, dayOf } from "./day-numbers.ts";
import { calendarYear, type FiscalCalendar, type FiscalPeriod, fiscalPeriods } from "./fiscal-calendar.ts";

/** When a deal is expected to close, seen from a day. The horizons do not overlap: their volumes add up to the whole. */
export const horizons = ["overdue", "month", "quarter", "year", "later", "none"] as const;
export type Horizon = (typeof horizons)[number];
/** By the number the database adds them up under. */
export const numberedHorizons: readonly Horizon[] = ["none", "overdue", "month", "quarter", "year", "later"];

export interface HorizonEnds {
  /** The day looked from, YYYY-MM-DD: an expected close before it is overdue. */
  day: string;
  /** The last day of its fiscal month, quarter and year. */
  month: string;
  quarter: string;
  year: string;
}

const lastOf = ({ until }: FiscalPeriod): string => dayOf(until - 1);

/**
 * The days on which the horizons of a day end (METHOD R5.5: this month, this quarter, until year end).
 * @param day a calendar day, YYYY-MM-DD
 */
export function horizonEnds(day: string, calendar: FiscalCalendar = calendarYear): HorizonEnds {
  const { month, quarter, year } = fiscalPeriods(calendar, dayNumber(day));
  return { day, month: lastOf(month), quarter: lastOf(quarter), year: lastOf(year) };
}

/** Which horizon an expected close falls into; "none" when there is no day. A deal that closes today is of this month. */
export function horizonOf(closeOn: string | null, ends: HorizonEnds): Horizon {
  if (closeOn === null) return "none";
  if (closeOn < ends.day) return "overdue";
  if (closeOn <= ends.month) return "month";
  if (closeOn <= ends.quarter) return "quarter";
  return closeOn <= ends.year ? "year" : "later";
}
