import type { Ctx } from "../../platform/context.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";
import { writeRecordText } from "./write-record-text.ts";

/** Adds words beneath a locked record. The same id twice is one remark. */
export async function addRemark(ctx: Ctx, remark: { id: string; meetingId: string; words: string }): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, remark.meetingId);
    if (meeting.state !== "closed") return;
    const made = await db
      .insertInto("remark")
      .values({
        org_id: ctx.viewer.orgId,
        id: remark.id,
        meeting_id: meeting.id,
        by_id: ctx.viewer.personId,
        words: remark.words,
        at: ctx.clock.now(),
      })
      .onConflict((conflict) => conflict.columns(["org_id", "id"]).doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 0n) return;
    await writeRecordText(db, ctx.viewer.orgId, meeting, [{ part: "remark", partId: remark.id, words: remark.words }]);
    await recordEvent(db, ctx, "remark", "meeting", meeting.id);
    await signal(db, `meeting:${meeting.id}`);
  });
}
