import type { Columns, Reading } from "../domain/imports/import-settings.ts";
import { cellText } from "./cell-text.ts";
import { type FileDate, readDate, readMonth } from "./read-date.ts";
import { plainNumber, toMinor } from "./read-number.ts";

const longestText = 500;
/** What a spreadsheet shows in a cell it cannot compute. */
const errors = new Set(["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"]);

/** An apostrophe keeps a spreadsheet from taking what follows for a formula: it is no part of the text. */
const withoutMark = (text: string | undefined): string | undefined => (text && /^'[=+\-@]/.test(text) ? text.slice(1) : text);

/** Reads the cells of one row after the other by field, and gathers what is wrong with each row. */
export class RowReader {
  problems: string[] = [];
  #cells: readonly string[] = [];
  readonly #columns: Columns;
  readonly #reading: Reading;
  readonly #dates = new Map<string, FileDate | null>();

  constructor(columns: Columns, reading: Reading) {
    this.#columns = columns;
    this.#reading = reading;
  }

  open(cells: readonly string[]): void {
    this.#cells = cells;
    this.problems = [];
  }

  has(field: string): boolean {
    return this.#columns[field] != null;
  }

  text(field: string): string | null {
    const at = this.#columns[field];
    const text = at == null ? undefined : withoutMark(cellText(this.#cells[at]));
    if (!text) return null;
    if (text.startsWith("#") && errors.has(text)) {
      this.problems.push(`its ${field.replaceAll("_", " ")} is an error of the spreadsheet, “${text}”`);
      return null;
    }
    if (text.length > longestText) {
      this.problems.push(`the ${field.replaceAll("_", " ")} has ${text.length} letters; ${longestText} is the most`);
      return null;
    }
    return text;
  }

  date(field: string): FileDate | null {
    const text = this.text(field);
    if (text === null) return null;
    const key = `${field} ${text}`;
    let date = this.#dates.get(key);
    if (date === undefined) {
      if (this.#dates.size > 50_000) this.#dates.clear();
      this.#dates.set(key, (date = readDate(text, this.#reading.dates[field] ?? null)));
    }
    if (date === null) this.problems.push(`“${text}” is no day that exists`);
    return date;
  }

  month(field: string): string | null {
    const text = this.text(field);
    if (text === null) return null;
    const month = readMonth(text, this.#reading.dates[field] ?? null);
    if (month === null) this.problems.push(`“${text}” is no month`);
    return month;
  }

  number(field: string): string | null {
    const text = this.text(field);
    if (text === null) return null;
    const number = plainNumber(text, this.#reading.numbers[field] ?? null);
    if (number === null) this.problems.push(`“${text}” is no number`);
    return number;
  }

  /** In minor units; `unit` is what one in the file stands for. */
  money(field: string, scale: number, unit = 1): number | null {
    const number = this.number(field);
    if (number === null) return null;
    const minor = toMinor(number, scale * unit);
    if (minor === null) this.problems.push(`${number} is more than Kept can keep exactly`);
    return minor;
  }

  whole(field: string): number | null {
    const number = this.number(field);
    if (number === null) return null;
    const value = Number(number);
    if (Number.isInteger(value) && Math.abs(value) < 2 ** 31) return value;
    this.problems.push(`“${number}” is no whole number`);
    return null;
  }
}
