import type { Ctx } from "../../platform/context.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";
import type { HangsOn } from "./commitment-queries.ts";

export interface NewCommitment {
  /** Made by the form, so that sending it twice makes one. */
  id: string;
  meetingId: string;
  owner: "manager" | "rep";
  words: string;
  dueOn: string;
  hangsOn: HangsOn;
  hangsWords: string;
  opportunityId: string | null;
}

/** Writes down a promise in an open meeting. Whoever writes it has thereby confirmed it; the other still has to. */
export async function makeCommitment(ctx: Ctx, wanted: NewCommitment): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, wanted.meetingId);
    if (meeting.state !== "open") throw Object.assign(new Error("the meeting is not open"), { code: "KE001" });
    const now = ctx.clock.now();
    const pair = { manager_id: meeting.managerId, rep_id: meeting.repId, co_coach_id: meeting.coCoachId };
    const made = await db
      .insertInto("commitment")
      .values({
        org_id: ctx.viewer.orgId,
        id: wanted.id,
        meeting_id: meeting.id,
        ...pair,
        owner_id: wanted.owner === "rep" ? meeting.repId : meeting.managerId,
        due_on: wanted.dueOn,
        hangs_on: wanted.hangsOn,
        opportunity_id: wanted.hangsOn === "opportunity" ? wanted.opportunityId : null,
        created_by: ctx.viewer.personId,
        created_at: now,
        rep_confirmed_at: meeting.side === "rep" ? now : null,
        manager_confirmed_at: meeting.managerId === ctx.viewer.personId ? now : null,
      })
      .onConflict((conflict) => conflict.columns(["org_id", "id"]).doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 0n) return;
    await db
      .insertInto("commitment_words")
      .values({ org_id: ctx.viewer.orgId, commitment_id: wanted.id, ...pair, words: wanted.words, hangs_words: wanted.hangsWords })
      .execute();
    await recordEvent(db, ctx, "make", "commitment", wanted.id);
    await signal(db, `meeting:${meeting.id}`);
  });
}
