import { HTTPException } from "hono/http-exception";
import type { Ctx } from "../../platform/context.ts";
import { NotFound } from "../../platform/http.ts";
import { signal } from "../../platform/record-event.ts";
import { agendaOf } from "../agendas/agenda-queries.ts";
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
    if (meeting.state === "excused")
      throw new HTTPException(409, { message: "This one-on-one was excused. Add the point to the next one." });
    if (meeting.state === "closed") throw Object.assign(new Error("closed"), { code: "KE001" });
    const sections = point.sectionId ? (await agendaOf(db, ctx.viewer.orgId, meeting)).sections : [];
    if (point.sectionId && !sections.some(({ id }) => id === point.sectionId)) throw new NotFound("This section");
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
