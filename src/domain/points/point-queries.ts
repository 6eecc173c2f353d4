import type { Db } from "../../platform/database.ts";

export interface MeetingPoint {
  id: string;
  sectionId: string | null;
  words: string;
  addedBy: string;
  addedByName: string;
  createdAt: Date;
  doneAt: Date | null;
}

/** What both want to talk about in a meeting, in the order added. */
export const pointsOf = (db: Db, meetingId: string): Promise<MeetingPoint[]> =>
  db
    .selectFrom("point as p")
    .innerJoin("person as a", (on) => on.onRef("a.org_id", "=", "p.org_id").onRef("a.id", "=", "p.added_by"))
    .select([
      "p.id",
      "p.section_id as sectionId",
      "p.words",
      "p.added_by as addedBy",
      "a.name as addedByName",
      "p.created_at as createdAt",
      "p.done_at as doneAt",
    ])
    .where("p.meeting_id", "=", meetingId)
    .where("p.withdrawn_at", "is", null)
    .orderBy("p.created_at")
    .orderBy("p.id")
    .execute();
