import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { type AgendaSection, agendaOf } from "../agendas/agenda-queries.ts";
import { broughtTo, type Commitment, commitmentsOf } from "../commitments/commitment-queries.ts";
import { type Entry, entriesOf } from "../entries/entry-queries.ts";
import { type Listed, listedIn } from "../meetings/listed-opportunities.ts";
import { meetingForViewer, type MeetingView } from "../meetings/meeting-access.ts";
import { type Timing, timingsOf } from "../meetings/room-queries.ts";
import { docFrom, wordsOfSection } from "../../method/note-words.ts";
import { noteUpdates } from "../notes/note-docs.ts";
import { type NextStep, nextStepsOf } from "../results/next-steps.ts";

export interface Remark {
  id: string;
  words: string;
  byName: string;
  at: Date;
}

/** Everything the pair has of one meeting. Private notes are the viewer's own. */
export interface MeetingRecord {
  meeting: MeetingView;
  sections: AgendaSection[];
  timings: Timing[];
  commitments: Commitment[];
  brought: Commitment[];
  entries: Entry[];
  nextSteps: NextStep[];
  listed: Listed[];
  points: { id: string; words: string; byName: string; byId: string; done: boolean }[];
  reasons: { what: string; reason: string; at: Date }[];
  notes: { sectionId: string; title: string; words: string }[];
  privateNotes: { sectionId: string; title: string; words: string }[];
  remarks: Remark[];
}

export async function meetingRecord(db: Db, ctx: Pick<Ctx, "viewer">, meetingId: string | undefined): Promise<MeetingRecord> {
  const { orgId, personId } = ctx.viewer;
  const meeting = await meetingForViewer(db, ctx, meetingId);
  const { sections } = await agendaOf(db, orgId, meeting);
  return {
    meeting,
    sections,
    timings: await timingsOf(db, orgId, meeting.id),
    commitments: await commitmentsOf(db, orgId, meeting.id),
    brought: await broughtTo(db, orgId, meeting),
    entries: await entriesOf(db, orgId, meeting.id),
    nextSteps: await nextStepsOf(db, orgId, meeting.id),
    listed: await listedIn(db, orgId, meeting.id),
    points: await pointsIn(db, orgId, meeting.id),
    reasons: await reasonsOf(db, orgId, meeting.id),
    notes: await notesIn(db, orgId, meeting.id, null, sections),
    privateNotes: await notesIn(db, orgId, meeting.id, personId, sections),
    remarks: await remarksOf(db, orgId, meeting.id),
  };
}

const reasonsOf = (db: Db, orgId: string, meetingId: string) =>
  db
    .selectFrom("meeting_reason")
    .select(["what", "reason", "at"])
    .where("org_id", "=", orgId)
    .where("meeting_id", "=", meetingId)
    .orderBy("at")
    .execute();

async function pointsIn(db: Db, orgId: string, meetingId: string) {
  const rows = await db
    .selectFrom("point as p")
    .innerJoin("person as a", (on) => on.onRef("a.org_id", "=", "p.org_id").onRef("a.id", "=", "p.added_by"))
    .select(["p.id", "p.words", "a.name as byName", "p.added_by as byId", "p.done_at"])
    .where("p.org_id", "=", orgId)
    .where("p.meeting_id", "=", meetingId)
    .where("p.withdrawn_at", "is", null)
    .orderBy("p.created_at")
    .execute();
  return rows.map(({ done_at, ...row }) => ({ ...row, done: done_at !== null }));
}

const remarksOf = (db: Db, orgId: string, meetingId: string): Promise<Remark[]> =>
  db
    .selectFrom("remark as r")
    .innerJoin("person as p", (on) => on.onRef("p.org_id", "=", "r.org_id").onRef("p.id", "=", "r.by_id"))
    .select(["r.id", "r.words", "p.name as byName", "r.at"])
    .where("r.org_id", "=", orgId)
    .where("r.meeting_id", "=", meetingId)
    .orderBy("r.at")
    .execute();

/** The words of each section: as taken down at the close, or while it is open out of the live document. */
async function notesIn(db: Db, orgId: string, meetingId: string, ownerId: string | null, sections: AgendaSection[]) {
  const doc = await db
    .selectFrom("note_doc")
    .select("id")
    .where("org_id", "=", orgId)
    .where("meeting_id", "=", meetingId)
    .where("owner_id", ownerId === null ? "is" : "=", ownerId)
    .executeTakeFirst();
  if (!doc) return [];
  const stored = await db
    .selectFrom("note_text")
    .select(["section_id", "words"])
    .where("org_id", "=", orgId)
    .where("doc_id", "=", doc.id)
    .execute();
  const words = new Map(stored.map((row) => [row.section_id, row.words]));
  if (stored.length === 0) {
    const live = docFrom(await noteUpdates(db, orgId, doc.id));
    for (const { id } of sections) words.set(id, wordsOfSection(live, id));
  }
  return sections.map(({ id, title }) => ({ sectionId: id, title, words: words.get(id) ?? "" })).filter((note) => note.words !== "");
}
