import type { Db } from "../../platform/database.ts";
import type { AgendaSection } from "../agendas/agenda-queries.ts";
import { noteUpdates } from "../notes/note-docs.ts";
import { docFrom, wordsOfSection } from "../../method/note-words.ts";

interface Where {
  orgId: string;
  meetingId: string;
  /** null: the shared notes; otherwise that person's private ones. */
  ownerId: string | null;
  sections: readonly AgendaSection[];
}

/** Writes the plain words of every section beside the document, for reading and search. Twice is once. */
export async function takeDownNotes(
  db: Db,
  { orgId, meetingId, ownerId, sections }: Where,
): Promise<{ sectionId: string; words: string }[]> {
  const doc = await db
    .selectFrom("note_doc")
    .select("id")
    .where("org_id", "=", orgId)
    .where("meeting_id", "=", meetingId)
    .where("owner_id", ownerId === null ? "is" : "=", ownerId)
    .executeTakeFirst();
  if (!doc) return [];
  const live = docFrom(await noteUpdates(db, orgId, doc.id));
  const notes = sections.map(({ id }) => ({ sectionId: id, words: wordsOfSection(live, id) })).filter(({ words }) => words !== "");
  if (notes.length > 0)
    await db
      .insertInto("note_text")
      .values(notes.map(({ sectionId, words }) => ({ org_id: orgId, doc_id: doc.id, section_id: sectionId, words })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  return notes;
}
