/** Numbers, money and days as people read them. All take their time zone or currency; none reads a clock. */

import { minorUnits } from "../method/minor-units.ts";

export { minorUnits };

const locale = "en-US";
const moneyFormats = new Map<string, Intl.NumberFormat>();
const dayFormats = new Map<string, Intl.DateTimeFormat>();

function moneyFormat(currency: string, fractionDigits: number, least = fractionDigits): Intl.NumberFormat {
  const key = `${currency} ${least} ${fractionDigits}`;
  let format = moneyFormats.get(key);
  if (!format)
    moneyFormats.set(
      key,
      (format = new Intl.NumberFormat(locale, {
        style: "currency",
        currency,
        minimumFractionDigits: least,
        maximumFractionDigits: fractionDigits,
      })),
    );
  return format;
}

/** 2676800 USD → "$26,768"; cents are shown only where they are not zero. */
export function money(minor: number, currency: string): string {
  const scale = minorUnits(currency);
  const digits = minor % scale === 0 ? 0 : Math.round(Math.log10(scale));
  return moneyFormat(currency, digits).format(minor / scale);
}

/** An estimate to the whole unit: 293041.7 USD → "$2,930". */
export const wholeMoney = (minor: number, currency: string): string => {
  const scale = minorUnits(currency);
  return money(Math.round(minor / scale) * scale, currency);
};

/** For a chart and where money is weighed rather than counted: "$2,930", "$61k", "$1.25M". */
export function shortMoney(minor: number, currency: string): string {
  const units = minor / minorUnits(currency);
  const size = Math.abs(units);
  const [divided, suffix, digits] = size >= 999_500 ? [units / 1e6, "M", 2] : size >= 9_999.5 ? [units / 1e3, "k", 0] : [units, "", 0];
  const words = moneyFormat(currency, digits, 0).format(divided);
  return suffix === "" ? words : words.replace(/\d(?=\D*$)/, (last) => last + suffix);
}

// Formatters are made once: made anew for each number they were a tenth of what a page costs.
const plain = new Intl.NumberFormat(locale);
const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

export const count = (n: number, one: string, many = `${one}s`): string => `${plain.format(n)} ${n === 1 ? one : many}`;

/** 1.625 → "1.6", 2 → "2". */
export const oneDigit = (n: number): string => tenths.format(n);

/** 3 → "3rd", 11 → "11th" */
export function ordinal(n: number): string {
  const teens = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teens ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th")}`;
}

/** Number and sign stay on one line. */
export const percent = (share: number): string => `${Math.round(share * 100)}\u00a0%`;

function dayFormat(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  let format = dayFormats.get(key);
  if (!format) dayFormats.set(key, (format = new Intl.DateTimeFormat("en-GB", options)));
  return format;
}

const asUtc = (date: string): Date => new Date(`${date}T00:00:00Z`);

/** "2017-10-02" → "2 Oct" */
export const shortDay = (date: string): string =>
  dayFormat("d", { day: "numeric", month: "short", timeZone: "UTC" }).format(asUtc(date)).replace("Sept", "Sep");
/** "2017-10-02" → "2 October" */
export const longDay = (date: string): string => dayFormat("l", { day: "numeric", month: "long", timeZone: "UTC" }).format(asUtc(date));
/** "2017-10-02" → "2 October 2017" */
export const fullDay = (date: string): string =>
  dayFormat("f", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(asUtc(date));
/** "2017-10-02" → "Monday" */
export const weekday = (date: string): string => dayFormat("w", { weekday: "long", timeZone: "UTC" }).format(asUtc(date));
/** "2017-10-01" → "October" */
export const monthName = (date: string): string => dayFormat("m", { month: "long", timeZone: "UTC" }).format(asUtc(date));
/** "2017-10-01" → "October 2017" */
export const monthAndYear = (date: string): string => `${monthName(date)} ${date.slice(0, 4)}`;
/** An instant as the clock shows it there: "9:00" */
export const timeIn = (instant: Date, zone: string): string =>
  dayFormat(`t${zone}`, { hour: "numeric", minute: "2-digit", hour12: false, timeZone: zone })
    .format(instant)
    .replace(/^0(\d)/, "$1");
/** The calendar day of an instant in a zone: "2017-10-02" */
export function dayIn(instant: Date, zone: string): string {
  return dayFormat(`i${zone}`, { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone })
    .format(instant)
    .split("/")
    .toReversed()
    .join("-");
}

/** ["a", "b", "c"] → "a, b and c" */
export const list = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;
const small = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];
/** 5 → "Five", 13 → "13": a number that opens a sentence. */
export const countWord = (n: number): string => small[n] ?? String(n);

/** Who can read what a pair writes, said to one of them. */
export function readersOf(
  meeting: { repId: string; repName: string; managerId: string; managerName: string; coCoachId: string | null },
  me: string,
): string {
  const others = [
    ...(meeting.repId === me ? [] : [meeting.repName]),
    ...(meeting.managerId === me ? [] : [meeting.managerName]),
    ...(meeting.coCoachId === null || meeting.coCoachId === me ? [] : ["the co-coach"]),
  ];
  return `Only ${list([...others, "you"])} can read this.`;
}
