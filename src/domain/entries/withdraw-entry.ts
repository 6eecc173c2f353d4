import type { Ctx } from "../../platform/context.ts";
import { signal } from "../../platform/record-event.ts";

/** Takes back one's own entry while the meeting is not closed. */
export async function withdrawEntry(ctx: Ctx, meetingId: string, id: string): Promise<void> {
  await ctx.tx(async (db) => {
    await db
      .updateTable("entry")
      .set({ withdrawn_at: ctx.clock.now() })
      .where("org_id", "=", ctx.viewer.orgId)
      .where("meeting_id", "=", meetingId)
      .where("id", "=", id)
      .where("by_id", "=", ctx.viewer.personId)
      .execute();
    await signal(db, `meeting:${meetingId}`);
  });
}
