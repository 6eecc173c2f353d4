import type pg from "pg";
import { systemOf } from "./import-lists.ts";
import type { Job } from "./staging.ts";

/** Accounts by name; those the file alone knows get an id and are made when it is applied. */
export async function makeAccountKeys(client: pg.ClientBase, job: Job): Promise<void> {
  await client.query(
    `create temp table account_key on commit drop as
      select distinct on (lower(name)) lower(name) as key, name, id, false as is_new from account
      where org_id = $1 order by lower(name), (source = $2) desc, id`,
    [job.orgId, systemOf(job.source)],
  );
  const said = Object.entries(job.accounts ?? {}).filter(([, id]) => id !== "");
  if (said.length > 0) {
    const by = [said.map(([name]) => name.toLowerCase()), said.map(([, id]) => id)];
    await client.query("delete from account_key where key = any($1::text[])", by.slice(0, 1));
    await client.query(
      "insert into account_key select distinct on (key) key, key, id, false from unnest($1::text[], $2::uuid[]) said(key, id)",
      by,
    );
  }
  // Made under this name once and called otherwise since.
  await client.query(
    `insert into account_key
      select distinct lower(s.account), s.account, x.id, false from staged s
        join account x on x.org_id = $1 and x.source = $2 and x.external_id = 'name:' || lower(s.account)
      where s.reason is null and not exists (select 1 from account_key a where a.key = lower(s.account))`,
    [job.orgId, systemOf(job.source)],
  );
  await client.query(`insert into account_key
    select lower(s.account), min(s.account), gen_random_uuid(), true from staged s
    where s.reason is null and s.account is not null and not exists (select 1 from account_key a where a.key = lower(s.account))
    group by 1`);
  await client.query("analyze account_key");
}

/** Accounts, products and stages that only the file names. */
export async function makeMissing(client: pg.ClientBase, job: Job): Promise<void> {
  await client.query(
    `insert into account (org_id, id, source, external_id, name, import_run_id)
      select $1, id, $2, 'name:' || key, name, $3 from account_key where is_new on conflict (org_id, source, external_id) do nothing`,
    [job.orgId, systemOf(job.source), job.runId],
  );
  for (const { id, name } of job.newProducts)
    await client.query(
      "insert into product (org_id, id, source, external_id, name, currency, import_run_id) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
      [job.orgId, id, systemOf(job.source), `name:${name.toLowerCase()}`, name, job.currency, job.runId],
    );
  for (const stage of job.newStages) await makeStage(client, job, stage);
}

/** A new open stage comes after the open ones and before won and lost. */
async function makeStage(client: pg.ClientBase, { orgId, runId }: Job, stage: Job["newStages"][number]): Promise<void> {
  const { rows } = await client.query<{ position: number }>(
    "select coalesce(max(position) + 1, 0)::int as position from stage where org_id = $1 and (outcome = 'open' or $2 <> 'open')",
    [orgId, stage.outcome],
  );
  const position = rows[0]?.position ?? 0;
  if (stage.outcome === "open")
    await client.query("update stage set position = position + 1 where org_id = $1 and outcome <> 'open' and position >= $2", [
      orgId,
      position,
    ]);
  await client.query("insert into stage (org_id, id, name, position, outcome, import_run_id) values ($1, $2, $3, $4, $5, $6)", [
    orgId,
    stage.id,
    stage.name,
    position,
    stage.outcome,
    runId,
  ]);
}
