import type { Ctx } from "../../platform/context.ts";
import { NotFound } from "../../platform/http.ts";
import { recordEvent } from "../../platform/record-event.ts";

/** Takes a kind off the list for new series, or puts it back. What is planned or held with it stays. */
export async function retireKind(ctx: Ctx, slug: string, retired: boolean): Promise<void> {
  await ctx.tx(async (db) => {
    const kind = await db
      .updateTable("kind")
      .set({ archived_at: retired ? ctx.clock.now() : null })
      .where("org_id", "=", ctx.viewer.orgId)
      .where("slug", "=", slug)
      .returning("id")
      .executeTakeFirst();
    if (!kind) throw new NotFound("This kind of one-on-one");
    await recordEvent(db, ctx, retired ? "retire" : "bring back", "kind", kind.id);
  });
}
