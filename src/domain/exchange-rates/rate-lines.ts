import { isDay } from "../../method/days.ts";

export interface RateLine {
  currency: string;
  /** YYYY-MM-DD */
  fromOn: string;
  /** What one unit is worth in the organisation's currency: an exact decimal. */
  rate: string;
}

export interface ReadRates {
  rates: RateLine[];
  unread: { line: number; why: string }[];
}

export const mostRates = 5000;
const known = new Set(Intl.supportedValuesOf("currency"));
const mostRate = 9_999_999_999;
const separators = ["\t", ";", ","] as const;

/** "1.0712", or "1,0712" where the cells are not parted by commas; up to ten decimals. */
export function readRate(text: string): string | null {
  const plain = text.trim().replace(",", ".");
  return /^\d{1,10}(\.\d{1,10})?$/.test(plain) && /[1-9]/.test(plain) ? plain : null;
}

function dayIn(text: string): string | null {
  const [, day = "", month = "", year = ""] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  const found = year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
  return isDay(found) ? found : null;
}

function readLine(line: string, into: string): RateLine | string {
  const mark = separators.find((one) => line.includes(one)) ?? " ";
  const cells = line.split(mark).map((cell) => cell.trim().replaceAll(/^"|"$/g, ""));
  const currency = cells.find((cell) => /^[a-z]{3}$/i.test(cell))?.toUpperCase();
  const fromOn = cells.map(dayIn).find((found) => found !== null);
  const others = cells.filter((cell) => !dayIn(cell) && /\d/.test(cell));
  if (!currency || !known.has(currency)) return "it names no currency";
  if (currency === into) return `${into} is your own currency and needs no rate`;
  if (!fromOn) return "it has no day; write it like 2026-01-31";
  const rates = others.flatMap((cell) => readRate(cell) ?? []);
  if (rates.length > 1) return "it has more than one number; write the rate with a point, like 1.1316";
  return rates[0] ? { currency, fromOn, rate: rates[0] } : whyNoRate(others.at(-1), into);
}

/** @param cell what stands where the rate should */
function whyNoRate(cell: string | undefined, into: string): string {
  if (cell === undefined) return "it has no rate; write it like 1.1316";
  const digits = cell.replaceAll(/[^\d.]/g, "");
  if (digits !== cell.replace(",", ".")) return `“${cell}” is no rate; write only what one is worth in ${into}, like 1.1316`;
  if (/^[0.]*$/.test(digits)) return "its rate is zero; a rate is more than that";
  return Number(digits) > mostRate
    ? `a rate of ${cell} is too much; it is what one is worth in ${into}, like 1.1316`
    : `“${cell}” is no rate; write it with at most ten decimals, like 1.1316`;
}

/** Lines such as "CHF, 2026-01-01, 1.1316", pasted or out of a CSV file; a heading is passed over. */
export function readRateLines(text: string, into: string): ReadRates {
  const read: ReadRates = { rates: [], unread: [] };
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const isAlone = lines.filter((line) => line.trim() !== "").length === 1;
  for (const [at, line] of lines.entries()) {
    const isHeading = at === 0 && !isAlone && !/\d/.test(line);
    if (line.trim() === "" || isHeading) continue;
    const found = readLine(line, into);
    if (typeof found === "string") read.unread.push({ line: at + 1, why: found });
    else read.rates.push(found);
  }
  return read;
}
