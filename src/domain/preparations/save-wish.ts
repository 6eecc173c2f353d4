import type { Ctx } from "../../platform/context.ts";
import { meetingToPrepare } from "./preparation-access.ts";
import type { Measure } from "./preparation-queries.ts";

/** Where the rep would like to be with one number. A wish may change until the one-on-one begins. */
export async function saveWish(ctx: Ctx, meetingId: string, measure: Measure, wish: number | null): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingToPrepare(db, ctx, meetingId);
    await db
      .insertInto("preparation_figure")
      .values({ org_id: ctx.viewer.orgId, meeting_id: meeting.id, measure, wish })
      .onConflict((conflict) =>
        conflict
          .columns(["org_id", "meeting_id", "measure"])
          .doUpdateSet((eb) => ({ wish, version: eb("preparation_figure.version", "+", 1) })),
      )
      .execute();
  });
}
