import type { Ctx } from "../../platform/context.ts";
import { Refusal } from "../../platform/refusal.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { preparedProspects } from "../prospects/prospect-queries.ts";
import { openToPractise } from "./role-play-access.ts";

export interface NewRolePlay {
  /** Made by the form, so that sending it twice begins one. */
  id: string;
  meetingId: string;
  opportunityId: string | null;
  /** The skill, where it is about no deal. */
  skill: string;
}

/** Begins a role-play in an open one-on-one, about one of the rep's deals or about a skill. */
export async function beginRolePlay(ctx: Ctx, { id, meetingId, opportunityId, skill }: NewRolePlay): Promise<void> {
  await ctx.tx(async (db) => {
    const { orgId, personId } = ctx.viewer;
    const meeting = await openToPractise(db, ctx, meetingId);
    const deal = opportunityId
      ? ((await db
          .selectFrom("opportunity")
          .select("name")
          .where("org_id", "=", orgId)
          .where("id", "=", opportunityId)
          .where("owner_id", "=", meeting.repId)
          .executeTakeFirst()) ?? (await preparedProspects(db, orgId, meeting.id)).find((one) => one.opportunityId === opportunityId))
      : undefined;
    const about = deal?.name ?? skill.trim();
    if (about === "") throw new Refusal("skill", "Pick a deal, or write which skill you practise.");
    const made = await db
      .insertInto("role_play")
      .values({
        org_id: orgId,
        id,
        meeting_id: meeting.id,
        opportunity_id: deal ? opportunityId : null,
        about: about.slice(0, 300),
        by_id: personId,
        created_at: ctx.clock.now(),
      })
      .onConflict((conflict) => conflict.columns(["org_id", "id"]).doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 0n) return;
    await recordEvent(db, ctx, "begin", "role-play", id);
    await signal(db, `meeting:${meeting.id}`);
  });
}
