import type pg from "pg";
import { isCrm } from "./import-fields.ts";
import { bare } from "./preview-facts.ts";
import type { Job } from "./staging.ts";

/**
 * Deals that came in from a file nobody recognised, and stand now in one of a known program: the same id and name is the same
 * deal. They go into `known` like any other, and into `adopted`.
 */
export async function findAdopted(client: pg.ClientBase, { orgId, source }: Job): Promise<void> {
  await client.query("create temp table adopted (line integer, id uuid, external_id text) on commit drop");
  if (!isCrm(source)) return;
  const { rows } = await client.query<{ source: string }>(
    `select distinct source from import_run where org_id = $1 and state = 'applied' and what = 'opportunities' and (source = 'csv' or source like 'csv:%')`,
    [orgId],
  );
  if (rows.length === 0) return;
  // A Salesforce id is as often written without its last three letters.
  const ids = source === "salesforce" ? "s.external_id, left(s.external_id, 15)" : "s.external_id";
  await client.query(
    `insert into adopted select distinct on (s.line) s.line, o.id, s.external_id
      from staged s join opportunity o on o.org_id = $1 and o.source = any($2::text[]) and o.external_id in (${ids})
      where s.reason is null and ${bare("o.name")} = ${bare("s.name")} and not exists (select 1 from known k where k.line = s.line)
      order by s.line, o.last_change_at desc`,
    [orgId, rows.map((row) => row.source)],
  );
  await client.query("delete from adopted a using adopted b where a.id = b.id and a.line > b.line");
  await client.query(
    `insert into known select a.line, o.id, o.name, o.owner_id, o.account_id, o.product_id, o.stage_id, o.outcome, o.amount_minor, o.currency, o.close_on,
        o.forecast_category, o.next_step, o.created_at, o.last_change_at, o.vanished_at
      from adopted a join opportunity o on o.org_id = $1 and o.id = a.id`,
    [orgId],
  );
}

/** They are of this program from now on; what they were is kept, so that it can be taken back. */
export async function adopt(client: pg.ClientBase, { orgId, runId, source }: Job): Promise<void> {
  await client.query(
    `insert into row_before_import (org_id, run_id, kind, id, row)
      select $1, $2, 'opportunity', o.id, jsonb_build_object('source', o.source, 'external_id', o.external_id)
      from adopted a join opportunity o on o.org_id = $1 and o.id = a.id on conflict do nothing`,
    [orgId, runId],
  );
  await client.query(
    "update opportunity o set source = $2, external_id = a.external_id from adopted a where o.org_id = $1 and o.id = a.id",
    [orgId, source],
  );
}

/** Said beforehand. */
export async function adoptedNote(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ n: number }>("select count(*)::int as n from adopted");
  const n = rows[0]?.n ?? 0;
  if (n === 0) return [];
  const deals = n === 1 ? "One deal is" : `${n.toLocaleString("en-US")} deals are`;
  return [`${deals} here already from a file of another kind, with the same id and name: known again, not made anew.`];
}
