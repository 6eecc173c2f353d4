import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";

/** Removes a calendar with its days; whoever had it as their own has the default one from then on. Returns whether there was one. */
export async function removeHolidayCalendar(ctx: Ctx, id: string): Promise<boolean> {
  return ctx.tx(async (db) => {
    const { numDeletedRows } = await db
      .deleteFrom("holiday_calendar")
      .where("org_id", "=", ctx.viewer.orgId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (numDeletedRows > 0n) await recordEvent(db, ctx, "remove", "holiday calendar", id);
    return numDeletedRows > 0n;
  });
}
