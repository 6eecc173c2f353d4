import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { type AgendaSection, agendaOf } from "../agendas/agenda-queries.ts";
import { broughtTo, type Commitment, commitmentsOf } from "../commitments/commitment-queries.ts";
import { type Entry, entriesOf } from "../entries/entry-queries.ts";
import { type DealStanding, dealStandings, verifiedAsListed } from "../evidence/deal-standings.ts";
import type { VerifiedDeal } from "../evidence/verified-stages.ts";
import { type Listed, listedIn } from "../meetings/listed-opportunities.ts";
import { meetingForViewer, type MeetingView } from "../meetings/meeting-access.ts";
import { type Timing, timingsOf } from "../meetings/room-queries.ts";
import { noteDocId, noteUpdates } from "../notes/note-docs.ts";
import { type KeptProspect, keptProspects } from "../prospects/kept-prospects-queries.ts";
import { type RolePlay, rolePlaysOf } from "../role-plays/role-play-queries.ts";
import { pointsOf } from "../points/point-queries.ts";
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
  /** The verified stage of those listed and gone through, as known at the close, or now while it is open; without those that are not the viewer's to see any more. */
  verified: Map<string, VerifiedDeal>;
  /** Where the deals stand now that commitments hang on. */
  standings: Map<string, DealStanding>;
  points: { id: string; words: string; byName: string; byId: string; done: boolean }[];
  reasons: { what: string; reason: string; at: Date }[];
  notes: { sectionId: string; title: string; words: string }[];
  privateNotes: { sectionId: string; title: string; words: string }[];
  remarks: Remark[];
  /** The deals gone through, as handed in and as they stood at the close. */
  prospects: KeptProspect[];
  rolePlays: RolePlay[];
}

export async function meetingRecord(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, meetingId: string | undefined): Promise<MeetingRecord> {
  const { orgId, personId } = ctx.viewer;
  const meeting = await meetingForViewer(db, ctx, meetingId);
  const { sections } = await agendaOf(db, orgId, meeting);
  const listed = await listedIn(db, orgId, meeting.id);
  const commitments = await commitmentsOf(db, orgId, meeting.id);
  const prospects = await keptProspects(db, orgId, meeting.id);
  return {
    meeting,
    sections,
    timings: await timingsOf(db, orgId, meeting.id),
    commitments,
    brought: await broughtTo(db, orgId, meeting),
    entries: await entriesOf(db, orgId, meeting.id),
    nextSteps: await nextStepsOf(db, orgId, meeting.id),
    listed,
    verified: await verifiedAsListed(db, { orgId, listed: [...prospects, ...listed], at: meeting.closedAt ?? ctx.clock.now() }),
    standings: await dealStandings(db, { orgId, ids: commitments.map(({ opportunityId }) => opportunityId), at: ctx.clock.now() }),
    points: await pointsIn(db, meeting.id),
    reasons: await reasonsOf(db, orgId, meeting.id),
    notes: await notesIn(db, orgId, meeting.id, null, sections),
    privateNotes: await notesIn(db, orgId, meeting.id, personId, sections),
    remarks: await remarksOf(db, orgId, meeting.id),
    prospects,
    rolePlays: await rolePlaysOf(db, orgId, meeting.id),
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

const pointsIn = async (db: Db, meetingId: string): Promise<MeetingRecord["points"]> =>
  (await pointsOf(db, meetingId)).map(({ id, words, addedBy, addedByName, doneAt }) => ({
    id,
    words,
    byId: addedBy,
    byName: addedByName,
    done: doneAt !== null,
  }));

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
  const docId = await noteDocId(db, orgId, meetingId, ownerId);
  if (!docId) return [];
  const stored = await db
    .selectFrom("note_text")
    .select(["section_id", "words"])
    .where("org_id", "=", orgId)
    .where("doc_id", "=", docId)
    .execute();
  const words = new Map(stored.map((row) => [row.section_id, row.words]));
  if (stored.length === 0) {
    const { docFrom, wordsOfSection } = await import("../../method/note-words.ts");
    const live = docFrom(await noteUpdates(db, orgId, docId));
    for (const { id } of sections) words.set(id, wordsOfSection(live, id));
  }
  return sections.map(({ id, title }) => ({ sectionId: id, title, words: words.get(id) ?? "" })).filter((note) => note.words !== "");
}
