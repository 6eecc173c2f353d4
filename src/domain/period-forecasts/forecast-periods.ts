import { fiscalPeriods, type FiscalCalendar } from "../../method/fiscal-calendar.ts";
import type { Period } from "./due-deals-queries.ts";

/** How many periods that are over are kept and scored. */
export const scored = { month: 12, quarter: 4 } as const;

/** The month or quarter a day lies in, and those before it that are scored; the newest first. @param today a day number */
export function periodsScored(calendar: FiscalCalendar, today: number, horizon: Period["horizon"]): Period[] {
  const found: Period[] = [];
  for (let day = today; found.length <= scored[horizon];) {
    const { from, until, month } = fiscalPeriods(calendar, day)[horizon];
    found.push({ horizon, periodOn: month, from, until });
    day = from - 1;
  }
  return found;
}
