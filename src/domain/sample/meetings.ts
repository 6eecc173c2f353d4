import { addDays, mondayOf } from "../../method/days.ts";
import { occurrences } from "../../method/occurrences.ts";
import type { Cast, Person } from "./cast.ts";
import type { SampleHoliday } from "./holidays.ts";
import { type AgendaVersion, agendaAt, type Kind } from "./kinds.ts";
import { idOf, type Random } from "./random.ts";
import { day, hour, instant, minute, randomFor, type Setting } from "./setting.ts";
import { type Series, soon } from "./slots.ts";

export interface Meeting {
  id: string;
  key: string;
  series: Series;
  kind: Kind;
  agenda: AgendaVersion;
  manager: Person;
  rep: Person;
  on: string;
  start: number;
  state: "planned" | "closed" | "excused" | "missed";
  moved?: { from: number; at: number; by: Person };
  /** Who let it fall out, because of what. */
  excused?: { at: number; by: Person; because: "time off" | "holiday" | "other"; holiday?: string };
  openedAt: number;
  closedAt: number;
  timings: { sectionId: string; from: number; until: number }[];
}

/** As far ahead as the clock plans them. */
const daysAhead = 63;
const grace = 24 * hour;

/** How often each thing happens, by manager: one is stricter than the others. */
const habits = [
  { missed: 0.015, excused: 0.02, moved: 0.06 },
  { missed: 0.06, excused: 0.04, moved: 0.1 },
  { missed: 0.03, excused: 0.03, moved: 0.04 },
] as const;

/** Every one-on-one of half a year and of the weeks ahead, each with what became of it. */
export function makeMeetings(setting: Setting, cast: Cast, all: readonly Series[], holidays: readonly SampleHoliday[]): Meeting[] {
  const holidayOn = new Map(holidays.map(({ on, name }) => [on, name]));
  const until = addDays(setting.today, daysAhead);
  return all
    .flatMap((series) => {
      const slot = { rrule: series.rrule, startsOn: series.startsOn, untilOn: null, localTime: series.localTime, timeZone: series.zone };
      return occurrences(
        slot,
        { from: series.startsOn, to: until },
        cast.daysOff.filter(({ personId }) => personId === series.manager.id || personId === series.rep.id),
      ).map((occurrence) =>
        makeMeeting(setting, series, {
          on: occurrence.on,
          start: occurrence.start.getTime(),
          off: occurrence.off[0],
          holiday: holidayOn.get(occurrence.on),
        }),
      );
    })
    .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
}

function makeMeeting(
  setting: Setting,
  series: Series,
  { on, start, off, holiday }: { on: string; start: number; off: string | undefined; holiday: string | undefined },
): Meeting {
  const key = `${series.key} ${on}`;
  const agenda = agendaAt(series.kind, start);
  const made: Meeting = {
    id: idOf(`meeting ${key}`, Math.min(start, setting.now) - 62 * day),
    key,
    series,
    kind: series.kind,
    agenda,
    manager: series.manager,
    rep: series.rep,
    on,
    start,
    state: "planned",
    openedAt: 0,
    closedAt: 0,
    timings: [],
  };
  if (isTheSoonOne(setting, series, on))
    return moveTo(made, soon(setting), { at: Math.min(setting.now, start) - 26 * hour, by: series.rep });
  const random = randomFor(`meeting ${series.key} ${weeksFrom(setting, on)}`);
  if (start + (series.kind.minutes * 1.35 + 10) * minute > setting.now)
    return isMovedAhead(setting, made, off ?? holiday)
      ? moveTo(made, start + 24 * hour, { at: setting.now - 20 * hour, by: series.rep })
      : made;
  return happen(setting, made, { off, holiday }, random);
}

/** What happened in a slot does not depend on the date, but on how long ago it was. */
const weeksFrom = ({ today }: Setting, on: string): number =>
  Math.round((Date.parse(mondayOf(today)) - Date.parse(mondayOf(on))) / (7 * day));

const isTheSoonOne = (setting: Setting, series: Series, on: string): boolean =>
  series.key === "alba.renner deal-strategy" && mondayOf(on) === mondayOf(setting.today);

/** One a manager, next week, has been given another day. */
const isMovedAhead = (setting: Setting, { series, on }: Meeting, off: string | undefined): boolean =>
  off === undefined &&
  ["ines.cardoso deal-strategy", "carla.mendes deal-strategy", "maya.okonkwo deal-strategy"].includes(series.key) &&
  addDays(mondayOf(setting.today), 7) <= on &&
  on < addDays(mondayOf(setting.today), 11);

const moveTo = (made: Meeting, start: number, { at, by }: { at: number; by: Person }): Meeting => ({
  ...made,
  start,
  moved: { from: made.start, at, by },
});

function happen(
  setting: Setting,
  made: Meeting,
  { off, holiday }: { off: string | undefined; holiday: string | undefined },
  random: Random,
): Meeting {
  const { manager, rep, start } = made;
  if (off !== undefined)
    return {
      ...made,
      state: "excused",
      excused: { at: start - random.int(30, 200) * hour, by: off === rep.id ? rep : manager, because: "time off" },
    };
  // Nobody acts on a holiday: the clock lets it fall out.
  if (holiday !== undefined) return { ...made, state: "excused", excused: { at: start, by: rep, because: "holiday", holiday } };
  const habit = habits[manager.role === "leader" ? 0 : manager.team] ?? habits[0];
  const end = start + made.kind.minutes * minute;
  const luck = random.next();
  // Whoever has only just begun is not let down: their short past is whole.
  const spared = rep.profile.story === "starting";
  if (luck < habit.missed && !spared && end + grace + hour < setting.now) return { ...made, state: "missed" };
  if (luck < habit.missed + habit.excused && !spared)
    return {
      ...made,
      state: "excused",
      excused: { at: start - random.int(1, 20) * hour, by: random.chance(0.7) ? rep : manager, because: "other" },
    };
  const later = start + random.pick([24, 25, 26, 22]) * hour;
  const fits = later + 2 * hour < setting.now && new Date(later).getUTCDay() % 6 !== 0;
  if (luck < habit.missed + habit.excused + habit.moved && fits)
    return hold(moveTo(made, later, { at: start - random.int(2, 40) * hour, by: random.chance(0.6) ? rep : manager }), random);
  return hold(made, random);
}

/** Held: each section took about its time; looking back stays short. */
function hold(made: Meeting, random: Random): Meeting {
  const openedAt = made.start + random.int(0, 4) * minute + random.int(0, 50) * 1000;
  let at = openedAt;
  const long = random.chance(0.12);
  const timings = made.agenda.sections.map(({ id, minutes, focus }) => {
    const share = focus === "past" ? (long ? random.between(1.4, 2.4) : random.between(0.6, 1.25)) : random.between(0.7, 1.15);
    const from = at;
    at += Math.max(25, Math.round(minutes * 60 * share)) * 1000;
    return { sectionId: id, from, until: at };
  });
  return { ...made, state: "closed", openedAt, closedAt: at, timings };
}

export function addMeetings({ rows, now }: Setting, meetings: readonly Meeting[]): void {
  for (const meeting of meetings) {
    const { moved, excused, start } = meeting;
    rows.add("meeting", {
      id: meeting.id,
      series_id: meeting.series.id,
      kind_id: meeting.kind.id,
      agenda_id: meeting.state === "closed" ? meeting.agenda.id : null,
      manager_id: meeting.manager.id,
      rep_id: meeting.rep.id,
      occurrence_on: meeting.on,
      planned_start: instant(start),
      minutes: meeting.kind.minutes,
      time_zone: meeting.series.zone,
      place: meeting.series.place,
      state: meeting.state,
      moved_from: moved ? instant(moved.from) : null,
      moved_at: moved ? instant(moved.at) : null,
      moved_by: moved?.by.id ?? null,
      excused_at: excused ? instant(excused.at) : null,
      excused_by: excused && excused.because !== "holiday" ? excused.by.id : null,
      missed_at: meeting.state === "missed" ? instant(start + meeting.kind.minutes * minute + grace) : null,
      opened_at: meeting.state === "closed" ? instant(meeting.openedAt) : null,
      opened_by: meeting.state === "closed" ? meeting.manager.id : null,
      closed_at: meeting.state === "closed" ? instant(meeting.closedAt) : null,
      closed_by: meeting.state === "closed" ? meeting.manager.id : null,
      agenda_sent_at: meeting.state !== "excused" && start - 24 * hour <= now ? instant(start - 24 * hour) : null,
      nudged_at: null,
      created_at: instant(Math.max(Math.min(start, now) - 61 * day, Math.min(now - hour, Date.parse(meeting.series.startsOn) - 2 * day))),
    });
    for (const { sectionId, from, until } of meeting.timings)
      rows.add("section_timing", {
        id: idOf(`timing ${meeting.key} ${sectionId}`, from),
        meeting_id: meeting.id,
        section_id: sectionId,
        started_at: instant(from),
        ended_at: instant(until),
        started_by: meeting.manager.id,
      });
  }
}
