import { open } from "node:fs/promises";
import { PlainError } from "../platform/plain-error.ts";
import { detectDelimiter } from "./detect-delimiter.ts";
import { detectEncoding } from "./detect-encoding.ts";
import { withoutEnd } from "./file-end.ts";
import { headerAmong } from "./find-header.ts";
import { openWorkbookSheet } from "./open-workbook-sheet.ts";
import { readRecords, type SourceRow } from "./read-records.ts";
import { recogniseCrm } from "./recognise-crm.ts";
import type { Sheet, Told } from "./sheet.ts";

const lookedAt = 500;

/** Finds the table of a file, whatever the file is, or says why it cannot. */
export async function openSheet(path: string, told: Told = {}): Promise<Sheet> {
  return (await startOf(path)) === "PK\x03\x04" ? openWorkbookSheet(path, told) : openTextSheet(path, told);
}

async function startOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function openTextSheet(path: string, told: Told): Promise<Sheet> {
  const file = await detectEncoding(path);
  const cut = await detectDelimiter(file, told.delimiter);
  const all = () => readRecords(file, cut);
  const rows = await firstRows(all());
  if (!rows[0] || rows[0].cells.every((cell) => cell.trim() === ""))
    throw new PlainError("The file is empty: it has not even a row of column names.");
  const at = headerAt(rows, told);
  const head = rows[at] as SourceRow;
  const below = rows.slice(at + 1);
  if (below.length === 0) throw new PlainError("The file has column names and no rows.", "Export it again and look whether it has rows.");
  return {
    encoding: file.encoding,
    delimiter: cut.delimiter,
    hasNul: file.hasNul,
    name: null,
    names: [],
    isOpenWhich: false,
    ...tableFrom(head, below),
    above: at,
    splitAt: cut.delimiter === "," ? findSplit(head.cells.length, below) : null,
    end: null,
    all,
  };
}

async function firstRows(batches: AsyncIterable<SourceRow[]>): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length >= lookedAt) break;
  }
  return rows;
}

/** The row of the column names: as told by its line, else as the rows show. */
function headerAt(rows: readonly SourceRow[], { headerLine }: Told): number {
  const told = headerLine === undefined ? -1 : rows.findIndex(({ line }) => line === headerLine);
  return told === -1 ? headerAmong(rows.slice(0, 30)) : told;
}

function tableFrom(head: SourceRow, below: readonly SourceRow[]): Pick<Sheet, "header" | "headerLine" | "crm"> {
  const header = head.cells.map((cell) => cell.replaceAll("\0", "").trim());
  const first = below.slice(0, 5).map(({ cells }) => cells);
  return { header, headerLine: head.line, crm: recogniseCrm(header, first) };
}

/** One cell too many in every row, and exactly one place where two neighbours make a decimal number in all of them. */
function findSplit(width: number, rows: readonly SourceRow[]): number | null {
  if (rows.some(({ cells }) => cells.length !== width + 1)) return null;
  const fits = (at: number) => rows.every(({ cells }) => /^-?\d{1,15}$/.test(cells[at] ?? "") && /^\d{1,2}$/.test(cells[at + 1] ?? ""));
  const places = Array.from({ length: width }, (_, at) => at).filter(fits);
  return places.length === 1 ? (places[0] ?? null) : null;
}

/** The rows below the header, without what stands below them. */
export function rowsOf(sheet: Sheet): AsyncGenerator<SourceRow[]> {
  return withoutEnd(tableOf(sheet), sheet.header.length, sheet.crm === "salesforce", (end) => {
    sheet.end = end;
    if (end.isSalesforce) sheet.crm ??= "salesforce";
  });
}

async function* tableOf({ all, encoding, splitAt, header, headerLine }: Sheet): AsyncGenerator<SourceRow[]> {
  let isAbove = true;
  for await (const batch of all()) {
    let rows = batch;
    if (isAbove) {
      rows = batch.filter(({ line }) => line > headerLine);
      isAbove = rows.length === 0;
    }
    if (splitAt !== null) for (const row of rows) if (row.cells.length === header.length + 1) rejoin(row, splitAt);
    // A workbook does not write the empty cells at the end of a row.
    if (encoding === null) for (const { cells } of rows) while (cells.length < header.length) cells.push("");
    yield rows;
  }
}

function rejoin(row: SourceRow, at: number): void {
  row.cells.splice(at, 2, `${row.cells[at]},${row.cells[at + 1]}`);
}
