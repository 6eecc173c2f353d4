import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { NotFound } from "../../platform/http.ts";
import type { MeetingView } from "../meetings/meeting-access.ts";
import { meetingToPrepare } from "../preparations/preparation-access.ts";
import { writeStoryLine, type NewStoryLine, type SavedStoryLine } from "../stories/save-story-line.ts";
import { type Prospect, prospectsOf, type ProspectState } from "./prospect-queries.ts";

/** The rep has gone through the story of a deal and found it still true; or takes that back. */
export async function reviewProspect(ctx: Ctx, meetingId: string, opportunityId: string, isReviewed: boolean): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingToPrepare(db, ctx, meetingId);
    const found = await dealOf(db, ctx, meeting, opportunityId);
    await putProspect(db, ctx, meeting, found, { reviewed_at: isReviewed ? ctx.clock.now() : null });
  });
}

/** The rep wants to go through a deal that is no A prospect, or no longer. Handed in once, it stays. */
export async function chooseProspect(ctx: Ctx, meetingId: string, opportunityId: string, isChosen: boolean): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingToPrepare(db, ctx, meetingId);
    const found = await dealOf(db, ctx, meeting, opportunityId);
    // Added after handing in it belongs to what was handed in: the room then shows it too.
    const keptAt = isChosen && (await isHandedIn(db, ctx, meetingId)) ? { kept_at: ctx.clock.now() } : {};
    await putProspect(db, ctx, meeting, found, { is_chosen: isChosen, ...(isChosen ? keptAt : { reviewed_at: null, kept_at: null }) });
  });
}

async function isHandedIn(db: Db, ctx: Ctx, meetingId: string): Promise<boolean> {
  const { orgId } = ctx.viewer;
  const row = await db
    .selectFrom("preparation")
    .select("submitted_at")
    .where("org_id", "=", orgId)
    .where("meeting_id", "=", meetingId)
    .executeTakeFirst();
  return row?.submitted_at != null;
}

/** A line of a story, written in a preparation: whoever brings it up to date has gone through it. */
export async function saveProspectLine(
  ctx: Ctx,
  meetingId: string,
  line: Omit<NewStoryLine, "managerId" | "meetingId">,
): Promise<SavedStoryLine> {
  return ctx.tx(async (db) => {
    const meeting = await meetingToPrepare(db, ctx, meetingId);
    const found = await dealOf(db, ctx, meeting, line.opportunityId);
    const before = found.story?.lines.get(line.field)?.words;
    const answer = await writeStoryLine(db, ctx, { ...meeting, orgId: ctx.viewer.orgId }, line);
    if (answer.saved && (before ?? "") !== line.words) await putProspect(db, ctx, meeting, found, { reviewed_at: ctx.clock.now() });
    return answer;
  });
}

async function dealOf(
  db: Db,
  ctx: Ctx,
  meeting: MeetingView,
  opportunityId: string,
): Promise<ProspectState & Partial<Pick<Prospect, "story">>> {
  const { list, others } = await prospectsOf(db, ctx, meeting);
  const found = [...list, ...others].find((one) => one.opportunityId === opportunityId);
  if (!found) throw new NotFound("This deal");
  return found;
}

interface Change {
  is_chosen?: boolean;
  reviewed_at?: Date | null;
  kept_at?: Date | null;
}

/** Writes what is known of a prospect now, and what changes about its preparation. */
export async function putProspect(
  db: Db,
  ctx: Ctx,
  meeting: Pick<MeetingView, "id">,
  prospect: ProspectState,
  change: Change,
): Promise<void> {
  const state = {
    grade: prospect.grade,
    name: prospect.name,
    account: prospect.account,
    stage: prospect.stage,
    amount_minor: prospect.amountMinor,
    currency: prospect.currency,
    close_on: prospect.closeOn,
    ...change,
  };
  await db
    .insertInto("prepared_prospect")
    .values({ org_id: ctx.viewer.orgId, meeting_id: meeting.id, opportunity_id: prospect.opportunityId, ...state })
    .onConflict((conflict) => conflict.columns(["org_id", "meeting_id", "opportunity_id"]).doUpdateSet(state))
    .execute();
}
