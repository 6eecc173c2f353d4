import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { newId } from "../../platform/new-id.ts";

/** Ends the running section and starts another, at one instant of the server's clock. */
export async function startSection(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, meetingId: string, sectionId: string): Promise<void> {
  const now = ctx.clock.now();
  await endRunningSection(db, ctx, meetingId);
  await db
    .insertInto("section_timing")
    .values({
      org_id: ctx.viewer.orgId,
      id: newId(),
      meeting_id: meetingId,
      section_id: sectionId,
      started_at: now,
      started_by: ctx.viewer.personId,
    })
    .execute();
}

export async function endRunningSection(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, meetingId: string): Promise<void> {
  await db
    .updateTable("section_timing")
    .set({ ended_at: ctx.clock.now() })
    .where("org_id", "=", ctx.viewer.orgId)
    .where("meeting_id", "=", meetingId)
    .where("ended_at", "is", null)
    .execute();
}
