import type { Request } from "../platform/http.ts";

/** A cell that a spreadsheet would take for a formula is marked as text. */
const plainCell = (value: string): string => (/^[=+\-@\t\r]/.test(value) && !/^[+-]?\d+([.,]\d+)?$/.test(value) ? `'${value}` : value);

const quoted = (value: string): string => (/[",;\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((cell) => quoted(plainCell(String(cell ?? "")))).join(",")}\r\n`;

/** Sends a table as CSV (UTF-8 with a byte order mark, which spreadsheets want). */
export function csv(c: Request, fileName: string, head: readonly string[], rows: Iterable<readonly (string | number | null)[]>): Response {
  let text = `\uFEFF${csvLine(head)}`;
  for (const row of rows) text += csvLine(row);
  c.header("content-disposition", `attachment; filename="${fileName}"`);
  c.header("cache-control", "no-store");
  return c.body(text, 200, { "content-type": "text/csv; charset=utf-8" });
}
