import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import type { MeetingView } from "../meetings/meeting-access.ts";
import type { HangsOn } from "./commitment-queries.ts";

export interface PromiseMade {
  id: string;
  owner: "manager" | "rep";
  words: string;
  dueOn: string;
  hangsOn: HangsOn;
  hangsWords: string;
  opportunityId: string | null;
  verifierId?: string | null | undefined;
}

/** Writes a promise into a meeting within the caller's transaction. Whoever writes it has thereby confirmed it. Twice is once. */
export async function insertCommitment(db: Db, ctx: Ctx, meeting: MeetingView, wanted: PromiseMade): Promise<void> {
  const { orgId, personId } = ctx.viewer;
  const now = ctx.clock.now();
  const pair = { manager_id: meeting.managerId, rep_id: meeting.repId, co_coach_id: meeting.coCoachId };
  const onDeal = wanted.hangsOn === "opportunity";
  const made = await db
    .insertInto("commitment")
    .values({
      org_id: orgId,
      id: wanted.id,
      meeting_id: meeting.id,
      ...pair,
      owner_id: wanted.owner === "rep" ? meeting.repId : meeting.managerId,
      due_on: wanted.dueOn,
      hangs_on: wanted.hangsOn,
      opportunity_id: onDeal ? wanted.opportunityId : null,
      verifier_id: onDeal ? (wanted.verifierId ?? null) : null,
      created_by: personId,
      created_at: now,
      rep_confirmed_at: meeting.side === "rep" ? now : null,
      manager_confirmed_at: meeting.managerId === personId ? now : null,
    })
    .onConflict((conflict) => conflict.columns(["org_id", "id"]).doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 0n) return;
  await db
    .insertInto("commitment_words")
    .values({ org_id: orgId, commitment_id: wanted.id, ...pair, words: wanted.words, hangs_words: wanted.hangsWords })
    .execute();
  await recordEvent(db, ctx, "make", "commitment", wanted.id);
  await signal(db, `meeting:${meeting.id}`);
}
