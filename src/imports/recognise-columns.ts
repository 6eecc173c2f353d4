import { type Crm, fieldWords, type ImportField, plainKey, targets, type What, whats } from "../domain/imports/import-fields.ts";
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
    const at = findColumn(field, keys, { taken, prefixes: prefixes[what] ?? [""] });
    columns[field.key] = at;
    if (at !== null) taken.add(at);
  }
  if (what === "opportunities") columns.currency = currencyOf(columns.amount, keys) ?? columns.currency ?? null;
  return withWideColumns(what, header, columns);
}

/** Some programs put what a column belongs to before its name: “Deal - Title”, “Opportunity_Est. revenue”. */
const prefixes: Partial<Record<What, readonly string[]>> = { opportunities: ["", "deal", "opportunity"] };

interface Among {
  taken: ReadonlySet<number>;
  prefixes: readonly string[];
}

function findColumn(field: ImportField, keys: readonly string[], among: Among): number | null {
  for (const alias of field.aliases) {
    const wanted = new Set(among.prefixes.map((prefix) => prefix + plainKey(alias)));
    const at = keys.findIndex((key, position) => !among.taken.has(position) && wanted.has(key));
    if (at !== -1) return at;
  }
  return null;
}

/** Where each sum has its own column for the currency, that of the amount: “Amount Currency”, “Currency of Value”. */
function currencyOf(amount: number | null | undefined, keys: readonly string[]): number | null {
  const bare = amount == null ? "" : (keys[amount] ?? "").replace(/^deal(?=value)/, "");
  if (bare === "") return null;
  const names = [`${bare}currency`, `currencyof${bare}`, `dealcurrencyof${bare}`, `opportunity${bare}currency`];
  const at = keys.findIndex((key) => names.includes(key));
  return at === -1 ? null : at;
}

/** What is still missing before such rows can be taken, as the fields' names. */
export function missingFields(what: What, columns: Columns): string[] {
  const isThere = (key: string) => columns[key] != null || standsIn(key, columns);
  const words = (key: string) => fieldWords(what, key);
  return targets[what].needs.filter((group) => !group.some(isThere)).map((group) => group.map(words).join(" or "));
}

/** Fields told by other columns than their own. */
const toldBy: Record<string, readonly string[]> = {
  name: ["first_name", "last_name"],
  owner: ["owner_email", "owner_id"],
  stage: ["status", "is_won", "is_lost", "is_closed", "won_on", "lost_reason", "lost_on"],
  close_on: ["closed_on", "won_on", "lost_on"],
  amount: ["actual_amount"],
};

/** Fields the file says something about. */
export function providedFields(columns: Columns): Set<string> {
  const provided = new Set(Object.keys(columns).filter((field) => columns[field] != null));
  for (const [field, others] of Object.entries(toldBy)) if (others.some((other) => provided.has(other))) provided.add(field);
  return provided;
}

/** What the file holds, judged by its column names alone: what can be taken whole and uses most of them. */
export function recognise(header: readonly string[], crm: Crm | null = null): Recognised | null {
  let best: Recognised | null = null;
  let most = 0;
  for (const what of whats) {
    const columns = columnsFor(what, header);
    if (missingFields(what, columns).length > 0) continue;
    const used = Object.values(columns).filter((at) => at !== null).length;
    if (used > most) [best, most] = [{ what, columns }, used];
  }
  return best ?? (crm ? dealsOf(header) : null);
}

/** A file of a known program without a column that is needed: what it holds is clear enough to ask for that column alone. */
function dealsOf(header: readonly string[]): Recognised | null {
  const columns = columnsFor("opportunities", header);
  const used = Object.values(columns).filter((at) => at !== null).length;
  return used >= 3 ? { what: "opportunities", columns } : null;
}
