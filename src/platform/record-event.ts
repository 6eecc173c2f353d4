import { sql } from "kysely";
import type { Ctx } from "./context.ts";
import type { Db } from "./database.ts";
import { newId } from "./new-id.ts";

/** Writes down who did what, without any content, in the same transaction as the change. */
export async function recordEvent(
  db: Db,
  ctx: Pick<Ctx, "viewer" | "clock">,
  verb: string,
  noun: string,
  nounId: string | null,
): Promise<void> {
  await db
    .insertInto("event")
    .values({
      org_id: ctx.viewer.orgId,
      id: newId(),
      actor_id: ctx.viewer.personId,
      actor: "person",
      verb,
      noun,
      noun_id: nounId,
      at: ctx.clock.now(),
    })
    .execute();
}

/** Tells every open page that follows `topic` that it changed; sent when the transaction commits. */
export async function signal(db: Db, topic: string): Promise<void> {
  await sql`select signal(${topic})`.execute(db);
}
