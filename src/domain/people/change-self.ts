import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";

/** What everybody may change of themselves: their name and their time zone. */
export async function changeSelf(ctx: Ctx, values: { name: string; time_zone: string }): Promise<void> {
  const { orgId, personId } = ctx.viewer;
  await ctx.tx(async (db) => {
    await db.updateTable("person").set(values).where("org_id", "=", orgId).where("id", "=", personId).execute();
    await recordEvent(db, ctx, "change", "person", personId);
  });
}
