import { isDay } from "../../method/days.ts";
import type { Holiday } from "./holiday-queries.ts";

/** What could be read, and what could not, each with the number of its line and why. */
export interface ReadHolidays {
  days: Holiday[];
  unread: { line: number; why: string }[];
}

export const mostHolidays = 2000;
const longest = 200;

/** A day as somebody may write it without leaving a doubt: 2026-12-25, 20261225, 2026/12/25 or 25.12.2026. */
function dayIn(text: string): string | null {
  const trimmed = text.trim();
  const [, year, month, day] = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/.exec(trimmed) ?? [];
  const [, day2, month2, year2] = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(trimmed) ?? [];
  const found = `${year ?? year2}-${(month ?? month2)?.padStart(2, "0")}-${(day ?? day2)?.padStart(2, "0")}`;
  return isDay(found) ? found : null;
}

const bare = (cell: string): string => {
  const text = cell.trim();
  const quoted = /^"(.*)"$/s.exec(text)?.[1];
  return (quoted?.replaceAll('""', '"') ?? text).replaceAll(/\s+/g, " ").trim();
};

/** The cells of a line of CSV; a comma in a name needs no quotes, since only one cell is a day. */
const cellsOf = (line: string): string[] => {
  const sign = [";", "\t", ","].find((one) => line.includes(one)) ?? ",";
  return (line.match(new RegExp(`(?:"(?:[^"]|"")*"|[^${sign}])+`, "g")) ?? []).map(bare);
};

function readLine(line: string): Holiday | string {
  const cells = cellsOf(line);
  const first = dayIn(cells[0] ?? "");
  const last = dayIn(cells.at(-1) ?? "");
  const on = first ?? (cells.length > 1 ? last : null);
  const written = line.trim().slice(0, 60);
  if (!on) return `“${written}” has no day; write it like 2026-12-25, Christmas Day`;
  const name = (first ? cells.slice(1) : cells.slice(0, -1)).filter(Boolean).join(", ");
  if (name === "") return `“${written}” has no name of the holiday`;
  return name.length > longest ? `the name has more than ${longest} characters` : { on, name };
}

const isHead = (line: string): boolean => cellsOf(line).some((cell) => /^(date|day|datum|holiday|name)$/i.test(cell)) && !/\d/.test(line);

/** Reads lines such as "2026-12-25, Christmas Day"; names of the same day are put together. */
export function readHolidayLines(text: string): ReadHolidays {
  const read: ReadHolidays = { days: [], unread: [] };
  for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === "" || (i === 0 && isHead(line))) continue;
    const found = readLine(line);
    if (typeof found === "string") read.unread.push({ line: i + 1, why: found });
    else read.days.push(found);
  }
  return { ...read, days: eachDayOnce(read.days) };
}

/** In order, one of a day: a day with two names bears both. */
export function eachDayOnce(days: readonly Holiday[]): Holiday[] {
  const names = new Map<string, Set<string>>();
  for (const { on, name } of days) names.set(on, (names.get(on) ?? new Set()).add(name));
  return [...names].map(([on, all]) => ({ on, name: [...all].join(", ").slice(0, longest) })).toSorted((a, b) => (a.on < b.on ? -1 : 1));
}

export const linesOf = (days: readonly Holiday[]): string => days.map(({ on, name }) => `${on}, ${name}`).join("\n");
