import type { Ctx } from "../../platform/context.ts";
import { signal } from "../../platform/record-event.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";

export interface NewPoint {
  id: string;
  meetingId: string;
  sectionId: string | null;
  words: string;
}

/** Adds something to talk about, before or during a meeting. The same id twice is one point. */
export async function addPoint(ctx: Ctx, point: NewPoint): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, point.meetingId);
    if (meeting.state === "closed") throw Object.assign(new Error("closed"), { code: "KE001" });
    await db
      .insertInto("point")
      .values({
        org_id: ctx.viewer.orgId,
        id: point.id,
        meeting_id: meeting.id,
        section_id: point.sectionId,
        added_by: ctx.viewer.personId,
        words: point.words,
        created_at: ctx.clock.now(),
      })
      .onConflict((conflict) => conflict.columns(["org_id", "id"]).doNothing())
      .execute();
    await signal(db, `meeting:${meeting.id}`);
  });
}
