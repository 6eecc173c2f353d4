import type { FiscalCalendar } from "../../method/fiscal-calendar.ts";
import type { Db } from "../../platform/database.ts";
import { organisationRow } from "./organisation-row.ts";

/** The fiscal calendar of an organisation. */
export async function fiscalCalendarOf(db: Db, orgId: string): Promise<FiscalCalendar> {
  const row = await organisationRow(db, orgId);
  return {
    startsIn: row.fiscal_year_starts_in,
    pattern: row.fiscal_pattern,
    weekStarts: row.fiscal_week_starts,
    yearEnds: row.fiscal_year_ends,
  };
}
