import { PlainError } from "../platform/plain-error.ts";
import { filled, headerAmong } from "./find-header.ts";
import { openWorkbook, type WorkbookSheet } from "./open-workbook.ts";
import type { SourceRow } from "./read-records.ts";
import { recognise } from "./recognise-columns.ts";
import { recogniseCrm } from "./recognise-crm.ts";
import type { Sheet, Told } from "./sheet.ts";
import { workbookRows } from "./workbook-rows.ts";

const lookedAt = 30;

interface Looked {
  sheet: WorkbookSheet;
  rows: SourceRow[];
  header: string[];
  headerLine: number;
  above: number;
  /** Whether its columns fit something Kept takes in. */
  fits: boolean;
}

/** The sheet of a workbook that holds the table: the one told, else the only one whose columns are known, else the first with rows. */
export async function openWorkbookSheet(path: string, told: Told): Promise<Sheet> {
  const workbook = await openWorkbook(path);
  const shown = workbook.sheets.filter(({ isHidden }) => !isHidden);
  const looked: Looked[] = [];
  for (const sheet of shown.length > 0 ? shown : workbook.sheets) {
    const one = await lookAt(sheet, workbookRows(workbook, sheet.part), told);
    if (one) looked.push(one);
  }
  const fitting = looked.filter(({ fits }) => fits);
  const chosen = looked.find(({ sheet }) => sheet.name === told.sheet);
  const best = chosen ?? fitting[0] ?? looked[0];
  if (!best) throw new PlainError("The workbook has no rows.", "Look whether the table is on a hidden sheet.");
  if (best.rows.length === 0)
    throw new PlainError("The sheet has column names and no rows.", "Export it again and look whether it has rows.");
  return {
    encoding: null,
    delimiter: null,
    hasNul: false,
    name: best.sheet.name,
    names: looked.map(({ sheet }) => sheet.name),
    isOpenWhich: chosen === undefined && fitting.length > 1,
    header: best.header,
    headerLine: best.headerLine,
    above: best.above,
    splitAt: null,
    crm: recogniseCrm(
      best.header,
      best.rows.slice(0, 5).map(({ cells }) => cells),
    ),
    end: null,
    all: () => workbookRows(workbook, best.sheet.part),
  };
}

async function lookAt(sheet: WorkbookSheet, batches: AsyncIterable<SourceRow[]>, { headerLine }: Told): Promise<Looked | null> {
  let rows: SourceRow[] = [];
  for await (const batch of batches) {
    rows = rows.concat(batch);
    if (rows.length >= lookedAt) break;
  }
  rows = rows.slice(0, Math.max(lookedAt, headerLine ?? 0)).filter((row) => filled(row) > 0);
  const told = headerLine === undefined ? -1 : rows.findIndex(({ line }) => line === headerLine);
  const at = told === -1 ? headerAmong(rows) : told;
  const head = rows[at];
  if (!head) return null;
  const header = head.cells.map((cell) => cell.trim());
  const fits = recognise(header, recogniseCrm(header, [])) !== null;
  return { sheet, rows: rows.slice(at + 1), header, headerLine: head.line, above: at, fits };
}
