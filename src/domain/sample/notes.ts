import * as Y from "yjs";
import type { Meeting } from "./meetings.ts";
import { idOf, Random } from "./random.ts";
import { instant, type Setting } from "./setting.ts";

export interface SectionNote {
  sectionId: string;
  title: string;
  lines: string[];
}

function write(doc: Y.Doc, sectionId: string, lines: readonly string[]): void {
  const paragraphs = lines.map((line) => {
    const paragraph = new Y.XmlElement("paragraph");
    paragraph.insert(0, [new Y.XmlText(line)]);
    return paragraph;
  });
  const fragment = doc.getXmlFragment(sectionId);
  fragment.insert(fragment.length, paragraphs);
}

/** What one person typed, on top of what was there: one change as the room stores it. */
function typed(notes: readonly SectionNote[], name: string, before: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = new Random(`writer ${name}`).bits();
  for (const update of before) Y.applyUpdate(doc, update);
  const known = Y.encodeStateVector(doc);
  doc.transact(() => {
    for (const { sectionId, lines } of notes) write(doc, sectionId, lines);
  });
  return Y.encodeStateAsUpdate(doc, known);
}

interface Doc {
  meeting: Meeting;
  /** null: the pair's shared notes. */
  ownerId: string | null;
  notes: readonly SectionNote[];
}

/** The document as it was typed, change by change, and its words beside it. Of the shared one the rep writes about a third. */
export function addNotes({ rows }: Setting, { meeting, ownerId, notes }: Doc): void {
  if (notes.length === 0) return;
  const name = `note ${meeting.key} ${ownerId ?? "shared"}`;
  const id = idOf(name, meeting.openedAt);
  rows.add("note_doc", { id, meeting_id: meeting.id, owner_id: ownerId, created_at: instant(meeting.openedAt) });
  const first = notes.filter((_, index) => ownerId !== null || index % 3 !== 1);
  const second = notes.filter((note) => !first.includes(note));
  const updates: { by: string; update: Uint8Array }[] = [{ by: ownerId ?? meeting.manager.id, update: typed(first, `${name} 1`, []) }];
  if (second.length > 0)
    updates.push({
      by: meeting.rep.id,
      update: typed(
        second,
        `${name} 2`,
        updates.map(({ update }) => update),
      ),
    });
  const length = meeting.closedAt - meeting.openedAt;
  for (const [index, { by, update }] of updates.entries())
    rows.add("note_update", {
      doc_id: id,
      update: update as Buffer,
      by_id: by,
      at: instant(meeting.openedAt + length * (0.5 + index / 4)),
    });
  for (const { sectionId, lines } of notes) rows.add("note_text", { doc_id: id, section_id: sectionId, words: lines.join("\n") });
}
