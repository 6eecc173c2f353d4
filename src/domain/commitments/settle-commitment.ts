import type { Outcome } from "../../method/follow-through.ts";
import type { Ctx } from "../../platform/context.ts";
import { NotFound } from "../../platform/http.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";

export interface Settling {
  commitmentId: string;
  outcome: Outcome;
  words: string;
  /** The open meeting it is settled in; null between meetings. */
  meetingId: string | null;
}

/** Says what became of a promise. In a meeting either of the pair may, and may correct it there; between meetings its owner. */
export async function settleCommitment(ctx: Ctx, settling: Settling): Promise<void> {
  await ctx.tx(async (db) => {
    const { orgId, personId } = ctx.viewer;
    const meeting = settling.meetingId ? await meetingForViewer(db, ctx, settling.meetingId) : undefined;
    if (meeting && meeting.state !== "open") throw Object.assign(new Error("the meeting is not open"), { code: "KE001" });
    let query = db
      .updateTable("commitment")
      .set({ outcome: settling.outcome, outcome_at: ctx.clock.now(), outcome_by: personId, settled_in: meeting?.id ?? null })
      .where("org_id", "=", orgId)
      .where("id", "=", settling.commitmentId)
      .where((eb) => (meeting ? eb.or([eb("outcome", "is", null), eb("settled_in", "=", meeting.id)]) : eb("outcome", "is", null)));
    query = meeting
      ? query.where("manager_id", "=", meeting.managerId).where("rep_id", "=", meeting.repId)
      : query.where("owner_id", "=", personId);
    const { numUpdatedRows } = await query.executeTakeFirst();
    if (numUpdatedRows === 0n) throw new NotFound("This open commitment");
    await db
      .updateTable("commitment_words")
      .set({ outcome_words: settling.words })
      .where("org_id", "=", orgId)
      .where("commitment_id", "=", settling.commitmentId)
      .execute();
    await recordEvent(db, ctx, "settle", "commitment", settling.commitmentId);
    if (meeting) await signal(db, `meeting:${meeting.id}`);
    await signal(db, `week:${personId}`);
  });
}
