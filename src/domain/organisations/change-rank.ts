import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { recordEvent } from "../../platform/record-event.ts";

export async function usesRank(db: Db, orgId: string): Promise<boolean> {
  const row = await db.selectFrom("organisation").select("uses_rank").where("org_id", "=", orgId).executeTakeFirstOrThrow();
  return row.uses_rank;
}

/** Turns rank on or off for the whole organisation; off is how it begins. Row-level security lets an admin alone. */
export async function changeRank(ctx: Ctx, isOn: boolean): Promise<void> {
  await ctx.tx(async (db) => {
    const changed = await db.updateTable("organisation").set({ uses_rank: isOn }).where("org_id", "=", ctx.viewer.orgId).executeTakeFirst();
    if (changed.numUpdatedRows === 1n) await recordEvent(db, ctx, isOn ? "turn on" : "turn off", "rank", ctx.viewer.orgId);
  });
}
