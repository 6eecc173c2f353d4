import type pg from "pg";
import { settingsText } from "./import-run-store.ts";
import type { Settings } from "./import-settings.ts";
import type { Counts, Job } from "./staging.ts";

/** Lines that only the database found something about: their cells are still to be read from the file. */
export async function linesWithoutCells(client: pg.ClientBase): Promise<number[]> {
  const { rows } = await client.query<{ line: number }>(
    "select line from staged where (reason is not null or warning is not null) and cells is null order by line",
  );
  return rows.map(({ line }) => line);
}

export async function addCells(client: pg.ClientBase, rows: readonly { line: number; cells: string[] }[]): Promise<void> {
  await client.query("update staged s set cells = v.cells from unnest($1::int[], $2::text[]) v(line, cells) where v.line = s.line", [
    rows.map(({ line }) => line),
    rows.map(({ cells }) => JSON.stringify(cells)),
  ]);
}

/** Writes down, in the same transaction as the rows themselves, what became of the file. */
export async function keepOutcome(
  client: pg.ClientBase,
  { orgId, runId, now, source }: Job,
  { state, counts, settings }: { state: "checked" | "applied" | "needs_answers"; counts: Counts; settings: Settings },
): Promise<void> {
  await client.query("delete from import_row where org_id = $1 and run_id = $2", [orgId, runId]);
  await client.query(
    `insert into import_row (org_id, run_id, line, outcome, reason, cells)
      select $1, $2, line, case when reason is null then 'warned' else 'failed' end, coalesce(reason, warning),
        array(select json_array_elements_text(coalesce(cells, '[]')::json))
      from staged where reason is not null or warning is not null order by line on conflict do nothing`,
    [orgId, runId],
  );
  await client.query(
    `update import_run set state = $3, settings = $4, rows_new = $5, rows_changed = $6, rows_same = $7, problem = null,
        rows_failed = (select count(*) from staged where reason is not null), rows_done = rows_total, finished_at = $8, source = $9
      where org_id = $1 and id = $2`,
    [orgId, runId, state, settingsText(settings), counts.fresh, counts.changed, counts.same, state === "applied" ? now : null, source],
  );
  if (state === "applied") await client.query("update import_run set file_path = null where org_id = $1 and id = $2", [orgId, runId]);
  await assertAllAccountedFor(client, orgId, runId);
  await client.query("select signal($1)", [`import:${runId}`]);
}

/** Every row of the file ends as new, changed, the same or listed: nothing is dropped, and nothing counted twice. */
async function assertAllAccountedFor(client: pg.ClientBase, orgId: string, runId: string): Promise<void> {
  const { rows } = await client.query<{ total: number; ended: number }>(
    `select rows_total as total, rows_new + rows_changed + rows_same + rows_failed as ended from import_run where org_id = $1 and id = $2`,
    [orgId, runId],
  );
  const { total, ended } = rows[0] ?? {};
  if (total !== ended) throw new Error(`of ${total} rows ${ended} are accounted for`);
}

/** One import at a time in an organisation: each must see what the one before has made. Held until the transaction ends. */
export async function takeTurn(client: pg.ClientBase, orgId: string): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended('kept import ' || $1, 0))", [orgId]);
}

/** Whether the run is still in the state its work was begun for: another process may have done it. */
export async function isStill(client: pg.ClientBase, orgId: string, runId: string, state: string): Promise<boolean> {
  const { rowCount } = await client.query("select 1 from import_run where org_id = $1 and id = $2 and state = $3", [orgId, runId, state]);
  return (rowCount ?? 0) > 0;
}
