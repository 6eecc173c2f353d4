import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";
import { type MeetingView, meetingForViewer } from "../meetings/meeting-access.ts";

/** The one-on-one, for one of its pair to practise in: from its opening until its record is locked. */
export async function openToPractise(db: Db, ctx: Pick<Ctx, "viewer">, meetingId: string): Promise<MeetingView> {
  const meeting = await meetingForViewer(db, ctx, meetingId);
  if (meeting.state !== "open") throw Object.assign(new Error("the meeting is not open"), { code: "KE001" });
  return meeting;
}

/** One role-play of it. */
export async function rolePlayToWrite(
  db: Db,
  ctx: Pick<Ctx, "viewer">,
  meetingId: string,
  id: string,
): Promise<{ meeting: MeetingView; doneAt: Date | null }> {
  const meeting = await openToPractise(db, ctx, meetingId);
  const play = isId(id)
    ? await db
        .selectFrom("role_play")
        .select("done_at")
        .where("org_id", "=", ctx.viewer.orgId)
        .where("meeting_id", "=", meeting.id)
        .where("id", "=", id)
        .where("withdrawn_at", "is", null)
        .executeTakeFirst()
    : undefined;
  if (!play) throw new NotFound("This role-play");
  return { meeting, doneAt: play.done_at };
}
