/** A month, a quarter or a year. */
export interface Period {
  /** Its first day, YYYY-MM-01. */
  from: string;
  months: 1 | 3 | 12;
}

const monthNames: readonly (readonly string[])[] = [
  ["jan", "ene", "gen"],
  ["feb", "fev"],
  ["mar", "mae", "mrz"],
  ["apr", "avr", "abr"],
  ["may", "mai", "mag"],
  ["jun", "juin", "giu"],
  ["jul", "juil", "lug"],
  ["aug", "aou", "ago"],
  ["sep", "set"],
  ["oct", "okt", "ott"],
  ["nov"],
  ["dec", "dez", "dic"],
];

const two = (n: number): string => String(n).padStart(2, "0");
const fullYear = (year: string): number => (year.length === 4 ? Number(year) : 2000 + Number(year));
const isYear = (year: number): boolean => year >= 1990 && year <= 2100;

function monthNamed(name: string): number {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z]/g, "");
  // Juin and juillet begin alike.
  const found = monthNames.findIndex((names) => names.some((short) => short.length === 4 && plain.startsWith(short)));
  return 1 + (found === -1 ? monthNames.findIndex((names) => names.some((short) => plain.startsWith(short))) : found);
}

function monthIn(year: number, month: number): Period | null {
  return isYear(year) && month >= 1 && month <= 12 ? { from: `${year}-${two(month)}-01`, months: 1 } : null;
}

/** The quarter or year that begins `after` months after the year does. A fiscal year bears the number of the year it ends in. */
function within(year: number, startsIn: number, after: number, months: 3 | 12): Period | null {
  if (!isYear(year)) return null;
  const first = new Date(Date.UTC(startsIn === 1 ? year : year - 1, startsIn - 1 + after, 1));
  return { from: `${first.getUTCFullYear()}-${two(first.getUTCMonth() + 1)}-01`, months };
}

function readMonth(text: string): Period | null {
  const [, y = "", m = ""] = /^(\d{4})[-/.]?(\d{1,2})$/.exec(text) ?? [];
  if (y) return monthIn(Number(y), Number(m));
  const [, m2 = "", y2 = ""] = /^(\d{1,2})[-/.](\d{4})$/.exec(text) ?? [];
  if (y2) return monthIn(Number(y2), Number(m2));
  const [, name = "", y3 = ""] = /^(\p{L}{3,10})\.?[\s\-_/,]*['’]?(\d{4}|\d{2})$/u.exec(text) ?? [];
  if (y3) return monthIn(fullYear(y3), monthNamed(name));
  const [, y4 = "", name2 = ""] = /^(\d{4})[\s\-_/]*(\p{L}{3,10})$/u.exec(text) ?? [];
  return y4 ? monthIn(Number(y4), monthNamed(name2)) : null;
}

/** A first day of a month, as spreadsheets write it at the head of a column: "2026-02-01", "2/1/2026". */
function readFirstDay(text: string): Period | null {
  const [, y = "", m = ""] = /^(\d{4})-(\d{1,2})-0?1(?:[T ]00:00.*)?$/.exec(text) ?? [];
  if (y) return monthIn(Number(y), Number(m));
  const [, a = "", b = "", y2 = ""] = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text) ?? [];
  if (!y2 || (Number(a) !== 1 && Number(b) !== 1)) return null;
  return monthIn(Number(y2), Number(b) === 1 ? Number(a) : Number(b));
}

const fiscal = String.raw`(FY|FJ|GJ|fiscal(?:\s+year)?|CY)?[\s\-_]*['’]?`;
const quarterLast = new RegExp(String.raw`^${fiscal}(\d{4}|\d{2})[\s\-_/]*Q([1-4])$`, "i");
const quarterFirst = new RegExp(String.raw`^Q([1-4])[\s\-_/]*${fiscal}(\d{4}|\d{2})$`, "i");
const yearAlone = new RegExp(String.raw`^${fiscal}(\d{4}|\d{2})$`, "i");

/**
 * "Jan 2026", "2026-01", "Q1 FY26", "FY26-Q1", "2026", "FY26" as a month, a quarter or a year.
 * @param startsIn month in which the fiscal year begins, 1 to 12; it counts where the words say FY, or `isFiscal`
 * @returns null for anything else, also for single days
 */
export function readPeriod(words: string, startsIn = 1, isFiscal = false): Period | null {
  const text = words.trim().replaceAll(/\s+/g, " ");
  const start = (mark: string | undefined) => ((mark === undefined ? isFiscal : mark.toUpperCase() !== "CY") ? startsIn : 1);
  const [, mark, year = "", quarter = ""] = quarterLast.exec(text) ?? [];
  if (year) return within(fullYear(year), start(mark), (Number(quarter) - 1) * 3, 3);
  const [, quarter2 = "", mark2, year2 = ""] = quarterFirst.exec(text) ?? [];
  if (year2) return within(fullYear(year2), start(mark2), (Number(quarter2) - 1) * 3, 3);
  const [, mark3, year3 = ""] = yearAlone.exec(text) ?? [];
  if (year3 && (mark3 || year3.length === 4)) return within(fullYear(year3), start(mark3), 0, 12);
  return readMonth(text) ?? readFirstDay(text);
}

/** The months of a period, YYYY-MM-01 each. */
export const monthsOf = ({ from, months }: Period): string[] => {
  const first = Temporal.PlainDate.from(from);
  return Array.from({ length: months }, (_, n) => first.add({ months: n }).toString());
};

/** An amount in minor units shared out evenly; what cannot be shared goes to the first parts, so that they add up. */
export function shareOut(minor: number, parts: number): number[] {
  const each = Math.floor(minor / parts);
  const rest = minor - each * parts;
  return Array.from({ length: parts }, (_, n) => each + (n < rest ? 1 : 0));
}
