import { HTTPException } from "hono/http-exception";
import type { Ctx } from "../../platform/context.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { agendaOf } from "../agendas/agenda-queries.ts";
import { hasProspects } from "../agendas/ready-made-kinds.ts";
import { keepHandedIn } from "../prospects/keep-prospects.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";
import { meetingToPrepare } from "./preparation-access.ts";

/** The rep hands the preparation in: from now on the manager reads it. A second time changes nothing. */
export async function handInPreparation(ctx: Ctx, meetingId: string): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, meetingId);
    if (meeting.side !== "rep") throw new HTTPException(403, { message: "Only the rep hands in the preparation." });
    const { sections } = await agendaOf(db, ctx.viewer.orgId, meeting);
    // Begun by now, it can still be handed in as it was.
    if (meeting.state !== "open") await meetingToPrepare(db, ctx, meetingId);
    const handedIn = await db
      .updateTable("preparation")
      .set({ submitted_at: ctx.clock.now() })
      .where("org_id", "=", ctx.viewer.orgId)
      .where("meeting_id", "=", meeting.id)
      .where("submitted_at", "is", null)
      .returning("meeting_id")
      .executeTakeFirst();
    if (hasProspects(sections) && (handedIn || meeting.state !== "open")) await keepHandedIn(db, ctx, meeting);
    if (!handedIn) return;
    await recordEvent(db, ctx, "hand in", "preparation", meeting.id);
    await signal(db, `meeting:${meeting.id}`);
    await signal(db, `week:${meeting.managerId}`);
  });
}
