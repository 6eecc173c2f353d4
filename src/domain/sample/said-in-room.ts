import type { Entry } from "../entries/entry-queries.ts";
import type { MeetingRecord } from "../records/record-queries.ts";
import { fill } from "./deal-words.ts";
import type { Meeting } from "./meetings.ts";
import { addNotes } from "./notes.ts";
import { idOf, type Random } from "./random.ts";
import { hour, instant } from "./setting.ts";
import type { Scene } from "./talk.ts";
import { entryWords, leaderEntries, nextStepWords, privateWords } from "./talk-words.ts";
import type { World } from "./world.ts";

export function addEntries({ setting }: World, meeting: Meeting, random: Random): Entry[] {
  const section = meeting.agenda.sections.find(({ panel }) => panel === "working");
  const timing = meeting.timings.find(({ sectionId }) => sectionId === section?.id);
  if (!timing) return [];
  const all = meeting.manager.role === "leader" ? leaderEntries : entryWords;
  const of = (side: Entry["side"], count: number) =>
    random.some(
      all.filter((words) => words.side === side),
      count,
    );
  return [...of("working", random.chance(0.85) ? 1 : 0), ...of("not working", random.int(0, 2))].map((words, index) => {
    const by = random.chance(0.8) ? meeting.rep : meeting.manager;
    const at = Math.min(timing.from + (index + 1) * 40_000, timing.until);
    const id = idOf(`entry ${meeting.key} ${index}`, at);
    setting.rows.add("entry", { id, meeting_id: meeting.id, by_id: by.id, ...words, created_at: instant(at) });
    return { id, ...words, byId: by.id, byName: by.name };
  });
}

/** Asked for after more than one missed month, and kept. */
export function addNextStep({ setting }: World, { meeting, missed, months }: Scene, random: Random): MeetingRecord["nextSteps"] {
  const section = meeting.agenda.sections.find(({ panel }) => panel === "results");
  const timing = meeting.timings.find(({ sectionId }) => sectionId === section?.id);
  if (!timing || missed < 2 || months.length === 0 || meeting.rep.role !== "rep") return [];
  const id = idOf(`step ${meeting.key}`, timing.until);
  const words = fill(random.pick(nextStepWords), { manager: meeting.manager.firstName });
  setting.rows.add("next_step", {
    id,
    meeting_id: meeting.id,
    months_missed: missed,
    words,
    by_id: meeting.manager.id,
    at: instant(timing.until - 20_000),
  });
  return [{ id, words, monthsMissed: missed, at: instant(timing.until - 20_000), byName: meeting.manager.name }];
}

export function addPivots({ setting }: World, meeting: Meeting, random: Random): void {
  for (const { id, panel } of meeting.agenda.sections) {
    const timing = meeting.timings.find(({ sectionId }) => sectionId === id);
    if (!timing || !["opportunities", "results", "none", "new_opportunities"].includes(panel) || !random.chance(0.4)) continue;
    const at = timing.from + (timing.until - timing.from) / 3;
    const choice = random.chance(meeting.rep.profile.level === "new" ? 0.55 : 0.25) ? "inform" : "praise";
    setting.rows.add("pivot", {
      id: idOf(`pivot ${meeting.key} ${id}`, at),
      meeting_id: meeting.id,
      section_id: id,
      choice,
      by_id: meeting.manager.id,
      at: instant(at),
    });
  }
}

/** A word the manager keeps to themselves, found again by their own search alone. */
export function addPrivateNote({ setting }: World, meeting: Meeting, random: Random): void {
  const section = meeting.agenda.sections.at(-2) ?? meeting.agenda.sections[0];
  if (!section) return;
  const words = random.pick(privateWords);
  const owner = meeting.manager;
  addNotes(setting, { meeting, ownerId: owner.id, notes: [{ sectionId: section.id, title: section.title, lines: [words] }] });
  setting.rows.add("record_text", {
    meeting_id: meeting.id,
    part: "private note",
    part_id: `${owner.id} ${section.id}`,
    owner_id: owner.id,
    manager_id: meeting.manager.id,
    rep_id: meeting.rep.id,
    co_coach_id: null,
    held_at: instant(meeting.openedAt),
    words,
  });
}

export function addRemark({ setting }: World, meeting: Meeting, words: string, random: Random): void {
  const at = meeting.closedAt + random.int(2, 30) * hour;
  if (at > setting.now) return;
  const id = idOf(`remark ${meeting.key}`, at);
  setting.rows.add("remark", {
    id,
    meeting_id: meeting.id,
    by_id: random.chance(0.6) ? meeting.rep.id : meeting.manager.id,
    words,
    at: instant(at),
  });
  setting.rows.add("record_text", {
    meeting_id: meeting.id,
    part: "remark",
    part_id: id,
    owner_id: null,
    manager_id: meeting.manager.id,
    rep_id: meeting.rep.id,
    co_coach_id: null,
    held_at: instant(meeting.openedAt),
    words,
  });
}
