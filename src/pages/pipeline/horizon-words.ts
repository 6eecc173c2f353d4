import { dayNumber, dayOf } from "../../method/day-numbers.ts";
import { type FiscalCalendar, type FiscalPeriod, fiscalPeriods } from "../../method/fiscal-calendar.ts";
import type { Horizon } from "../../method/horizons.ts";
import { longDay } from "../../parts/words.ts";

const until = ({ until: after }: FiscalPeriod): string => `until ${longDay(dayOf(after - 1))}`;

/** What each horizon is called, seen from a day. Where the fiscal year is not the calendar's, it says which it is and when it ends. */
export function horizonWords(calendar: FiscalCalendar, day: string): Record<Horizon, string> {
  const { month, quarter, year } = fiscalPeriods(calendar, dayNumber(day));
  const others = { overdue: "Overdue", none: "No day given" };
  if (calendar.pattern === "months" && calendar.startsIn === 1)
    return { ...others, month: "This month", quarter: "Rest of the quarter", year: "Rest of the year", later: "After this year" };
  return {
    ...others,
    month: calendar.pattern === "months" ? "This month" : `This month, ${until(month)}`,
    quarter: `Rest of ${quarter.label}, ${until(quarter)}`,
    year: `Rest of ${year.label}, ${until(year)}`,
    later: `After ${year.label}`,
  };
}

/** "October 2026", "Q3 FY27, until 31 December": a period of so many months from the one called by `month`. */
export function periodWords(calendar: FiscalCalendar, month: string, months: 1 | 3 | 12): string | null {
  const horizon = months === 1 ? "month" : months === 3 ? "quarter" : "year";
  const start = dayNumber(month);
  // Within a fortnight of the first of the month it is called by, whatever day it begins on.
  const found = [0, 14].map((days) => fiscalPeriods(calendar, start + days)[horizon]).find((period) => period.month === month);
  if (!found) return null;
  const asCalendar = calendar.pattern === "months" && (months === 1 || calendar.startsIn === 1);
  return asCalendar ? found.label : `${found.label}, until ${longDay(dayOf(found.until - 1))}`;
}
