import { plainKey, targets, type What } from "../domain/imports/import-fields.ts";
import type { Lookups } from "../domain/imports/import-lookups.ts";
import type { Columns } from "../domain/imports/import-settings.ts";
import { guessOutcome } from "../domain/imports/read-outcome.ts";
import { columnHints } from "./column-hints.ts";
import { orders, readDate } from "./read-date.ts";
import { personCalled } from "./person-called.ts";
import { plainNumber } from "./read-number.ts";
import { columnsFor, missingFields, type Recognised } from "./recognise-columns.ts";

/** What is known beside the file. */
export interface Around {
  lookups: Pick<Lookups, "people" | "stages" | "products">;
  /** YYYY-MM-DD */
  today: string;
}

interface Column {
  at: number;
  key: string;
  /** Cells of the first rows that are not empty, and each different one once. */
  filled: string[];
  different: string[];
  /** Every row has something there. */
  isFull: boolean;
  /** The days it holds, as far as one order reads nearly all of them; else null. */
  days: string[] | null;
  isNumber: boolean;
}

/** From this score on a guess is worth showing. */
const enough = 2;
const nearly = 0.9;
const fewStages = 30;

/** What the file holds and which column is which, by what stands in them, where their names say nothing. Only ever a suggestion. */
export function guessFile(header: readonly string[], rows: readonly (readonly string[])[], around: Around): Recognised | null {
  const deals = guessColumns("opportunities", header, rows, around);
  const told = ["owner", "stage", "close_on", "amount"].filter((field) => deals[field] != null).length;
  if (missingFields("opportunities", deals).length === 0 || told >= 3) return { what: "opportunities", columns: deals };
  const people = guessColumns("people", header, rows, around);
  return people.email != null && people.name != null ? { what: "people", columns: people } : null;
}

/** The columns known by their names, and for the other fields the one that looks most like it. */
export function guessColumns(what: What, header: readonly string[], rows: readonly (readonly string[])[], around: Around): Columns {
  const columns = columnsFor(what, header);
  const taken = new Set(Object.values(columns));
  const free = header.map((name, at) => columnAt(name, at, rows)).filter(({ at }) => !taken.has(at));
  const looks = what === "opportunities" ? looksOfDeals(free, around) : what === "people" ? looksOfPeople : {};
  const guesses = targets[what].fields
    .filter(({ key }) => columns[key] == null && looks[key])
    .flatMap(({ key }) => free.map((column) => ({ key, at: column.at, score: scoreOf(key, column, looks[key]) })))
    .filter(({ score }) => score >= enough)
    .toSorted((a, b) => b.score - a.score);
  for (const { key, at } of guesses) {
    if (columns[key] != null || taken.has(at)) continue;
    columns[key] = at;
    taken.add(at);
  }
  return columns;
}

/** How much a column looks like a field; null where it cannot be one. */
type Look = (column: Column) => number | null;

function scoreOf(field: string, column: Column, look: Look | undefined): number {
  const score = column.filled.length === 0 ? null : (look?.(column) ?? null);
  return score === null ? 0 : score + (columnHints[field]?.test(column.key) ? 2 : 0);
}

function columnAt(name: string, at: number, rows: readonly (readonly string[])[]): Column {
  const filled = rows.map((cells) => cells[at]?.trim() ?? "").filter((cell) => cell !== "");
  const days = daysIn(filled);
  return {
    at,
    key: plainKey(name),
    filled,
    different: [...new Set(filled)],
    isFull: filled.length === rows.length,
    days,
    isNumber: days === null && shareOf(filled, (cell) => /\d/.test(cell) && plainNumber(cell, markIn(cell)) !== null) >= nearly,
  };
}

/** Without a look at the whole column: whichever mark stands last, where both could be. */
const markIn = (cell: string) => (cell.lastIndexOf(",") > cell.lastIndexOf(".") ? "comma" : "point");

function daysIn(cells: readonly string[]): string[] | null {
  for (const order of orders) {
    const days = cells.map((cell) => (/\D/.test(cell) ? readDate(cell, order)?.day : undefined)).filter((day) => day !== undefined);
    if (cells.length > 0 && days.length >= cells.length * nearly) return days;
  }
  return null;
}

const shareOf = (cells: readonly string[], is: (cell: string) => boolean): number =>
  cells.length === 0 ? 0 : cells.filter(is).length / cells.length;

const isWords = ({ days, isNumber, filled }: Column): boolean =>
  days === null && !isNumber && shareOf(filled, (cell) => /\p{L}/u.test(cell)) >= nearly;
const isMail = (cell: string): boolean => /^[^\s@]+@[^\s@]+\.\w+$/.test(cell);

function looksOfDeals(columns: readonly Column[], { lookups, today }: Around): Record<string, Look> {
  const here = new Set(lookups.stages.map(({ name }) => plainKey(name)));
  const isStage = (cell: string) => here.has(plainKey(cell)) || (guessOutcome(cell).isSure && guessOutcome(cell).outcome !== "open");
  const dates = columns.filter(({ days }) => days !== null);
  const [first, last] = [dates.toSorted(byDay)[0], dates.toSorted(byDay).at(-1)];
  const numbers = columns.filter((column) => column.isNumber && !isNumberedList(column));
  const known = ({ different }: Column) => shareOf(different, (cell) => Boolean(personCalled(lookups, cell)));
  return {
    owner: (column) => (isWords(column) && known(column) < 0.5 ? 0 : isWords(column) ? 4 * known(column) : null),
    stage: (column) => (isWords(column) && isRepeated(column) ? (column.different.some(isStage) ? 3 : 0) : null),
    product: ({ different }) => (shareOf(different, (cell) => lookups.products.has(plainKey(cell))) >= 0.5 ? 3 : null),
    currency: ({ different }) => (different.every((cell) => /^[A-Z]{3}$/.test(cell)) ? 2 : null),
    created_on: (column) => (column.days === null ? null : dates.length > 1 && column === first ? 2 : 0),
    close_on: ({ at, days }) => (days === null ? null : at === last?.at && (dates.length > 1 || days.some((day) => day > today)) ? 2 : 0),
    amount: (column) => (numbers.includes(column) ? (isMoney(column) || numbers.length === 1 ? 2 : 0) : null),
    external_id: (column) => (isIds(column) ? (column.at === 0 || !column.isNumber ? 2 : 1) : null),
    name: (column) => (isWords(column) && !isIds(column) && column.different.length >= column.filled.length * 0.8 ? 1 : null),
    account: (column) => (isWords(column) ? 0 : null),
    next_step: (column) => (isWords(column) ? 0 : null),
  };
}

const byDay = (a: Column, b: Column): number => (middle(a) < middle(b) ? -1 : 1);
const middle = ({ days }: Column): string => (days ?? []).toSorted()[Math.floor((days?.length ?? 0) / 2)] ?? "";
const isRepeated = ({ different, filled }: Column): boolean =>
  different.length <= fewStages && (filled.length < 10 || different.length <= filled.length / 2);
const isMoney = ({ filled }: Column): boolean => filled.some((cell) => /\p{Sc}|\d[.,]\d{2}$/u.test(cell));
const isIds = ({ different, filled, isFull, days }: Column): boolean =>
  isFull &&
  days === null &&
  different.length === filled.length &&
  filled.every((cell) => /^(?=.*\d)[^\s@,€$£]{1,60}$/.test(cell) && !/^\d+\.\d+$/.test(cell));
/** 1, 2, 3 … is a number of the row, 2015 a year. */
const isNumberedList = ({ filled }: Column): boolean =>
  filled.every((cell) => /^\d+$/.test(cell)) &&
  (filled.every((cell) => /^(19|20)\d{2}$/.test(cell)) || filled.every((cell, i) => i === 0 || Number(cell) - Number(filled[i - 1]) === 1));

const looksOfPeople: Record<string, Look> = {
  email: ({ different, filled }) => (different.length === filled.length && shareOf(filled, isMail) >= nearly ? 4 : null),
  name: (column) =>
    isWords(column) &&
    column.different.length === column.filled.length &&
    shareOf(column.filled, (cell) => /^\p{L}[^@\d]*\s\p{L}/u.test(cell)) >= nearly
      ? 2
      : null,
  manager: (column) => (isWords(column) && isRepeated(column) ? 0 : null),
  team: (column) => (isWords(column) && isRepeated(column) ? 0 : null),
  started_on: ({ days }) => (days === null ? null : 0),
};
