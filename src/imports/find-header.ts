import type { SourceRow } from "./read-records.ts";
import { recognise } from "./recognise-columns.ts";
import { recogniseCrm } from "./recognise-crm.ts";

export const filled = ({ cells }: SourceRow): number => cells.filter((cell) => cell.trim() !== "").length;

/** How many cells most rows have filled. */
function usual(rows: readonly SourceRow[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(filled(row), (counts.get(filled(row)) ?? 0) + 1);
  let [width, most] = [0, 0];
  for (const [n, times] of counts) if (times > most || (times === most && n > width)) [width, most] = [n, times];
  return width;
}

/**
 * Which of the first rows holds the names of the columns: mostly the first. Reports put a title and filters above it;
 * those fill fewer cells than the names do.
 */
export function headerAmong(rows: readonly SourceRow[]): number {
  const [first] = rows;
  if (!first || isHeader(first, 1)) return 0;
  let widest = filled(first);
  for (const [at, row] of rows.entries()) {
    if (at === 0) continue;
    if (filled(row) > widest && isHeader(row, 3)) return at;
    widest = Math.max(widest, filled(row));
  }
  const width = usual(rows);
  return filled(first) * 2 > width
    ? 0
    : Math.max(
        0,
        rows.findIndex((row) => filled(row) * 2 > width),
      );
}

function isHeader({ cells }: SourceRow, least: number): boolean {
  const found = recognise(cells);
  if (found && Object.values(found.columns).filter((at) => at !== null).length >= least) return true;
  return recogniseCrm(cells, []) !== null;
}
