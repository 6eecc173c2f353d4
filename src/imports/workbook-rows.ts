import { PlainError } from "../platform/plain-error.ts";
import { formatted } from "./cell-format.ts";
import type { Workbook } from "./open-workbook.ts";
import type { SourceRow } from "./read-records.ts";
import { hearXml, type XmlListener } from "./read-xml.ts";
import { unescaped } from "./shared-strings.ts";
import { partText } from "./zip-parts.ts";

const mostColumns = 1000;
const mostRows = 1_048_576;
const longestCell = 1 << 16;
const batchRows = 500;

/** The rows of a sheet that hold something, each cell as text. Dates come as 2026-11-22, percents with their sign. */
export async function* workbookRows(workbook: Workbook, part: string): AsyncGenerator<SourceRow[]> {
  const gathering = new Gathering(workbook);
  for await (const _ of hearXml(partText(workbook.path, part), part, gathering))
    if (gathering.rows.length >= batchRows) yield gathering.take();
  if (gathering.rows.length > 0) yield gathering.take();
}

class Gathering implements XmlListener {
  rows: SourceRow[] = [];
  readonly #workbook: Workbook;
  #inside = "";
  #isSpoken = false;
  #isRow = false;
  #line = 0;
  #lastLine = 0;
  #cells: string[] = [];
  #column = 0;
  #type = "";
  #style = 0;
  #value = "";

  constructor(workbook: Workbook) {
    this.#workbook = workbook;
  }

  take(): SourceRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open = (name: string): void => {
    this.#inside = name;
    if (name === "c") {
      this.#column++;
      this.#type = "";
      this.#style = 0;
      this.#value = "";
    } else if (name === "row") {
      this.#isRow = true;
      this.#line++;
      this.#cells = [];
      this.#column = -1;
    } else if (name === "rPh") this.#isSpoken = true;
  };

  attribute = (name: string, value: string): void => {
    if (this.#inside === "c") {
      if (name === "r") this.#column = columnOf(value);
      else if (name === "t") this.#type = value;
      else if (name === "s") this.#style = Number(value);
    } else if (this.#inside === "row" && name === "r") {
      this.#line = Number(value);
      if (!(this.#line >= 1 && this.#line <= mostRows))
        throw new PlainError(`The sheet has a row ${value.slice(0, 20)}, which no spreadsheet has.`);
    }
  };

  text = (text: string): void => {
    if (this.#inside !== "v" && (this.#inside !== "t" || this.#isSpoken)) return;
    if (this.#value.length < longestCell) this.#value += text;
  };

  close = (name: string): void => {
    this.#inside = "";
    if (name === "c") this.#keepCell();
    else if (name === "rPh") this.#isSpoken = false;
    else if (name === "row" && this.#isRow) this.#keepRow();
  };

  #keepCell(): void {
    if (this.#value === "") return;
    if (this.#column >= mostColumns)
      throw new PlainError(
        `The sheet has values in more than ${mostColumns.toLocaleString("en-US")} columns.`,
        "Delete the columns that do not belong to the table.",
      );
    while (this.#cells.length < this.#column) this.#cells.push("");
    this.#cells[this.#column] = this.#textOf(this.#value);
  }

  #textOf(raw: string): string {
    const { strings, formats, from1904 } = this.#workbook;
    switch (this.#type) {
      case "s":
        return strings.get(Number(raw)) ?? "";
      case "b":
        return raw === "1" || raw === "true" ? "true" : "false";
      case "d":
        return raw.replace(/T00:00:00(\.0+)?Z?$/, "");
      case "str":
      case "inlineStr":
        return unescaped(raw);
      case "e":
        return raw;
      default:
        return formatted(raw, formats[this.#style] ?? "number", from1904);
    }
  }

  #keepRow(): void {
    this.#isRow = false;
    if (this.#cells.length === 0) return;
    const row: SourceRow = { line: this.#line, cells: this.#cells };
    if (this.#lastLine > 0 && this.#line > this.#lastLine + 1) row.afterBlank = true;
    this.#lastLine = this.#line;
    this.rows.push(row);
  }
}

/** “AB12” → 27 */
function columnOf(place: string): number {
  let column = 0;
  for (let at = 0; at < place.length; at++) {
    const code = place.charCodeAt(at) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + (code - 64);
  }
  return column - 1;
}
