import type { Ctx } from "../../platform/context.ts";
import { signal } from "../../platform/record-event.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";

/** Takes back a point of one's own. Somebody else's stays. */
export async function withdrawPoint(ctx: Ctx, meetingId: string, id: string): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, meetingId);
    await db
      .updateTable("point")
      .set({ withdrawn_at: ctx.clock.now() })
      .where("org_id", "=", ctx.viewer.orgId)
      .where("meeting_id", "=", meeting.id)
      .where("id", "=", id)
      .where("added_by", "=", ctx.viewer.personId)
      .where("withdrawn_at", "is", null)
      .execute();
    await signal(db, `meeting:${meeting.id}`);
  });
}
