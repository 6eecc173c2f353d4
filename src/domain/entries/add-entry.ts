import type { Ctx } from "../../platform/context.ts";
import { signal } from "../../platform/record-event.ts";
import { meetingForViewer } from "../meetings/meeting-access.ts";

export interface NewEntry {
  id: string;
  meetingId: string;
  side: "working" | "not working";
  about: "process" | "people";
  theme: string;
  words: string;
}

/** Notes down something that works or does not. The same id twice is one entry. */
export async function addEntry(ctx: Ctx, entry: NewEntry): Promise<void> {
  await ctx.tx(async (db) => {
    const meeting = await meetingForViewer(db, ctx, entry.meetingId);
    if (meeting.state === "closed") throw Object.assign(new Error("closed"), { code: "KE001" });
    await db
      .insertInto("entry")
      .values({
        org_id: ctx.viewer.orgId,
        id: entry.id,
        meeting_id: meeting.id,
        by_id: ctx.viewer.personId,
        side: entry.side,
        about: entry.about,
        theme: entry.theme || null,
        words: entry.words,
        created_at: ctx.clock.now(),
      })
      .onConflict((conflict) => conflict.columns(["org_id", "id"]).doNothing())
      .execute();
    await signal(db, `meeting:${meeting.id}`);
  });
}
