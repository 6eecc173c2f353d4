import type { Ctx } from "../../platform/context.ts";
import { signal } from "../../platform/record-event.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";

/** Ticks a point off as talked about, or opens it again. */
export async function markPointDone(ctx: Ctx, meetingId: string, id: string, done: boolean): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, meetingId);
    await db
      .updateTable("point")
      .set({ done_at: done ? ctx.clock.now() : null })
      .where("org_id", "=", ctx.viewer.orgId)
      .where("meeting_id", "=", meeting.id)
      .where("id", "=", id)
      .execute();
    await signal(db, `meeting:${meeting.id}`);
  });
}
