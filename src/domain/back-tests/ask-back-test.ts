import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { recordEvent } from "../../platform/record-event.ts";

/** Somebody wants the back-test to be run again: a job does it, once however often it is asked for. */
export async function askBackTest(ctx: Ctx): Promise<void> {
  const { orgId } = ctx.viewer;
  await ctx.tx(async (db) => {
    await recordEvent(db, ctx, "ask", "back-test", null);
    await queueBackTest(db, orgId);
  });
}

/** Whatever the last one was made of has changed. */
export async function queueBackTest(db: Db, orgId: string): Promise<void> {
  await sql`select enqueue('keep_back_test', ${JSON.stringify({ orgId })}::json, now(), ${`back-test ${orgId}`})`.execute(db);
}
