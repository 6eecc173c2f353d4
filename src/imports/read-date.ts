import { monthCalled } from "./month-names.ts";
import type { DayOrder } from "../domain/imports/import-settings.ts";

/** What a column's values say about the order of day, month and year. */
export interface DateEvidence {
  /** Different values that could be a day in some order, and how many of them are one in each. */
  seen: number;
  fits: Record<DayOrder, number>;
  /** Values that more than one order could have made: 3/4/2017. A few, to be shown. */
  open: string[];
  /** A value that only one order could have made. */
  proof: string | null;
  /** The latest day that has happened among the values, read in each order. */
  latest: Record<DayOrder, string>;
  /** What settles it where its own values do not: another date of the same file. */
  settled?: { order: DayOrder; by: string };
}

export const orders = ["dmy", "mdy", "ymd"] as const;
export const noDateEvidence = (): DateEvidence => ({
  seen: 0,
  fits: { dmy: 0, mdy: 0, ymd: 0 },
  open: [],
  proof: null,
  latest: { dmy: "", mdy: "", ymd: "" },
});

export interface FileDate {
  /** YYYY-MM-DD */
  day: string;
  /** HH:MM:SS when the file gives a time. */
  time: string | null;
  /** "Z" or "+02:00" when the file gives a zone. */
  zone: string | null;
}

const iso =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([AaPp])?\.?(?:[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/;
const yearFirst = /^(\d{4})[/. ]\s?(\d{1,2})[/. ]\s?(\d{1,2})\.?(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:([AaPp])\.?[Mm]\.?)?)?$/;
const compact = /^(19|20)(\d{2})(\d{2})(\d{2})$/;
const millis = /^1[0-9]{12}$/;
const twoOrders = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{2}|\d{4})\.?(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:([AaPp])\.?[Mm]\.?)?)?$/;
const named = /^(\d{1,2})(?:st|nd|rd|th|º|\.)?[\s.-]*(?:de |d[’'])?\s*(\p{L}{3,12})\.?[\s,.-]+(?:de )?(\d{2}|\d{4})$/u;
const namedFirst = /^(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u;
const dayOfWeek = /^\p{L}{2,12}\.?,?\s+(?=\d|\p{L}{3,12}\.?\s+\d)/u;

const two = (n: number | string): string => String(n).padStart(2, "0");
const fullYear = (year: string): number => (year.length === 4 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900));

/** Null for a day that does not exist, such as 31 February. */
function dayOf(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const days = [31, (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day > (days[month - 1] ?? 0) ? null : `${year}-${two(month)}-${two(day)}`;
}

function timeOf(hour: string | undefined, minute = "0", second = "0", half?: string): string | null {
  if (hour === undefined) return null;
  let h = Number(hour);
  if (half) h = (h % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  return h > 23 || Number(minute) > 59 || Number(second) > 59 ? null : `${two(h)}:${two(minute)}:${two(second)}`;
}

/** Dots are only ever written day first. */
const orderOf = (mark: string | undefined, order: DayOrder | null): DayOrder | null => (mark === "." ? "dmy" : order);

const mostShown = 3;

/** Notes what `text`, not weighed before, tells about its column. */
export function weighDate(evidence: DateEvidence, text: string, hasHappened = true): void {
  const found = twoOrders.exec(text);
  if (found && found[2] !== ".") weighOrders(evidence, text, found);
  if (!hasHappened) return;
  for (const order of orders) {
    const day = readDate(text, order)?.day;
    if (day && day > evidence.latest[order]) evidence.latest[order] = day;
  }
}

/** A day that does not exist in any order says nothing about its column, nor one that is the same in all of them. */
function weighOrders(evidence: DateEvidence, text: string, found: RegExpExecArray): void {
  const days = orders.map((order) => readTwoOrders(found, order)?.day);
  const different = new Set(days.filter((day) => day !== undefined));
  if (different.size === 0 || (different.size === 1 && days[0] !== undefined && days[0] === days[1])) return;
  evidence.seen++;
  for (const [at, order] of orders.entries()) if (days[at] !== undefined) evidence.fits[order]++;
  if (different.size > 1 && evidence.open.length < mostShown) evidence.open.push(text);
  if (different.size === 1) evidence.proof ??= text;
}

/** The orders in which every value is a day; where there is none, all in which some are. */
function fitting({ seen, fits }: DateEvidence): DayOrder[] {
  const whole = orders.filter((order) => fits[order] === seen);
  return whole.length > 0 || seen === 0 ? whole : orders.filter((order) => fits[order] > 0);
}

/** The orders between which only a person can choose; none where the values settle it. */
export function openOrders(evidence: DateEvidence): DayOrder[] {
  const possible = fitting(evidence);
  const isSettled = evidence.settled !== undefined && possible.includes(evidence.settled.order);
  return evidence.open.length > 0 && possible.length > 1 && !isSettled ? possible : [];
}

export const isAskable = (evidence: DateEvidence): boolean => openOrders(evidence).length > 0;

export function agreedOrder(evidence: DateEvidence): DayOrder | null {
  const possible = evidence.seen === 0 ? [] : fitting(evidence);
  if (possible.length === 1) return possible[0] ?? null;
  return evidence.settled && possible.includes(evidence.settled.order) ? evidence.settled.order : null;
}

/** The day that is written there, or null when it is none. */
export function readDate(text: string, order: DayOrder | null): FileDate | null {
  const exact = iso.exec(text);
  if (exact) {
    const [, y, m, d, hour, minute, second, half, zone] = exact;
    return dated(dayOf(Number(y), Number(m), Number(d)), [hour, minute, second, half], zoneOf(zone));
  }
  const either = twoOrders.exec(text);
  if (either) return readTwoOrders(either, order);
  const first = yearFirst.exec(text);
  if (first) return dated(dayOf(Number(first[1]), Number(first[2]), Number(first[3])), first.slice(4));
  if (millis.test(text)) return readDate(new Date(Number(text)).toISOString(), order);
  const day = readNamed(text);
  return day === null && dayOfWeek.test(text) ? readDate(text.replace(dayOfWeek, ""), order) : dated(day, []);
}

const zoneOf = (zone: string | undefined): string | null =>
  zone === undefined ? null : /^[ZUG]/.test(zone) ? "Z" : zone.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2");

/** With its time of day; no date at all where the time is none. */
function dated(
  day: string | null,
  [hour, minute, second, half]: readonly (string | undefined)[],
  zone: string | null = null,
): FileDate | null {
  const time = timeOf(hour, minute, second, half);
  return !day || (hour !== undefined && !time) ? null : { day, time, zone };
}

function readTwoOrders(found: RegExpExecArray, given: DayOrder | null): FileDate | null {
  const [, one = "", mark, second = "", three = "", ...time] = found;
  const order = orderOf(mark, given) ?? (Number(second) > 12 ? "mdy" : "dmy");
  if (order === "ymd")
    return three.length === 2 && one.length === 2 ? dated(dayOf(fullYear(one), Number(second), Number(three)), time) : null;
  const [d, m] = order === "dmy" ? [Number(one), Number(second)] : [Number(second), Number(one)];
  return dated(dayOf(fullYear(three), m, d), time);
}

function readNamed(text: string): string | null {
  const short = compact.exec(text);
  if (short) return dayOf(Number(`${short[1]}${short[2]}`), Number(short[3]), Number(short[4]));
  const [, d = "", name = "", year = ""] = named.exec(text) ?? [];
  const [, name2 = "", d2 = "", year2 = ""] = namedFirst.exec(text) ?? [];
  const month = monthCalled(name || name2);
  if (month > 0) return dayOf(fullYear(year || year2), month, Number(d || d2));
  return serialDay(text);
}

/** A spreadsheet's count of days since 1900, as it leaks into some exports. */
function serialDay(text: string): string | null {
  if (!/^[2-6]\d{4}(\.\d+)?$/.test(text)) return null;
  return new Date((Math.floor(Number(text)) - 25_569) * 86_400_000).toISOString().slice(0, 10);
}

/** "2026-11", "11/2026", "Nov 2026" or any day of the month → its first day. */
export function readMonth(text: string, order: DayOrder | null): string | null {
  const [, y, m] = /^(\d{4})[-/.](\d{1,2})$/.exec(text) ?? [];
  const [, m2, y2] = /^(\d{1,2})[-/.](\d{4})$/.exec(text) ?? [];
  const [, name = "", y3] = /^(\p{L}{3,12})\.?[\s-]+(\d{4})$/u.exec(text) ?? [];
  const month = name ? monthCalled(name) : Number(m ?? m2 ?? 0);
  const first = dayOf(Number(y ?? y2 ?? y3 ?? 0), month, 1);
  return first ?? readDate(text, order)?.day.replace(/-\d\d$/, "-01") ?? null;
}
