import type { MeetingRecord } from "../records/record-queries.ts";
import { openAt } from "./deal-state.ts";
import { fill } from "./deal-words.ts";
import type { Meeting } from "./meetings.ts";
import { idOf, type Random } from "./random.ts";
import { day, hour, instant, minute } from "./setting.ts";
import { excusedReasons, leaderPoints, managerPoints, movedReasons, repPoints } from "./talk-words.ts";
import type { World } from "./world.ts";

export function addReasons({ setting, dealsOf }: World, meeting: Meeting, random: Random): void {
  const account = dealsOf.get(meeting.rep.id)?.at(-1)?.account.name ?? "a customer";
  const add = (what: "moved" | "excused", words: string, by: string, at: number) =>
    setting.rows.add("meeting_reason", {
      id: idOf(`reason ${what} ${meeting.key}`, at),
      meeting_id: meeting.id,
      what,
      reason: fill(words, { account }),
      by_id: by,
      at: instant(at),
    });
  if (meeting.moved) add("moved", random.pick(movedReasons), meeting.moved.by.id, meeting.moved.at);
  if (meeting.excused)
    add(
      "excused",
      meeting.excused.because === "time off"
        ? "Time off"
        : meeting.excused.because === "holiday"
          ? `Holiday: ${meeting.excused.holiday}`
          : random.pick(excusedReasons),
      meeting.excused.by.id,
      meeting.excused.at,
    );
}

/** What both want to talk about: the rep mostly brings more. */
export function addPoints({ setting, dealsOf, catalogue }: World, meeting: Meeting, random: Random): MeetingRecord["points"] {
  const isAhead = meeting.state === "planned";
  if (
    meeting.state === "excused" ||
    meeting.state === "missed" ||
    (isAhead && (meeting.start > setting.now + 5 * day || random.chance(0.35)))
  )
    return [];
  const section = meeting.agenda.sections.find(({ panel }) => panel === "points");
  const before = Math.min(meeting.start, setting.now);
  const account = openAt(dealsOf.get(meeting.rep.id) ?? [], catalogue.stages, before)[0]?.deal.account.name ?? "the customer";
  const coaching = meeting.manager.role === "leader";
  const own = random.some(coaching ? leaderPoints : repPoints, random.int(1, 2)).map((words) => ({ words, by: meeting.rep }));
  const theirs = random
    .some(
      coaching ? leaderPoints.filter((words) => !own.some((point) => point.words === words)) : managerPoints,
      random.weighted({ 0: 45, 1: 45, 2: 10 }) === "0" ? 0 : 1,
    )
    .map((words) => ({ words, by: meeting.manager }));
  return [...own, ...theirs].map(({ words: wording, by }, index) => {
    const at = before - random.between(2, 40) * hour;
    const id = idOf(`point ${meeting.key} ${index}`, at);
    const words = fill(wording, { account });
    const doneAt = isAhead || random.chance(0.12) ? null : instant(meeting.closedAt - random.int(2, 9) * minute);
    setting.rows.add("point", {
      id,
      meeting_id: meeting.id,
      section_id: isAhead ? null : (section?.id ?? null),
      added_by: by.id,
      words,
      created_at: instant(at),
      done_at: doneAt,
    });
    return { id, words, byName: by.name, byId: by.id, done: doneAt !== null };
  });
}
