import type { Db } from "../../platform/database.ts";

export interface Entry {
  id: string;
  side: "working" | "not working";
  about: "process" | "people";
  theme: string | null;
  words: string;
  byId: string;
  byName: string;
}

/** What is working and what is not, as said in one meeting. */
export const entriesOf = (db: Db, orgId: string, meetingId: string): Promise<Entry[]> => entriesOfAll(db, orgId, [meetingId]);

/** The same for several meetings, each entry with its meeting. */
export const entriesOfAll = async (db: Db, orgId: string, meetingIds: readonly string[]): Promise<(Entry & { meetingId: string })[]> => {
  if (meetingIds.length === 0) return [];
  return db
    .selectFrom("entry as e")
    .innerJoin("person as p", (on) => on.onRef("p.org_id", "=", "e.org_id").onRef("p.id", "=", "e.by_id"))
    .select(["e.id", "e.side", "e.about", "e.theme", "e.words", "e.by_id as byId", "p.name as byName", "e.meeting_id as meetingId"])
    .where("e.org_id", "=", orgId)
    .where("e.meeting_id", "in", [...meetingIds])
    .where("e.withdrawn_at", "is", null)
    .orderBy("e.created_at")
    .execute();
};
