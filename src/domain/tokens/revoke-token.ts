import type { Ctx } from "../../platform/context.ts";
import { NotFound } from "../../platform/http.ts";
import { isId } from "../../platform/new-id.ts";
import { recordEvent } from "../../platform/record-event.ts";

/** From this moment the token opens nothing. Revoking twice is harmless. */
export async function revokeToken(ctx: Ctx, id: string): Promise<void> {
  if (!isId(id)) throw new NotFound("This token");
  await ctx.tx(async (db) => {
    const found = await db
      .selectFrom("api_token")
      .select("revoked_at")
      .where("org_id", "=", ctx.viewer.orgId)
      .where("person_id", "=", ctx.viewer.personId)
      .where("id", "=", id)
      .executeTakeFirst();
    if (!found) throw new NotFound("This token");
    if (found.revoked_at) return;
    await db
      .updateTable("api_token")
      .set({ revoked_at: ctx.clock.now() })
      .where("org_id", "=", ctx.viewer.orgId)
      .where("id", "=", id)
      .execute();
    await recordEvent(db, ctx, "revoked", "token", id);
  });
}
