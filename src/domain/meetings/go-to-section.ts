import type { Ctx } from "../../platform/context.ts";
import { NotFound } from "../../platform/http.ts";
import { signal } from "../../platform/record-event.ts";
import { agendaOf } from "../agendas/agenda-queries.ts";
import { meetingForViewer } from "./meeting-access.ts";
import { startSection } from "./start-section.ts";

/**
 * Moves the open meeting to a section. `from` is the section the person saw running: when the other one pressed at the same
 * moment the second press changes nothing, so that no section is skipped.
 */
export async function goToSection(ctx: Ctx, meetingId: string, to: string, from: string | undefined): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, meetingId);
    if (meeting.state !== "open") return;
    const agenda = await agendaOf(db, ctx.viewer.orgId, meeting);
    if (!agenda.sections.some(({ id }) => id === to)) throw new NotFound("This section");
    await db.selectFrom("meeting").select("id").where("org_id", "=", ctx.viewer.orgId).where("id", "=", meeting.id).forUpdate().execute();
    const running = await db
      .selectFrom("section_timing")
      .select("section_id")
      .where("org_id", "=", ctx.viewer.orgId)
      .where("meeting_id", "=", meeting.id)
      .where("ended_at", "is", null)
      .executeTakeFirst();
    if (running?.section_id === to || (from && running && running.section_id !== from)) return;
    await startSection(db, ctx, meeting.id, to);
    await signal(db, `meeting:${meeting.id}`);
  });
}
