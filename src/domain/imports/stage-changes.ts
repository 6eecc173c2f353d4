import type pg from "pg";
import { placeFacts } from "./place-facts.ts";
import { makeMissing } from "./make-missing.ts";
import { applyPlaced } from "./apply-placed.ts";
import type { Counts, Job, Staging } from "./staging.ts";

/** Dated changes that a program kept itself: facts, which no export puts otherwise. */
export const changeStaging: Staging = {
  columns: [
    { name: "external_id", type: "text" },
    { name: "id", type: "uuid" },
    { name: "field", type: "text" },
    { name: "before", type: "text" },
    { name: "after", type: "text" },
    { name: "at", type: "timestamptz" },
  ],
  settle,
  apply,
};

async function settle(client: pg.ClientBase, asked: Job): Promise<Counts> {
  await client.query("analyze staged");
  await client.query("create temp table account_key (key text, name text, id uuid, is_new boolean) on commit drop");
  const job = { ...asked, source: await sourceOf(client, asked) };
  const { orgId, source } = job;
  await client.query(
    `update staged s set id = o.id from opportunity o
      where s.reason is null and o.org_id = $1 and o.source = $2 and o.external_id = s.external_id`,
    [orgId, source],
  );
  await client.query(
    "update staged set reason = 'no opportunity with the id “' || external_id || '” is here: bring in the opportunities first' where reason is null and id is null",
  );
  await fitAccounts(client, orgId);
  await client.query(
    `with twice as (select id, field, at, min(line) as first from staged where reason is null group by 1, 2, 3 having count(*) > 1)
      update staged s set reason = 'line ' || t.first || ' says otherwise of the same instant'
      from twice t join staged f on f.line = t.first
      where s.reason is null and s.id = t.id and s.field = t.field and s.at = t.at and s.line > t.first and s.after is distinct from f.after`,
  );
  await placeFacts(client, job);
  const { rows } = await client.query<{ total: number; fresh: number }>(
    `select count(*)::int as total, count(p.id)::int as fresh from (select *, row_number() over (partition by id, field, at order by line) as nth from staged where reason is null) s
      left join placed_in p on p.id = s.id and p.field = s.field and p.at = s.at and p.after is not distinct from s.after and s.nth = 1`,
  );
  const { total = 0, fresh = 0 } = rows[0] ?? {};
  return { fresh, changed: 0, same: total - fresh };
}

/** A history belongs to the deals of its own program; where none has its ids, to those that have most of them. */
async function sourceOf(client: pg.ClientBase, { orgId, source }: Job): Promise<string> {
  const { rows } = await client.query<{ source: string }>(
    `select o.source from (select distinct external_id from staged where reason is null) s
        join opportunity o on o.org_id = $1 and o.external_id = s.external_id
      group by 1 order by (o.source = $2 and $2 <> 'csv') desc, count(*) desc, 1 limit 1`,
    [orgId, source],
  );
  return rows[0]?.source ?? source;
}

/** Accounts are written by name there. */
async function fitAccounts(client: pg.ClientBase, orgId: string): Promise<void> {
  for (const value of ["before", "after"]) {
    await client.query(
      `update staged s set ${value} = a.id::text from (select distinct on (lower(name)) lower(name) as key, id from account where org_id = $1 order by lower(name), id) a
        where s.reason is null and s.field = 'account' and lower(s.${value}) = a.key`,
      [orgId],
    );
    await client.query(
      `update staged s set reason = 'no account is called “' || s.${value} || '”'
        where s.reason is null and s.field = 'account' and s.${value} is not null and s.${value} !~ '^[0-9a-f-]{36}$'`,
    );
  }
}

async function apply(client: pg.ClientBase, job: Job): Promise<void> {
  await makeMissing(client, job);
  await applyPlaced(client, job);
  await client.query(
    "update import_run set covers = 'part', exported_at = coalesce((select max(at) from staged where reason is null), $3) where org_id = $1 and id = $2",
    [job.orgId, job.runId, job.exportedAt],
  );
}
