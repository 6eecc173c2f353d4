import type { FiscalCalendar } from "../../method/fiscal-calendar.ts";
import type { Db } from "../../platform/database.ts";
import { onceATransaction } from "../../platform/once-a-transaction.ts";

/** The fiscal calendar of an organisation. */
export const fiscalCalendarOf = (db: Db, orgId: string): Promise<FiscalCalendar> =>
  onceATransaction(db, `fiscal calendar ${orgId}`, () => readCalendar(db, orgId));

async function readCalendar(db: Db, orgId: string): Promise<FiscalCalendar> {
  const row = await db
    .selectFrom("organisation")
    .select(["fiscal_year_starts_in", "fiscal_pattern", "fiscal_week_starts", "fiscal_year_ends"])
    .where("org_id", "=", orgId)
    .executeTakeFirstOrThrow();
  return {
    startsIn: row.fiscal_year_starts_in,
    pattern: row.fiscal_pattern,
    weekStarts: row.fiscal_week_starts,
    yearEnds: row.fiscal_year_ends,
  };
}
