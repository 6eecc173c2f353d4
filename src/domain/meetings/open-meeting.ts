import type { Ctx } from "../../platform/context.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { agendaOf } from "../agendas/agenda-queries.ts";
import { noteDocs } from "../notes/note-docs.ts";
import { meetingForViewer } from "./meeting-access.ts";
import { startSection } from "./start-section.ts";

/** Opens a planned or missed one-on-one: its agenda is fixed from now on, and the first section's time runs. Twice is once. */
export async function openMeeting(ctx: Ctx, meetingId: string): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, meetingId);
    if (meeting.state !== "planned" && meeting.state !== "missed") return;
    const agenda = await agendaOf(db, ctx.viewer.orgId, meeting);
    const now = ctx.clock.now();
    const opened = await db
      .updateTable("meeting")
      .set({ state: "open", agenda_id: agenda.id, opened_at: now, opened_by: ctx.viewer.personId })
      .where("org_id", "=", ctx.viewer.orgId)
      .where("id", "=", meeting.id)
      .where("state", "in", ["planned", "missed"])
      .executeTakeFirst();
    const first = agenda.sections[0];
    if (opened.numUpdatedRows === 0n || !first) return;
    await noteDocs(db, ctx, meeting.id);
    await startSection(db, ctx, meeting.id, first.id);
    await recordEvent(db, ctx, "open", "meeting", meeting.id);
    await signal(db, `meeting:${meeting.id}`);
  });
}
