import { dayNumber, dayOf, monthNumber, monthStart } from "./day-numbers.ts";

export const goalHorizons = ["month", "quarter", "year"] as const;
export type GoalHorizon = (typeof goalHorizons)[number];

export const fiscalPatterns = ["months", "4-4-5", "4-5-4", "5-4-4"] as const;
export type FiscalPattern = (typeof fiscalPatterns)[number];

export interface FiscalCalendar {
  /** Month in which the year begins, 1 to 12. */
  startsIn: number;
  /** Calendar months, or weeks to each month of a quarter. A 53rd week goes to the last month. */
  pattern: FiscalPattern;
  /** First day of a week, 1 Monday to 7 Sunday. It counts where months are made of weeks. */
  weekStarts: number;
  /** A year of weeks ends with the week's last day nearest to the end of its last month, or with the last one within it. */
  yearEnds: "nearest" | "last";
}

/** The calendar of everybody who has set none: the year from January, in calendar months. */
export const calendarYear: FiscalCalendar = { startsIn: 1, pattern: "months", weekStarts: 1, yearEnds: "nearest" };

export interface FiscalPeriod {
  /** First day, and the first day after it: day numbers. */
  from: number;
  until: number;
  /** "October 2026", "Q3 FY26", "FY26"; "Q4 2026" and "2026" where fiscal and calendar year are one. */
  label: string;
  /** YYYY-MM-01 of the calendar month by which its first month is called, whatever day it begins on: what quotas and goals are kept by. */
  month: string;
}

const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
const weeksIn: Record<Exclude<FiscalPattern, "months">, readonly number[]> = {
  "4-4-5": [4, 4, 5],
  "4-5-4": [4, 5, 4],
  "5-4-4": [5, 4, 4],
};

/** The first calendar month of a fiscal year, as `monthNumber` counts. A year bears the number of the year its last month lies in. */
const firstMonth = ({ startsIn }: FiscalCalendar, year: number): number => (startsIn === 1 ? year : year - 1) * 12 + startsIn - 1;

function yearStart(calendar: FiscalCalendar, year: number): number {
  const first = monthStart(firstMonth(calendar, year));
  if (calendar.pattern === "months") return first;
  const latest = calendar.yearEnds === "last" ? first : first + 3;
  return latest - ((weekdayOf(latest) - calendar.weekStarts + 7) % 7);
}

/** The number of the fiscal year a day lies in: of the year its last month lies in. */
export function fiscalYearOf(calendar: FiscalCalendar, day: number): number {
  const nominal = Math.floor((monthNumber(day) - calendar.startsIn + 1) / 12) + (calendar.startsIn === 1 ? 0 : 1);
  if (day < yearStart(calendar, nominal)) return nominal - 1;
  return day < yearStart(calendar, nominal + 1) ? nominal : nominal + 1;
}

/** The first days of the twelve months of a year, and of the next year. */
function monthStarts(calendar: FiscalCalendar, year: number): number[] {
  const until = yearStart(calendar, year + 1);
  if (calendar.pattern === "months") return Array.from({ length: 13 }, (_, n) => monthStart(firstMonth(calendar, year) + n));
  const weeks = weeksIn[calendar.pattern];
  const starts = [yearStart(calendar, year)];
  for (let month = 0; month < 11; month++) starts.push((starts[month] ?? 0) + 7 * (weeks[month % 3] ?? 4));
  return [...starts, until];
}

const names = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const monthName = (day: string): string => `${names[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

/** "2026" where fiscal and calendar year are one, "FY26" elsewhere. */
const yearLabel = ({ startsIn, pattern }: FiscalCalendar, year: number): string =>
  startsIn === 1 && pattern === "months" ? String(year) : `FY${String(year % 100).padStart(2, "0")}`;

/**
 * A fiscal year in its months, quarters and as a whole; each kind tiles it without gap.
 * @param year the number of the year its last month lies in, as `fiscalYearOf` gives it
 */
export function fiscalYear(
  calendar: FiscalCalendar,
  year: number,
): { months: FiscalPeriod[]; quarters: FiscalPeriod[]; year: FiscalPeriod } {
  const starts = monthStarts(calendar, year);
  const period = (at: number, months: number, label: (month: string) => string): FiscalPeriod => {
    const month = dayOf(monthStart(firstMonth(calendar, year) + at));
    return { from: starts[at] ?? 0, until: starts[at + months] ?? 0, label: label(month), month };
  };
  const named = yearLabel(calendar, year);
  return {
    months: Array.from({ length: 12 }, (_, n) => period(n, 1, monthName)),
    quarters: Array.from({ length: 4 }, (_, n) => period(3 * n, 3, () => `Q${n + 1} ${named}`)),
    year: period(0, 12, () => named),
  };
}

const holds =
  (day: number) =>
  ({ from, until }: FiscalPeriod): boolean =>
    from <= day && day < until;

/**
 * The fiscal month, quarter and year a day lies in.
 * @param day a day number
 */
export function fiscalPeriods(calendar: FiscalCalendar, day: number): Record<GoalHorizon, FiscalPeriod> {
  const { months, quarters, year } = fiscalYear(calendar, fiscalYearOf(calendar, day));
  return { month: months.find(holds(day)) ?? year, quarter: quarters.find(holds(day)) ?? year, year };
}

/**
 * The fiscal month called by a calendar month.
 * @param month YYYY-MM-01
 */
export function fiscalMonth(calendar: FiscalCalendar, month: string): FiscalPeriod {
  const number = monthNumber(dayNumber(month));
  const nominal = Math.floor((number - calendar.startsIn + 1) / 12) + (calendar.startsIn === 1 ? 0 : 1);
  const { months, year } = fiscalYear(calendar, nominal);
  return months[number - firstMonth(calendar, nominal)] ?? year;
}
