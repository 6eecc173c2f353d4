import type pg from "pg";
import type { HistoryRow } from "./replay-history.ts";

/** What has to change in histories, in temporary tables: `placed_out`, `placed_in`, and `placed_first` (see first-currency.ts). */
export async function makePlaced(client: pg.ClientBase): Promise<void> {
  await client.query(`
    create temp table placed_out (id uuid, at timestamptz, field text) on commit drop;
    create temp table placed_in (id uuid, at timestamptz, field text, before text, after text) on commit drop;
    create temp table placed_first (id uuid) on commit drop`);
}

const column = (rows: readonly (HistoryRow & { id: string })[]) => [
  rows.map(({ id }) => id),
  rows.map(({ at }) => new Date(at)),
  rows.map(({ field }) => field),
];

interface Placed {
  out: readonly (HistoryRow & { id: string })[];
  put: readonly (HistoryRow & { id: string })[];
  /** Deals whose first currency has to be written down before. */
  first: readonly string[];
}

export async function writePlaced(client: pg.ClientBase, { out, put, first }: Placed): Promise<void> {
  if (first.length > 0) await client.query("insert into placed_first select * from unnest($1::uuid[])", [first]);
  if (out.length > 0)
    await client.query("insert into placed_out select * from unnest($1::uuid[], $2::timestamptz[], $3::text[])", column(out));
  if (put.length > 0)
    await client.query("insert into placed_in select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[])", [
      ...column(put),
      put.map(({ before }) => before),
      put.map(({ after }) => after),
    ]);
}
