import { eachDayOnce, mostHolidays, type ReadHolidays } from "./holiday-lines.ts";
import type { Holiday } from "./holiday-queries.ts";
import { isDay } from "../../method/days.ts";
import { Refusal } from "../../platform/refusal.ts";

type Ical = typeof import("ical.js").default;
type Event = InstanceType<Ical["Event"]>;
type Time = InstanceType<Ical["Time"]>;

const yearsAhead = 5;
/** A rule that comes more often than this is no holiday. */
const mostOccurrences = 5000;
const mostDays = 60;

const dayOf = (time: Time): string => time.toString().slice(0, 10);

/** The days of an event: its last one is the day before the end, as calendars write it. */
function daysFrom(start: string, length: number): string[] {
  const first = Temporal.PlainDate.from(start);
  return Array.from({ length }, (_, i) => first.add({ days: i }).toString());
}

/** The 29th of February comes in leap years alone, as RFC 5545 has it; the library would make it the 1st of March. */
const exists = (start: string, day: string, rule: string): boolean =>
  !start.endsWith("-02-29") || /BY/i.test(rule) || !/FREQ=YEARLY/i.test(rule) || day.endsWith("-02-29");

/** The first days of an event: all of one that comes once, those of this year and five more of one that comes again. */
function startsOf(event: Event, today: string): string[] {
  const start = dayOf(event.startDate);
  if (!event.isRecurring()) return [start];
  const rule = String(event.component.getFirstPropertyValue("rrule") ?? "");
  const from = `${today.slice(0, 4)}-01-01`;
  const until = Temporal.PlainDate.from(today).add({ years: yearsAhead }).toString();
  const found: string[] = [];
  const each = event.iterator();
  for (let i = 0; i < mostOccurrences; i++) {
    const next = each.next();
    if (!next || dayOf(next) > until) break;
    if (dayOf(next) >= from && exists(start, dayOf(next), rule)) found.push(dayOf(next));
  }
  return found;
}

function readEvent(event: Event, today: string): Holiday[] | string {
  const name = (event.summary ?? "").replaceAll(/\s+/g, " ").trim().slice(0, 200);
  if (!event.startDate.isDate) return `“${name || "An event"}” has a time of day; holidays last whole days`;
  if (name === "") return "the event has no name";
  const length = Math.max(1, Math.round(event.duration.toSeconds() / 86_400));
  if (length > mostDays) return `“${name}” lasts ${length} days; a holiday lasts ${mostDays} at most`;
  return startsOf(event, today).flatMap((start) => daysFrom(start, length).map((on) => ({ on, name })));
}

/** Each event by itself, with the number of its first line: one that is broken does not take the others with it. */
function eventsIn(text: string): { line: number; text: string }[] {
  const events: { line: number; text: string }[] = [];
  let open: { line: number; lines: string[] } | null = null;
  for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (/^BEGIN:VEVENT\s*$/i.test(line)) open = { line: i + 1, lines: [] };
    open?.lines.push(line);
    if (open && /^END:VEVENT\s*$/i.test(line)) {
      events.push({ line: open.line, text: open.lines.join("\r\n") });
      open = null;
    }
  }
  if (open) events.push({ line: open.line, text: open.lines.join("\r\n") });
  return events;
}

/** Reads the whole days of an iCalendar file (RFC 5545), those that come every year for the next five. */
export async function readCalendarFile(text: string, today: string): Promise<ReadHolidays & { name: string | null }> {
  // Only admins who bring holidays need it: a quiet program does not hold it.
  const { default: ICAL } = await import("ical.js");
  const events = eventsIn(text);
  if (events.length === 0) throw new Refusal("file", "This calendar file is broken or empty: there is no event in it.");
  const days: Holiday[] = [];
  const unread: ReadHolidays["unread"] = [];
  for (const { line, text: lines } of events) {
    const found = readOne(() =>
      !hasDay(lines) ? "the event has no day that exists" : readEvent(new ICAL.Event(new ICAL.Component(ICAL.parse(lines))), today),
    );
    if (typeof found === "string") unread.push({ line, why: found });
    else days.push(...found);
    if (days.length > mostHolidays * 5) break;
  }
  const called = /^X-WR-CALNAME[^:]*:(.*)$/im.exec(text)?.[1]?.replaceAll("\\,", ",").trim().slice(0, 120);
  return { days: eachDayOnce(days), unread, name: called || null };
}

/** The library takes 2026122 for a day and the 30th of February for one in March. */
function hasDay(event: string): boolean {
  const [, year, month, day] = /^DTSTART[^:\r\n]*:(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?\s*$/im.exec(event) ?? [];
  return isDay(`${year}-${month}-${day}`);
}

function readOne(read: () => Holiday[] | string): Holiday[] | string {
  try {
    return read();
  } catch {
    return "the event is broken: its day or its rule cannot be read";
  }
}
