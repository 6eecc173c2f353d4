import type { Ctx } from "../../platform/context.ts";
import { signal } from "../../platform/record-event.ts";

/** Takes back a promise written down in a meeting that is still open. */
export async function withdrawCommitment(ctx: Ctx, meetingId: string, id: string): Promise<void> {
  await ctx.tx(async (db) => {
    await db
      .updateTable("commitment")
      .set({ withdrawn_at: ctx.clock.now() })
      .where("org_id", "=", ctx.viewer.orgId)
      .where("meeting_id", "=", meetingId)
      .where("id", "=", id)
      .where("withdrawn_at", "is", null)
      .execute();
    await signal(db, `meeting:${meetingId}`);
  });
}
