import type pg from "pg";
import type { Job } from "./staging.ts";

/**
 * The stages a company began with go when its first deals bring others of the same outcome: those that no row is or was in, and
 * that nothing hangs on. What went is kept, so that it can be put back.
 */
export async function dropSpareStages(client: pg.ClientBase, { orgId, runId }: Job): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `select s.id from stage s where s.org_id = $1 and s.is_default
        and not exists (select 1 from opportunity o where o.org_id = $1 and o.made_by_run_id is distinct from $2)
        and exists (select 1 from stage t where t.org_id = $1 and t.outcome = s.outcome and t.import_run_id = $2)
        and not exists (select 1 from staged g where g.reason is null and s.id in (g.stage_id, g.first_stage_id))`,
    [orgId, runId],
  );
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  const free = "s.org_id = $1 and s.id = any($2::uuid[]) and s.id not in (select h.id from hangs_on('stage', $2::uuid[]) h)";
  await client.query(
    `insert into row_before_import (org_id, run_id, kind, id, row) select s.org_id, $3, 'stage', s.id, to_jsonb(s) from stage s where ${free} on conflict do nothing`,
    [orgId, ids, runId],
  );
  await client.query(`delete from stage s where ${free}`, [orgId, ids]);
}

/** Puts those back that went for the run. */
export async function restoreSpareStages(client: pg.ClientBase, orgId: string, runId: string): Promise<void> {
  await client.query(
    `insert into stage select p.* from row_before_import b cross join lateral jsonb_populate_record(null::public.stage, b.row) p
      where b.org_id = $1 and b.run_id = $2 and b.kind = 'stage' on conflict do nothing`,
    [orgId, runId],
  );
  await client.query("delete from row_before_import where org_id = $1 and run_id = $2 and kind = 'stage'", [orgId, runId]);
}
