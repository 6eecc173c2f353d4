import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";

/** Takes a single day out of a calendar. Doing it twice changes nothing. */
export async function removeHoliday(ctx: Ctx, { calendarId, on }: { calendarId: string; on: string }): Promise<void> {
  await ctx.tx(async (db) => {
    const { numDeletedRows } = await db
      .deleteFrom("holiday")
      .where("org_id", "=", ctx.viewer.orgId)
      .where("calendar_id", "=", calendarId)
      .where("on_day", "=", on)
      .executeTakeFirst();
    if (numDeletedRows > 0n) await recordEvent(db, ctx, "remove", "holiday", calendarId);
  });
}
