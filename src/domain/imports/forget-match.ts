import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import type { RememberedMatch } from "./remembered-matches-queries.ts";

/** Forgets what the words of a file were said to mean; what was taken in by it stays. @returns whether it was remembered */
export async function forgetMatch(ctx: Ctx, { source, kind, value }: Pick<RememberedMatch, "source" | "kind" | "value">): Promise<boolean> {
  return ctx.tx(async (db) => {
    const { orgId } = ctx.viewer;
    const gone = await db
      .deleteFrom("import_match")
      .where("org_id", "=", orgId)
      .where("source", "=", source)
      .where("kind", "=", kind)
      .where("value", "=", value)
      .executeTakeFirst();
    if (gone.numDeletedRows > 0n) await recordEvent(db, ctx, "forget", "match", orgId);
    return gone.numDeletedRows > 0n;
  });
}
