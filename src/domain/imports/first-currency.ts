import type pg from "pg";
import type { ChangedField } from "../opportunities/history-queries.ts";
import { differenceOf, type HistoryRow } from "./replay-history.ts";

/**
 * What currency a deal began with is written down only once it changes: most never do. Until then it is that of the deal, and a
 * history is read as if it began with it.
 */

/** The rows of a deal in order, with the currency it began with where that is not written. */
export function withFirstCurrency(rows: readonly HistoryRow[], currency: string | undefined): readonly HistoryRow[] {
  const first = rows.find(({ field }) => field === "created") ?? rows[0];
  if (!first || currency === undefined || rows.some(isOfCurrency)) return rows;
  const implied: HistoryRow = { ...first, field: "currency", before: null, after: currency, isImplied: true };
  return rows.toSpliced(rows.indexOf(first), 0, implied);
}

const isOfCurrency = ({ field }: { field: ChangedField }): boolean => field === "currency";

/** What has to be taken out and put in so that `before` becomes `after`, and whether the first currency has to be written now. */
export function differenceWithCurrency(before: readonly HistoryRow[], after: readonly HistoryRow[]) {
  const [known, then] = [before.filter(isOfCurrency), after.filter(isOfCurrency)];
  const implied = known.find(({ isImplied }) => isImplied);
  const isAsEver =
    (implied !== undefined || known.length === 0) &&
    then.length <= 1 &&
    then.every((row) => row.before === null && (before.length === 0 || row.after === implied?.after));
  const rest = (rows: readonly HistoryRow[]) => (isAsEver ? rows.filter((row) => !isOfCurrency(row)) : rows);
  return { ...differenceOf(rest(before), rest(after)), writesFirst: !isAsEver && implied !== undefined };
}

/** Writes down the currency these deals are in as the one they began with, where none is written. `deals` is a query of ids. */
export async function keepFirstCurrencies(client: pg.ClientBase, orgId: string, deals: string): Promise<void> {
  await client.query(
    `insert into opportunity_change (org_id, opportunity_id, at, field, before, after, source, import_run_id)
      select $1, o.id, c.at, 'currency', null, o.currency, c.source, c.import_run_id
      from (select distinct id from (${deals}) x) d join opportunity o on o.org_id = $1 and o.id = d.id
        cross join lateral (
          select h.at, h.source, h.import_run_id from opportunity_change h where h.org_id = $1 and h.opportunity_id = o.id
          order by h.field <> 'created', h.at limit 1) c
      where not exists (select 1 from opportunity_change h where h.org_id = $1 and h.opportunity_id = o.id and h.field = 'currency')`,
    [orgId],
  );
}

/** Of the deals in the temporary table `touched (id)`: a first currency that was never followed by another says nothing. */
export async function dropLoneFirstCurrencies(client: pg.ClientBase, orgId: string): Promise<void> {
  await client.query(
    `delete from opportunity_change c using touched t
      where c.org_id = $1 and c.opportunity_id = t.id and c.field = 'currency' and c.before is null
        and not exists (select 1 from opportunity_change h
          where h.org_id = $1 and h.opportunity_id = t.id and h.field = 'currency' and h.at <> c.at)`,
    [orgId],
  );
}
