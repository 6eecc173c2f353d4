import { z } from "zod";
import { type FiscalCalendar, fiscalPatterns } from "../../method/fiscal-calendar.ts";

/** A fiscal calendar as a form or an address names it. */
export const fiscalCalendarForm = z
  .object({
    starts_in: z.coerce.number().int().min(1).max(12),
    pattern: z.enum(fiscalPatterns),
    week_starts: z.coerce.number().int().min(1).max(7),
    year_ends: z.enum(["nearest", "last"]),
  })
  .transform(({ starts_in, pattern, week_starts, year_ends }): FiscalCalendar => ({
    startsIn: starts_in,
    pattern,
    weekStarts: week_starts,
    yearEnds: year_ends,
  }));
