import type { Db } from "../../platform/database.ts";
import { rolePlaySentences, saidOf } from "../../method/role-play-parts.ts";
import { storyDays } from "../../method/story-gaps.ts";
import type { MeetingView } from "../meetings/meeting-access.ts";
import type { MeetingRecord } from "./record-queries.ts";

type Part =
  | "note"
  | "private note"
  | "point"
  | "entry"
  | "commitment"
  | "next step"
  | "opportunity"
  | "remark"
  | "preparation"
  | "prospect"
  | "role-play";

export interface Piece {
  part: Part;
  partId: string;
  words: string;
  ownerId?: string;
}

/** The searchable pieces of a record. */
export function piecesOf(record: MeetingRecord): Piece[] {
  return [
    ...record.notes.map((note): Piece => ({ part: "note", partId: note.sectionId, words: note.words })),
    ...record.points.map((point): Piece => ({ part: "point", partId: point.id, words: point.words })),
    ...record.entries.map((entry): Piece => ({
      part: "entry",
      partId: entry.id,
      words: [entry.words, entry.theme ?? ""].join(" ").trim(),
    })),
    ...record.commitments.map((c): Piece => ({
      part: "commitment",
      partId: c.id,
      words: [c.words, c.hangsWords, c.opportunityName ?? ""].filter(Boolean).join(" "),
    })),
    ...record.nextSteps.map((step): Piece => ({ part: "next step", partId: step.id, words: step.words })),
    ...record.listed
      .filter(({ words }) => words)
      .map((o): Piece => ({ part: "opportunity", partId: o.opportunityId, words: `${o.name} ${o.words}` })),
    ...record.prospects.map((one): Piece => {
      const story = one.atClose.size > 0 ? one.atClose : one.handedIn;
      return {
        part: "prospect",
        partId: one.opportunityId,
        words: [one.name, ...[...story].flatMap(([field, words]) => (storyDays.has(field) || field === "agreed" ? [] : [words]))].join(" "),
      };
    }),
    ...record.rolePlays.map((play): Piece => ({ part: "role-play", partId: play.id, words: rolePlayWords(play) })),
  ];
}

/** All that is said in one role-play, in a line. */
export const rolePlayWords = ({ about, lines }: MeetingRecord["rolePlays"][number]): string =>
  [about, ...rolePlaySentences(lines), saidOf(lines, "feedback") && `Good: ${saidOf(lines, "feedback")}`].filter(Boolean).join(" ");

export async function writeRecordText(db: Db, orgId: string, meeting: MeetingView, pieces: readonly Piece[]): Promise<void> {
  if (pieces.length === 0) return;
  await db
    .insertInto("record_text")
    .values(
      pieces.map((piece) => ({
        org_id: orgId,
        meeting_id: meeting.id,
        part: piece.part,
        part_id: piece.partId,
        owner_id: piece.ownerId ?? null,
        manager_id: meeting.managerId,
        rep_id: meeting.repId,
        co_coach_id: meeting.coCoachId,
        held_at: meeting.openedAt ?? meeting.plannedStart,
        words: piece.words,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
