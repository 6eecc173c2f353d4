import { IndexeddbPersistence } from "y-indexeddb";
import * as Y from "yjs";
import { wordsOfSection } from "../../method/note-words.ts";

export interface KnownSection {
  id: string;
  title: string;
  shared: string;
  private: string;
}

/** Lines this device holds and the record does not, under the title of their section. */
export async function lateWords(meeting: string, owner: string, sections: KnownSection[]): Promise<string> {
  const parts: string[] = [];
  for (const kind of ["shared", "private"] as const) {
    const doc = new Y.Doc();
    const store = new IndexeddbPersistence(`kept notes ${meeting} ${kind} ${owner}`, doc);
    await store.whenSynced;
    for (const section of sections) {
      const known = new Set(section[kind].split("\n"));
      const late = wordsOfSection(doc, section.id)
        .split("\n")
        .filter((line) => line.trim() !== "" && !known.has(line));
      if (late.length > 0) parts.push(`${section.title}${kind === "private" ? " (private)" : ""}\n${late.join("\n")}`);
    }
    await store.destroy();
  }
  return parts.join("\n\n");
}
