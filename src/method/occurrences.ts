import { RRuleTemporal } from "rrule-temporal";
import { cadenceOf, readRule, weekDays, writeRule } from "./recurrence-rule.ts";

export interface Slot {
  /** RFC 5545 rule, by the day. */
  rrule: string;
  startsOn: string;
  /** The last day on which an occurrence may fall, included. */
  untilOn: string | null;
  /** HH:MM or HH:MM:SS on the wall there. */
  localTime: string;
  timeZone: string;
}

export interface DaysOff {
  personId: string;
  fromOn: string;
  /** Included. */
  untilOn: string;
  /** The name of the holiday, when it is one and not time off. */
  holiday?: string | null;
}

/** A holiday by its name, and whose it is. */
export interface HolidayOf {
  name: string;
  personIds: string[];
}

export interface Occurrence {
  on: string;
  start: Date;
  /** Who has taken that day off. */
  off: string[];
  /** The holidays of that day. */
  holidays: HolidayOf[];
}

/** The instant at which a wall clock shows that: a time that does not exist moves forward, one that comes twice is the first. */
export function instantAt(on: string, localTime: string, timeZone: string): Date {
  const local = Temporal.PlainDate.from(on).toPlainDateTime(Temporal.PlainTime.from(localTime));
  return new Date(local.toZonedDateTime(timeZone, { disambiguation: "compatible" }).epochMilliseconds);
}

/** Days are counted as days of no zone; only then does each get its time on the wall, so a slot keeps its hour all year. */
function daysOfRule(slot: Slot, first: string, last: string): string[] {
  const read = readRule(slot.rrule);
  if (!("freq" in read)) throw new Error(`not a rule: ${slot.rrule}`);
  const until = read.parts.get("UNTIL");
  read.parts.delete("UNTIL");
  const untilOn = until ? `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}` : "9999-12-31";
  const end = [last, slot.untilOn ?? "9999-12-31", untilOn].reduce((a, b) => (a < b ? a : b));
  if (end < first) return [];
  const rule = new RRuleTemporal({
    rruleString: writeRule(read),
    dtstart: Temporal.PlainDate.from(slot.startsOn).toZonedDateTime("UTC"),
    temporal: Temporal,
    cache: false,
    maxIterations: 10_000,
  });
  return rule.between(new Date(`${first}T00:00Z`), new Date(`${end}T00:00Z`), true).map((day) => day.toPlainDate().toString());
}

/**
 * The day a slot begins when it is to hold from `from` on: a rhythm of several weeks counts from its first weekday, not
 * from whichever week somebody happened to write down.
 */
export function firstDay(rrule: string, from: string): string {
  const { cadence, day } = cadenceOf(rrule);
  if ((cadence !== "every 2 weeks" && cadence !== "every 3 weeks") || !day) return from;
  const date = Temporal.PlainDate.from(from);
  return date.add({ days: (weekDays.indexOf(day) + 8 - date.dayOfWeek) % 7 }).toString();
}

const later = (a: string, b: string): string => (a > b ? a : b);

/** The holidays among these days off that fall on a day, each once, with everybody who has it. */
export function holidaysOn(on: string, daysOff: readonly DaysOff[]): HolidayOf[] {
  const found = new Map<string, Set<string>>();
  for (const { personId, fromOn, untilOn, holiday } of daysOff)
    if (holiday && fromOn <= on && on <= untilOn) found.set(holiday, (found.get(holiday) ?? new Set()).add(personId));
  return [...found].map(([name, personIds]) => ({ name, personIds: [...personIds] }));
}

/** The occurrences of a slot on the days `from` to `to` (both included), in order, each with who is off that day and its holidays. */
export function occurrences(slot: Slot, range: { from: string; to: string }, daysOff: readonly DaysOff[] = []): Occurrence[] {
  return daysOfRule(slot, later(range.from, slot.startsOn), range.to).map((on) => ({
    on,
    start: instantAt(on, slot.localTime, slot.timeZone),
    off: [...new Set(daysOff.filter((off) => !off.holiday && off.fromOn <= on && on <= off.untilOn).map((off) => off.personId))],
    holidays: holidaysOn(on, daysOff),
  }));
}

/** The next `count` occurrences from a day on; fewer when the slot ends, none when the rule has no such day within four years. */
export function nextOccurrences(slot: Slot, from: string, count: number, daysOff: readonly DaysOff[] = []): Occurrence[] {
  const found: Occurrence[] = [];
  let start = Temporal.PlainDate.from(later(from, slot.startsOn));
  for (let years = 0; years < 4 && found.length < count; years++) {
    const end = start.add({ years: 1 });
    found.push(...occurrences(slot, { from: start.toString(), to: end.subtract({ days: 1 }).toString() }, daysOff));
    start = end;
  }
  return found.slice(0, count);
}
