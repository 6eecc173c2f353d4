import type { FiscalCalendar } from "../../method/fiscal-calendar.ts";
import { queueBackTest } from "../back-tests/ask-back-test.ts";
import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";

/** Where the company's years, quarters and months begin. Its past months are then others too. Row-level security lets an admin alone. */
export async function changeFiscalCalendar(ctx: Ctx, { startsIn, pattern, weekStarts, yearEnds }: FiscalCalendar): Promise<void> {
  await ctx.tx(async (db) => {
    const values = { fiscal_year_starts_in: startsIn, fiscal_pattern: pattern, fiscal_week_starts: weekStarts, fiscal_year_ends: yearEnds };
    const changed = await db.updateTable("organisation").set(values).where("org_id", "=", ctx.viewer.orgId).executeTakeFirst();
    if (changed.numUpdatedRows !== 1n) return;
    await recordEvent(db, ctx, "change", "fiscal calendar", ctx.viewer.orgId);
    await queueBackTest(db, ctx.viewer.orgId);
  });
}
