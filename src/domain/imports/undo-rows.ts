import type pg from "pg";
import { refuseLaterRun } from "./refuse-later-run.ts";
import type { What } from "./import-fields.ts";

const nouns: Partial<Record<What, "activity" | "forecast" | "quota">> = { activities: "activity", forecasts: "forecast", quotas: "quota" };

/** The table whose rows such an import makes, where a row is all there is to it: no history, nothing that hangs on it. */
export const plainNoun = (what: What | null): "activity" | "forecast" | "quota" | null => (what && nouns[what]) ?? null;

interface TakenBack {
  orgId: string;
  runId: string;
  noun: "activity" | "forecast" | "quota";
}

/** What the run made goes; what it wrote over or took away is as before. Refused, in words, when a later import has changed it since. */
export async function takeBackRows(client: pg.ClientBase, { orgId, runId, noun }: TakenBack): Promise<void> {
  const { rows } = await client.query<{ name: string; day: string }>(
    `select r.file_name as name, r.finished_at::date::text as day from import_before b join import_run r on r.org_id = b.org_id and r.id = b.run_id
      where b.org_id = $1 and b.noun = $3 and b.before ->> 'import_run_id' = $2 order by r.finished_at desc limit 1`,
    [orgId, runId, noun],
  );
  refuseLaterRun(rows[0]);
  await client.query(`delete from ${noun} where org_id = $1 and import_run_id = $2`, [orgId, runId]);
  if (noun === "activity") await forgetGone(client, orgId, runId);
  await client.query(
    `insert into ${noun} select p.* from import_before b cross join lateral jsonb_populate_record(null::public.${noun}, b.before) p
      where b.org_id = $1 and b.run_id = $2 and b.noun = $3`,
    [orgId, runId, noun],
  );
  await client.query("delete from import_before where org_id = $1 and run_id = $2", [orgId, runId]);
}

/** A deal or an account that an activity was on may have been taken back itself in between. */
async function forgetGone(client: pg.ClientBase, orgId: string, runId: string): Promise<void> {
  for (const table of ["opportunity", "account"])
    await client.query(
      `update import_before b set before = b.before || '{"${table}_id": null}'
        where b.org_id = $1 and b.run_id = $2 and b.before ->> '${table}_id' is not null
          and not exists (select 1 from ${table} t where t.org_id = $1 and t.id::text = b.before ->> '${table}_id')`,
      [orgId, runId],
    );
}
