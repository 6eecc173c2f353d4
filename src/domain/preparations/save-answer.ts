import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import { meetingToPrepare } from "./preparation-access.ts";

export interface NewAnswer {
  meetingId: string;
  question: string;
  words: string;
  /** The version these words were typed over; 0 when there was none. */
  version: number;
}

export interface SavedAnswer {
  saved: boolean;
  version: number;
  /** What another tab or device saved meanwhile, when this was not saved. */
  theirs: string;
}

/** Saves one answer of a preparation. Words saved meanwhile elsewhere are handed back, never written over. */
export async function saveAnswer(ctx: Ctx, { meetingId, question, words, version }: NewAnswer): Promise<SavedAnswer> {
  return ctx.tx(async (db) => {
    const meeting = await meetingToPrepare(db, ctx, meetingId);
    const { orgId } = ctx.viewer;
    const now = ctx.clock.now();
    if (version === 0) {
      const made = await db
        .insertInto("preparation_answer")
        .values({ org_id: orgId, meeting_id: meeting.id, question, words, updated_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .returning("version")
        .executeTakeFirst();
      if (made) return { saved: true, version: made.version, theirs: "" };
    }
    // Nothing is lost where the other words are still within these; a request sent twice finds its own.
    const saved = await db
      .updateTable("preparation_answer")
      .set((eb) => ({ words, version: eb("version", "+", 1), updated_at: now }))
      .where("org_id", "=", orgId)
      .where("meeting_id", "=", meeting.id)
      .where("question", "=", question)
      .where((eb) => eb.or([eb("version", "=", version), sql<boolean>`position(words in ${words}) > 0`]))
      .returning("version")
      .executeTakeFirst();
    if (saved) return { saved: true, version: saved.version, theirs: "" };
    const held = await db
      .selectFrom("preparation_answer")
      .select(["words", "version"])
      .where("org_id", "=", orgId)
      .where("meeting_id", "=", meeting.id)
      .where("question", "=", question)
      .executeTakeFirst();
    return { saved: false, version: held?.version ?? 0, theirs: held?.words ?? "" };
  });
}
