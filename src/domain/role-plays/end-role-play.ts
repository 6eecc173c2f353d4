import type { Ctx } from "../../platform/context.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { Refusal } from "../../platform/refusal.ts";
import { rolePlayToWrite } from "./role-play-access.ts";
import { rolePlaysOf } from "./role-play-queries.ts";

/** A role-play ends with positive feedback, written down. Ending it twice ends it once. */
export async function endRolePlay(ctx: Ctx, meetingId: string, id: string): Promise<void> {
  await ctx.tx(async (db) => {
    const { orgId } = ctx.viewer;
    const { meeting, doneAt } = await rolePlayToWrite(db, ctx, meetingId, id);
    if (doneAt) return;
    const play = (await rolePlaysOf(db, orgId, meeting.id)).find((one) => one.id === id);
    if (!play?.lines.get("feedback")?.words.trim())
      throw new Refusal("feedback", "Say first what was good: a role-play ends with positive feedback.");
    await db
      .updateTable("role_play")
      .set({ done_at: ctx.clock.now() })
      .where("org_id", "=", orgId)
      .where("meeting_id", "=", meeting.id)
      .where("id", "=", id)
      .execute();
    await recordEvent(db, ctx, "end", "role-play", id);
    await signal(db, `meeting:${meeting.id}`);
  });
}

/** Whoever began it takes it back. Somebody else's stays. */
export async function withdrawRolePlay(ctx: Ctx, meetingId: string, id: string): Promise<void> {
  await ctx.tx(async (db) => {
    const { meeting } = await rolePlayToWrite(db, ctx, meetingId, id);
    await db
      .updateTable("role_play")
      .set({ withdrawn_at: ctx.clock.now() })
      .where("org_id", "=", ctx.viewer.orgId)
      .where("meeting_id", "=", meeting.id)
      .where("id", "=", id)
      .where("by_id", "=", ctx.viewer.personId)
      .execute();
    await signal(db, `meeting:${meeting.id}`);
  });
}
