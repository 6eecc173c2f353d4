import type { DayOrder } from "../domain/imports/import-settings.ts";

/** What a column's values say about the order of day and month. */
export interface DateEvidence {
  dmy: boolean;
  mdy: boolean;
  /** A value that either order could have made: 3/4/2017 */
  open: string | null;
  /** The latest day that has happened among the values, read in each order. */
  latest: Record<DayOrder, string>;
}

export const noDateEvidence = (): DateEvidence => ({ dmy: false, mdy: false, open: null, latest: { dmy: "", mdy: "" } });

export interface FileDate {
  /** YYYY-MM-DD */
  day: string;
  /** HH:MM:SS when the file gives a time. */
  time: string | null;
  /** "Z" or "+02:00" when the file gives a zone. */
  zone: string | null;
}

const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;
const yearFirst = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/;
const twoOrders = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{2}|\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?)?$/;
const named = /^(\d{1,2})[\s.-]+([A-Za-z]{3,9})\.?[\s,-]+(\d{2}|\d{4})$/;
const namedFirst = /^([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})$/;
const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

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
  if (half) h = (h % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  return h > 23 || Number(minute) > 59 || Number(second) > 59 ? null : `${two(h)}:${two(minute)}:${two(second)}`;
}

/** Dots are only ever written day first. */
const orderOf = (mark: string | undefined, order: DayOrder | null): DayOrder | null => (mark === "." ? "dmy" : order);

/** Notes what `text` tells about its column. */
export function weighDate(evidence: DateEvidence, text: string, hasHappened = true): void {
  const found = twoOrders.exec(text);
  if (found) {
    const [, first = "", mark, second = ""] = found;
    // A day that does not exist in either order says nothing about its column.
    if (mark !== "." && Number(first) > 12) evidence.dmy ||= readTwoOrders(found, "dmy") !== null;
    else if (mark !== "." && Number(second) > 12) evidence.mdy ||= readTwoOrders(found, "mdy") !== null;
    else if (mark !== "." && first !== second) evidence.open ??= text;
  }
  if (!hasHappened) return;
  for (const order of ["dmy", "mdy"] as const) {
    const day = readDate(text, order)?.day;
    if (day && day > evidence.latest[order]) evidence.latest[order] = day;
  }
}

export const isAskable = ({ dmy, mdy, open }: DateEvidence): boolean => open !== null && dmy === mdy;
export const agreedOrder = ({ dmy, mdy }: DateEvidence): DayOrder | null => (dmy === mdy ? null : dmy ? "dmy" : "mdy");

/** The day that is written there, or null when it is none. */
export function readDate(text: string, order: DayOrder | null): FileDate | null {
  const exact = iso.exec(text);
  if (exact) {
    const [, y, m, d, hour, minute, second, zone] = exact;
    const day = dayOf(Number(y), Number(m), Number(d));
    const time = timeOf(hour, minute, second);
    if (!day || (hour !== undefined && !time)) return null;
    return { day, time, zone: zone ? zone.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2") : null };
  }
  const either = twoOrders.exec(text);
  if (either) return readTwoOrders(either, order);
  return wholeDay(readNamed(text));
}

const wholeDay = (day: string | null): FileDate | null => (day ? { day, time: null, zone: null } : null);

function readTwoOrders(found: RegExpExecArray, given: DayOrder | null): FileDate | null {
  const [, first = "", mark, second = "", year = "", hour, minute, seconds, half] = found;
  const order = orderOf(mark, given) ?? (Number(second) > 12 ? "mdy" : "dmy");
  const [d, m] = order === "dmy" ? [Number(first), Number(second)] : [Number(second), Number(first)];
  const day = dayOf(fullYear(year), m, d);
  const time = timeOf(hour, minute, seconds, half);
  return !day || (hour !== undefined && !time) ? null : { day, time, zone: null };
}

function readNamed(text: string): string | null {
  const slashes = yearFirst.exec(text);
  if (slashes) return dayOf(Number(slashes[1]), Number(slashes[2]), Number(slashes[3]));
  const [, d = "", name = "", year = ""] = named.exec(text) ?? [];
  const [, name2 = "", d2 = "", year2 = ""] = namedFirst.exec(text) ?? [];
  const month = monthNames.indexOf((name || name2).slice(0, 3).toLowerCase()) + 1;
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
  const [, name = "", y3] = /^([A-Za-z]{3,9})\.?[\s-]+(\d{4})$/.exec(text) ?? [];
  const month = name ? monthNames.indexOf(name.slice(0, 3).toLowerCase()) + 1 : Number(m ?? m2 ?? 0);
  const first = dayOf(Number(y ?? y2 ?? y3 ?? 0), month, 1);
  return first ?? readDate(text, order)?.day.replace(/-\d\d$/, "-01") ?? null;
}
