import type { Ctx } from "../../platform/context.ts";
import { newId } from "../../platform/new-id.ts";
import { signal } from "../../platform/record-event.ts";
import { meetingForViewer } from "./meeting-access.ts";

/** The manager says for a section: the rep lacks the information (inform), or has it (praise). The last one counts. */
export async function setPivot(ctx: Ctx, meetingId: string, sectionId: string, choice: "inform" | "praise"): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, meetingId);
    if (meeting.side !== "manager" || meeting.state !== "open") return;
    await db
      .insertInto("pivot")
      .values({
        org_id: ctx.viewer.orgId,
        id: newId(),
        meeting_id: meeting.id,
        section_id: sectionId,
        choice,
        by_id: ctx.viewer.personId,
        at: ctx.clock.now(),
      })
      .execute();
    await signal(db, `meeting:${meeting.id}`);
  });
}
