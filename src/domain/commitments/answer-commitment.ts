import type { Ctx } from "../../platform/context.ts";
import { NotFound } from "../../platform/http.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { Refusal } from "../../platform/refusal.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";
import { commitments } from "./commitment-queries.ts";
import { confirmCommitments } from "./confirm-commitments.ts";
import { insertCommitment } from "./insert-commitment.ts";

/** Yes, for one's own side, to one promise. */
export async function agreeToCommitment(ctx: Ctx, commitmentId: string): Promise<void> {
  const one = await ctx.tx((db) => commitments(db, ctx.viewer.orgId).where("c.id", "=", commitmentId).executeTakeFirst());
  if (!one) throw new NotFound("This commitment");
  await confirmCommitments(ctx, one.meetingId, [one.id]);
}

export interface Rather {
  commitmentId: string;
  /** Of what the rep promises instead; made by the form, so that sending it twice makes one. */
  id: string;
  words: string;
}

/**
 * No, rather …: what was put to the rep is taken back, and stays to be read; in its place stands what the rep prefers, in the rep's
 * own words, by the same day, which the manager still has to agree to. Only the rep whose promise it would be can say so.
 */
export async function preferRather(ctx: Ctx, { commitmentId, id, words }: Rather): Promise<void> {
  await ctx.tx(async (db) => {
    const { orgId, personId } = ctx.viewer;
    const asked = await commitments(db, orgId).where("c.id", "=", commitmentId).where("c.owner_id", "=", personId).executeTakeFirst();
    if (!asked) {
      // Sent twice: the answer stands already.
      const said = await commitments(db, orgId).where("c.id", "=", id).executeTakeFirst();
      if (said) return;
      throw new NotFound("This commitment");
    }
    if (asked.repId !== personId || asked.repConfirmedAt) throw new Refusal("words", "You have answered this already.");
    const meeting = await meetingForViewer(db, ctx, asked.meetingId);
    if (meeting.state !== "planned" && meeting.state !== "open")
      throw new Refusal("words", "That one-on-one is closed. Say it in your next one.");
    await db
      .updateTable("commitment")
      .set({ withdrawn_at: ctx.clock.now() })
      .where("org_id", "=", orgId)
      .where("id", "=", asked.id)
      .where("withdrawn_at", "is", null)
      .execute();
    await recordEvent(db, ctx, "decline", "commitment", asked.id);
    await insertCommitment(db, ctx, meeting, {
      id,
      owner: "rep",
      words,
      dueOn: asked.dueOn,
      hangsOn: asked.hangsOn,
      hangsWords: `Instead of: ${asked.words}`.slice(0, 500),
      opportunityId: asked.opportunityId,
      verifierId: asked.verifierId,
    });
    await signal(db, `meeting:${meeting.id}`);
  });
}
