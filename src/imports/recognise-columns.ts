import { fieldWords, type ImportField, plainKey, targets, type What, whats } from "../domain/imports/import-fields.ts";
import type { Columns } from "../domain/imports/import-settings.ts";
import { standsIn, withWideColumns } from "../domain/imports/wide-columns.ts";

export interface Recognised {
  what: What;
  columns: Columns;
}

/** Which column holds which field: the first alias that a column bears wins, and a column is used once. */
export function columnsFor(what: What, header: readonly string[]): Columns {
  const keys = header.map(plainKey);
  const taken = new Set<number>();
  const columns: Columns = {};
  for (const field of targets[what].fields) {
    const at = findColumn(field, keys, taken);
    columns[field.key] = at;
    if (at !== null) taken.add(at);
  }
  return withWideColumns(what, header, columns);
}

function findColumn(field: ImportField, keys: readonly string[], taken: ReadonlySet<number>): number | null {
  for (const alias of field.aliases) {
    const wanted = plainKey(alias);
    const at = keys.findIndex((key, position) => !taken.has(position) && (key === wanted || key === `deal${wanted}`));
    if (at !== -1) return at;
  }
  return null;
}

/** What is still missing before such rows can be taken, as the fields' names. */
export function missingFields(what: What, columns: Columns): string[] {
  const isThere = (key: string) => columns[key] != null || standsIn(key, columns);
  const words = (key: string) => fieldWords(what, key);
  return targets[what].needs.filter((group) => !group.some(isThere)).map((group) => group.map(words).join(" or "));
}

/** What the file holds, judged by its column names alone: what can be taken whole and uses most of them. */
export function recognise(header: readonly string[]): Recognised | null {
  let best: Recognised | null = null;
  let most = 0;
  for (const what of whats) {
    const columns = columnsFor(what, header);
    if (missingFields(what, columns).length > 0) continue;
    const used = Object.values(columns).filter((at) => at !== null).length;
    if (used > most) [best, most] = [{ what, columns }, used];
  }
  return best;
}
