import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { hashToken, newToken } from "../../platform/secret.ts";

export interface NewToken {
  id: string;
  name: string;
}

/** A personal token. What is returned is shown once: only its hash is kept. Null when that form was sent before. */
export async function makeToken(ctx: Ctx, { id, name }: NewToken): Promise<string | null> {
  const token = `kept_${newToken()}`;
  return ctx.tx(async (db) => {
    const { orgId, personId } = ctx.viewer;
    const made = await db
      .insertInto("api_token")
      .values({ org_id: orgId, id, person_id: personId, name, token_hash: hashToken(token), created_at: ctx.clock.now() })
      .onConflict((conflict) => conflict.columns(["org_id", "id"]).doNothing())
      .executeTakeFirst();
    if (!made.numInsertedOrUpdatedRows) return null;
    await recordEvent(db, ctx, "made", "token", id);
    return token;
  });
}
