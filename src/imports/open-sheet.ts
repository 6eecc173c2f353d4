import type { Delimiter, Encoding } from "../domain/imports/import-settings.ts";
import { PlainError } from "../platform/plain-error.ts";
import { detectDelimiter } from "./detect-delimiter.ts";
import type { Crm } from "../domain/imports/import-fields.ts";
import { detectEncoding, type TextFile } from "./detect-encoding.ts";
import { type FileEnd, withoutEnd } from "./file-end.ts";
import { type Cut, readRecords, type SourceRow } from "./read-records.ts";
import { recogniseCrm } from "./recognise-crm.ts";

/** A file of which is known how it is written and what its columns are called. */
export interface Sheet {
  file: TextFile;
  cut: Cut;
  encoding: Encoding;
  header: string[];
  /** Where an unquoted decimal comma has cut one number into two cells, in every row. */
  splitAt: number | null;
  /** The program that wrote it, as far as its columns tell. */
  crm: Crm | null;
  /** What stands below its rows, once they have been read. */
  end: FileEnd | null;
}

export async function openSheet(path: string, told?: Delimiter): Promise<Sheet> {
  const file = await detectEncoding(path);
  const cut = await detectDelimiter(file, told);
  const rows: SourceRow[] = [];
  for await (const batch of readRecords(file, cut)) {
    rows.push(...batch);
    break;
  }
  const head = rows.shift();
  if (!head || head.cells.every((cell) => cell.trim() === ""))
    throw new PlainError("The file is empty: it has not even a row of column names.");
  if (rows.length === 0) throw new PlainError("The file has column names and no rows.", "Export it again and look whether it has rows.");
  const header = head.cells.map((cell) => cell.replaceAll("\0", "").trim());
  const splitAt = findSplit(header.length, rows, cut.delimiter);
  const crm = recogniseCrm(
    header,
    rows.slice(0, 5).map(({ cells }) => cells),
  );
  return { file, cut, encoding: file.encoding, header, splitAt, crm, end: null };
}

/** One cell too many in every row, and exactly one place where two neighbours make a decimal number in all of them. */
function findSplit(width: number, rows: readonly SourceRow[], delimiter: Delimiter): number | null {
  if (delimiter !== "," || rows.some(({ cells }) => cells.length !== width + 1)) return null;
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

async function* tableOf({ file, cut, splitAt, header }: Sheet): AsyncGenerator<SourceRow[]> {
  let isFirst = true;
  for await (const batch of readRecords(file, cut)) {
    if (isFirst) batch.shift();
    isFirst = false;
    if (splitAt !== null) for (const row of batch) if (row.cells.length === header.length + 1) rejoin(row, splitAt);
    yield batch;
  }
}

function rejoin(row: SourceRow, at: number): void {
  row.cells.splice(at, 2, `${row.cells[at]},${row.cells[at + 1]}`);
}
