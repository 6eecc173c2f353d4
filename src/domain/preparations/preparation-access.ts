import { HTTPException } from "hono/http-exception";
import { dayAt } from "../../method/days.ts";
import { monthAsked } from "../../method/months-asked.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { meetingForViewer, type MeetingState, type MeetingView } from "../meetings/meeting-access.ts";
import { fiscalCalendarOf } from "../organisations/fiscal-calendar-queries.ts";
import { question } from "./preparation-queries.ts";

/** A preparation can be written until its one-on-one begins. */
export const canPrepare = (state: MeetingState): boolean => state === "planned" || state === "missed";

/** The month a preparation asks about stays the same, also when the meeting is moved meanwhile. */
export const monthOfMeeting = async (db: Db, orgId: string, meeting: Pick<MeetingView, "plannedStart" | "timeZone">): Promise<string> =>
  monthAsked(dayAt(meeting.plannedStart, meeting.timeZone), await fiscalCalendarOf(db, orgId));

/** The meeting, for its rep to write the preparation; begins the preparation when it is the first word of it. */
export async function meetingToPrepare(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, id: string | undefined): Promise<MeetingView> {
  const meeting = await meetingForViewer(db, ctx, id);
  if (meeting.side !== "rep") throw new HTTPException(403, { message: "Only the rep writes the preparation." });
  if (!canPrepare(meeting.state))
    throw new HTTPException(409, { message: "The one-on-one has begun. The preparation stays as it was then." });
  const { orgId, personId } = ctx.viewer;
  const begun = await db
    .insertInto("preparation")
    .values({ org_id: orgId, meeting_id: meeting.id, rep_id: personId, started_at: ctx.clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .returning("meeting_id")
    .executeTakeFirst();
  if (begun)
    await db
      .insertInto("preparation_answer")
      .values({
        org_id: orgId,
        meeting_id: meeting.id,
        question: question.month,
        words: await monthOfMeeting(db, orgId, meeting),
        updated_at: ctx.clock.now(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  return meeting;
}
