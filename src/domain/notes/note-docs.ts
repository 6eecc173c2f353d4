import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { newId } from "../../platform/new-id.ts";

export interface NoteDocs {
  shared: string;
  private: string;
}

/** The two documents somebody writes in during a meeting: the pair's shared notes and their own private ones. Made on first use. */
export async function noteDocs(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, meetingId: string): Promise<NoteDocs> {
  const { orgId, personId } = ctx.viewer;
  const find = () =>
    db.selectFrom("note_doc").select(["id", "owner_id"]).where("org_id", "=", orgId).where("meeting_id", "=", meetingId).execute();
  let found = await find();
  const missing = [null, personId].filter((owner) => !found.some((doc) => doc.owner_id === owner));
  for (const owner of missing) {
    await db
      .insertInto("note_doc")
      .values({ org_id: orgId, id: newId(), meeting_id: meetingId, owner_id: owner, created_at: ctx.clock.now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  if (missing.length > 0) found = await find();
  const idOf = (owner: string | null) => found.find((doc) => doc.owner_id === owner)?.id ?? "";
  return { shared: idOf(null), private: idOf(personId) };
}

/** The shared document of a meeting (owner null) or somebody's private one, when they have written in it. */
export async function noteDocId(db: Db, orgId: string, meetingId: string, ownerId: string | null): Promise<string | undefined> {
  const doc = await db
    .selectFrom("note_doc")
    .select("id")
    .where("org_id", "=", orgId)
    .where("meeting_id", "=", meetingId)
    .where("owner_id", ownerId === null ? "is" : "=", ownerId)
    .executeTakeFirst();
  return doc?.id;
}

/** Every stored change of a document, oldest first. */
export async function noteUpdates(db: Db, orgId: string, docId: string): Promise<Uint8Array[]> {
  const rows = await db
    .selectFrom("note_update")
    .select("update")
    .where("org_id", "=", orgId)
    .where("doc_id", "=", docId)
    .orderBy("seq")
    .execute();
  return rows.map((row) => row.update);
}
