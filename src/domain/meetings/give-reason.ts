import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { signal } from "../../platform/record-event.ts";
import type { MeetingView } from "./meeting-access.ts";

/** Writes down why; an empty reason is none. The pair alone can read it. */
export async function giveReason(
  db: Db,
  ctx: Pick<Ctx, "viewer" | "clock">,
  { id, meetingId, what, reason }: { id: string; meetingId: string; what: "moved" | "excused"; reason: string },
): Promise<void> {
  if (reason.trim() === "") return;
  await db
    .insertInto("meeting_reason")
    .values({ org_id: ctx.viewer.orgId, id, meeting_id: meetingId, what, reason, by_id: ctx.viewer.personId, at: ctx.clock.now() })
    .onConflict((on) => on.columns(["org_id", "id"]).doNothing())
    .execute();
}

/** Both their weeks and the meeting's own pages show the change. */
export async function tellPair(db: Db, meeting: Pick<MeetingView, "id" | "managerId" | "repId">): Promise<void> {
  await signal(db, `meeting:${meeting.id}`);
  await signal(db, `week:${meeting.managerId}`);
  await signal(db, `week:${meeting.repId}`);
}
