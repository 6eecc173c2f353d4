import type { Insertable } from "kysely";
import { dayNumber } from "../../method/day-numbers.ts";
import { type FiscalCalendar, fiscalPeriods } from "../../method/fiscal-calendar.ts";
import type { Tables } from "../../platform/schema-types.ts";
import { idOf, Random } from "./random.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The rows of the sample company by table, in the order in which they were made. */
export class SampleRows {
  readonly byTable = new Map<keyof Tables, object[]>();

  add<T extends keyof Tables>(table: T, row: Omit<Insertable<Tables[T]>, "org_id">): void {
    const rows = this.byTable.get(table) ?? [];
    this.byTable.set(table, rows);
    rows.push(row);
  }
}

/** Where and when the sample company lives. Instants are milliseconds since the epoch. */
export interface Setting {
  orgId: string;
  now: number;
  /** The organisation's zone, and those of its three teams. */
  zone: string;
  teamZones: readonly [string, string, string];
  /** What the organisation's wall clock is ahead of UTC, today: good enough for when a field of a deal changed. */
  offset: number;
  /** Today there, YYYY-MM-DD. */
  today: string;
  /** The year began three whole months ago: its end is always far enough for new deals to matter, and its second quarter runs. */
  calendar: FiscalCalendar;
  rows: SampleRows;
}

// Wherever it is asked for, it is working time: the company lives where the sun is up.
const places = [
  { until: 5.5, zones: ["Australia/Sydney", "Asia/Singapore", "Pacific/Auckland"] },
  { until: 13, zones: ["Europe/Berlin", "Europe/London", "Europe/Helsinki"] },
  { until: 22, zones: ["America/Chicago", "America/New_York", "America/Denver"] },
  { until: 24, zones: ["Australia/Sydney", "Asia/Singapore", "Pacific/Auckland"] },
] as const;

export function makeSetting(now: Date): Setting {
  const utcHour = now.getUTCHours() + now.getUTCMinutes() / 60;
  const teamZones = (places.find(({ until }) => utcHour < until) ?? places[3]).zones;
  const zone = teamZones[0];
  const wall = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const startsIn = wall.subtract({ months: 3 }).month;
  return {
    orgId: idOf("organisation", now.getTime() - (now.getTime() % day) - 730 * day),
    now: now.getTime(),
    zone,
    teamZones,
    offset: wall.offsetNanoseconds / 1e6,
    today: wall.toPlainDate().toString(),
    calendar: { startsIn, pattern: "months", weekStarts: 1, yearEnds: "nearest" },
    rows: new SampleRows(),
  };
}

export const randomFor = (name: string): Random => new Random(`tollbrook ${name}`);

/** The calendar day of an instant in the company. */
export const dayOf = (setting: Pick<Setting, "offset">, at: number): string => new Date(at + setting.offset).toISOString().slice(0, 10);

/** The instant on the company's wall clock, to the hour of the day given as a number. */
export const atHour = (setting: Pick<Setting, "offset">, on: string, hours: number): number =>
  Date.parse(`${on}T00:00Z`) + Math.round(hours * 60) * minute - setting.offset;

/** Moves a weekend's instant to the Monday after. */
export function onWorkday(setting: Pick<Setting, "offset">, at: number): number {
  const weekday = new Date(at + setting.offset).getUTCDay();
  return weekday === 6 ? at + 2 * day : weekday === 0 ? at + day : at;
}

/** A moment of the working hours of that instant's day, never later than the instant it must not pass. */
export function inWorkingHours(setting: Pick<Setting, "offset">, at: number, random: Random): number {
  return atHour(setting, dayOf(setting, onWorkday(setting, at)), random.between(8.2, 17.4));
}

export const instant = (at: number): Date => new Date(at);
export const firstOfMonth = (on: string): string => `${on.slice(0, 7)}-01`;
export const addMonths = (month: string, count: number): string => Temporal.PlainDate.from(month).add({ months: count }).toString();

/** The first months of the fiscal quarter and year a day lies in. */
export function periodsOf({ calendar }: Pick<Setting, "calendar">, on: string): { quarter: string; year: string } {
  const { quarter, year } = fiscalPeriods(calendar, dayNumber(on));
  return { quarter: quarter.month, year: year.month };
}
