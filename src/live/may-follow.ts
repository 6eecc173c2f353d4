import type { Ctx } from "../platform/context.ts";
import { mayReadNumbers } from "../domain/numbers/stored-numbers-queries.ts";
import { isId } from "../platform/new-id.ts";

/**
 * "week:<person>" is one's own; "meeting:<id>" whoever may see that meeting; "import:<id>" whoever may see that import;
 * "numbers:<person>" whoever may read that person's pipeline, or is of their pair.
 */
export async function mayFollow(ctx: Ctx, topic: string): Promise<boolean> {
  const [noun, id] = topic.split(":");
  if (!isId(id)) return false;
  if (noun === "week") return id === ctx.viewer.personId;
  if (noun === "numbers") return ctx.tx((db) => mayReadNumbers(db, id));
  if (noun !== "meeting" && noun !== "import") return false;
  const table = noun === "meeting" ? "meeting" : "import_run";
  return ctx.tx(async (db) => (await db.selectFrom(table).select("id").where("id", "=", id).executeTakeFirst()) !== undefined);
}
