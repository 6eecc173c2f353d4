import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { repToSay } from "./goals-access.ts";

/** The rep lets their manager of today read what they said to the one before, or takes that back. */
export async function changeConsent(ctx: Ctx, { personId, gives }: { personId: string; gives: boolean }): Promise<void> {
  await ctx.tx(async (db) => {
    const person = await repToSay(db, ctx, personId);
    if (person.managerId === null) return;
    const row = { org_id: ctx.viewer.orgId, rep_id: person.id, manager_id: person.managerId };
    if (gives)
      await db
        .insertInto("consent")
        .values({ ...row, given_at: ctx.clock.now() })
        .onConflict((on) => on.doNothing())
        .execute();
    else
      await db
        .deleteFrom("consent")
        .where("org_id", "=", row.org_id)
        .where("rep_id", "=", row.rep_id)
        .where("manager_id", "=", row.manager_id)
        .execute();
    await recordEvent(db, ctx, gives ? "give" : "take back", "consent", person.managerId);
  });
}
