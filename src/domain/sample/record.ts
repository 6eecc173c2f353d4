import { layOutMail } from "../../mail/lay-out-mail.ts";
import type { Listed } from "../meetings/listed-opportunities.ts";
import type { MeetingView } from "../meetings/meeting-access.ts";
import type { MeetingRecord } from "../records/record-queries.ts";
import { summaryBlocks } from "../records/summary-blocks.ts";
import { piecesOf } from "../records/write-record-text.ts";
import type { Meeting } from "./meetings.ts";
import type { SectionNote } from "./notes.ts";
import type { Promised } from "./promises.ts";
import { instant, type Setting } from "./setting.ts";

interface Said extends Pick<
  MeetingRecord,
  "entries" | "nextSteps" | "listed" | "verified" | "reasons" | "points" | "prospects" | "rolePlays"
> {
  meeting: Meeting;
  made: Promised[];
  brought: Promised[];
  notes: SectionNote[];
}

/** The meeting as its manager sees it. */
function viewOf(meeting: Meeting): MeetingView {
  const { manager, rep, kind, series, moved } = meeting;
  return {
    id: meeting.id,
    state: "closed",
    kindId: kind.id,
    kindName: kind.name,
    kindSlug: kind.slug,
    seriesId: series.id,
    managerId: manager.id,
    managerName: manager.name,
    repId: rep.id,
    repName: rep.name,
    coCoachId: null,
    plannedStart: instant(meeting.start),
    minutes: kind.minutes,
    timeZone: series.zone,
    place: series.place,
    agendaId: meeting.agenda.id,
    agendaSentAt: null,
    openedAt: instant(meeting.openedAt),
    closedAt: instant(meeting.closedAt),
    movedFrom: moved ? instant(moved.from) : null,
    side: "manager",
    otherId: rep.id,
    otherName: rep.name,
  };
}

const byDue = (a: Promised, b: Promised): number =>
  a.dueOn === b.dueOn ? a.createdAt.getTime() - b.createdAt.getTime() : a.dueOn < b.dueOn ? -1 : 1;
/** New ones first, then by name, as the record reads them. */
const byList = (a: Listed, b: Listed): number => (a.list === b.list ? (a.name < b.name ? -1 : 1) : a.list === "new" ? -1 : 1);

/** Summary and search words, made by the very functions that close a real meeting. */
export function addRecord({ rows }: Setting, said: Said): void {
  const { meeting, made, brought, notes, listed, ...rest } = said;
  const record: MeetingRecord = {
    ...rest,
    meeting: viewOf(meeting),
    sections: meeting.agenda.sections,
    timings: [],
    commitments: made,
    brought: brought.toSorted(byDue),
    listed: listed.toSorted(byList),
    notes: notes.map(({ sectionId, title, lines }) => ({ sectionId, title, words: lines.join("\n") })),
    privateNotes: [],
    remarks: [],
    standings: new Map(),
  };
  const { words } = layOutMail({ title: meeting.kind.name, blocks: summaryBlocks(record), why: "" });
  rows.add("summary", { meeting_id: meeting.id, words, made_at: instant(meeting.closedAt) });
  for (const piece of piecesOf(record))
    rows.add("record_text", {
      meeting_id: meeting.id,
      part: piece.part,
      part_id: piece.partId,
      owner_id: null,
      manager_id: meeting.manager.id,
      rep_id: meeting.rep.id,
      co_coach_id: null,
      held_at: instant(meeting.openedAt),
      words: piece.words,
    });
}
