import type { Db } from "../../platform/database.ts";
import type { AgendaSection } from "../agendas/agenda-queries.ts";
import { noteDocId, noteUpdates } from "../notes/note-docs.ts";

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
  const docId = await noteDocId(db, orgId, meetingId, ownerId);
  if (!docId) return [];
  const { docFrom, wordsOfSection } = await import("../../method/note-words.ts");
  const live = docFrom(await noteUpdates(db, orgId, docId));
  const notes = sections.map(({ id }) => ({ sectionId: id, words: wordsOfSection(live, id) })).filter(({ words }) => words !== "");
  if (notes.length > 0)
    await db
      .insertInto("note_text")
      .values(notes.map(({ sectionId, words }) => ({ org_id: orgId, doc_id: docId, section_id: sectionId, words })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  return notes;
}
