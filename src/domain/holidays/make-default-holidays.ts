import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { todayOf } from "../../platform/clock.ts";
import { holidayCalendar } from "./holiday-queries.ts";

/** Makes a calendar the one of everybody who has none of their own, or, when it is, of nobody. */
export async function makeDefaultHolidays(ctx: Ctx, id: string | undefined, isDefault: boolean): Promise<void> {
  await ctx.tx(async (db) => {
    const calendar = await holidayCalendar(db, ctx, id, todayOf(ctx));
    if (calendar.isDefault === isDefault) return;
    const ours = () => db.updateTable("holiday_calendar").where("org_id", "=", ctx.viewer.orgId);
    await ours().set({ is_default: false }).where("is_default", "=", true).execute();
    if (isDefault) await ours().set({ is_default: true }).where("id", "=", calendar.id).execute();
    await recordEvent(db, ctx, "change", "holiday calendar", calendar.id);
  });
}
