import type { Request } from "../platform/http.ts";

export type Cell = string | number | null | undefined;

/** A cell that a spreadsheet would run as a formula gets an apostrophe before it: it stays text. Numbers of ours are numbers. */
function neutral(cell: Cell): string {
  if (typeof cell === "number") return String(cell);
  const text = (cell ?? "").replaceAll("\u0000", "");
  return /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

const quoted = (text: string): string => (/[",\n\r;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const csvText = (head: readonly string[], rows: Iterable<readonly Cell[]>): string =>
  [head, ...rows].map((row) => row.map((cell) => quoted(neutral(cell))).join(",")).join("\r\n") + "\r\n";

/** Sends rows as a file for a spreadsheet: UTF-8 with its mark, so that Excel reads every name right. */
export function csv(c: Request, fileName: string, head: readonly string[], rows: Iterable<readonly Cell[]>): Response {
  return c.body(`\ufeff${csvText(head, rows)}`, 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="${fileName}"`,
    "cache-control": "no-store",
  });
}
