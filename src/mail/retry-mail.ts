import { sql } from "kysely";
import { asActor, type Ctx } from "../platform/context.ts";
import { recordEvent } from "../platform/record-event.ts";

/** An admin asks for a mail that was given up to be tried again. */
export async function retryMail(ctx: Ctx, id: string): Promise<void> {
  const { orgId } = ctx.viewer;
  const { numUpdatedRows } = await asActor(ctx, "job", orgId, async (db) => {
    const result = await db
      .updateTable("mail")
      .set({ attempts: 0, next_try_at: null, problem: null })
      .where("org_id", "=", orgId)
      .where("id", "=", id)
      .where("sent_at", "is", null)
      .executeTakeFirst();
    if (result.numUpdatedRows > 0n) await sql`select enqueue('send_mail', '{}'::json, now(), ${`send_mail ${id}`})`.execute(db);
    return result;
  });
  if (numUpdatedRows > 0n) await ctx.tx((db) => recordEvent(db, ctx, "retry", "mail", id));
}
