import type pg from "pg";
import type { Counts, Job, Staging } from "./staging.ts";

interface Column {
  name: string;
  type: string;
  field: string;
}

/** Accounts and products: things with a name, an id in the source, and plain columns. */
function catalogueStaging(table: "account" | "product", own: readonly Column[], words: string): Staging {
  const all: Column[] = [{ name: "name", type: "text", field: "name" }, ...own];
  const columns = [{ name: "id", type: "uuid" }, { name: "external_id", type: "text" }, ...all];
  const compared = ({ provided }: Job) => all.filter(({ field }) => provided.has(field));
  return {
    columns,
    settle: async (client, job) => {
      await client.query("analyze staged");
      await failRepeats(client, words);
      await findKnown(client, table, job);
      return countRows(client, table, job, compared(job));
    },
    apply: async (client, job) => {
      const names = all.map(({ name }) => name).join(", ");
      await client.query(
        `insert into ${table} (org_id, id, source, external_id, import_run_id, ${names})
          select $1, s.id, $2, s.external_id, $3, ${all.map(({ name }) => `s.${name}`).join(", ")} from staged s
          where s.reason is null and not exists (select 1 from known k where k.line = s.line) order by s.line`,
        [job.orgId, job.source, job.runId],
      );
      const sets = compared(job).map(({ name }) => `${name} = s.${name}`);
      const different = differs(compared(job));
      const changed = `t.org_id = $1 and t.id = k.id and (${different} or (s.external_id not like 'name:%' and t.external_id <> s.external_id))`;
      await client.query(
        `insert into row_before_import (org_id, run_id, kind, id, row)
          select $1, $2, '${table}', t.id, to_jsonb(t) from known k join staged s on s.line = k.line join ${table} t on ${changed}`,
        [job.orgId, job.runId],
      );
      await client.query(
        `update ${table} t set ${sets.join(", ")}, external_id = case when s.external_id like 'name:%' then t.external_id else s.external_id end
          from known k join staged s on s.line = k.line
          where ${changed}`,
        [job.orgId],
      );
    },
  };
}

const differs = (columns: readonly Column[]): string =>
  `(${columns.map(({ name }) => `t.${name}`).join(", ")}) is distinct from (${columns.map(({ name }) => `s.${name}`).join(", ")})`;

async function failRepeats(client: pg.ClientBase, words: string): Promise<void> {
  await client.query(`
    with twice as (select external_id, min(line) as first from staged where reason is null group by 1 having count(*) > 1)
    update staged s set reason = 'the same ${words} as in line ' || t.first
    from twice t where s.external_id = t.external_id and s.line > t.first and s.reason is null`);
}

/** By the source's id, else by name. */
async function findKnown(client: pg.ClientBase, table: string, { orgId, source }: Job): Promise<void> {
  await client.query(
    `create temp table known on commit drop as
      select distinct on (id) line, id from (
        select s.line, coalesce(x.id, n.id) as id from staged s
        left join ${table} x on x.org_id = $1 and x.source = $2 and x.external_id = s.external_id
        left join lateral (select t.id from ${table} t where t.org_id = $1 and lower(t.name) = lower(s.name)
          and (s.external_id like 'name:%' or (t.source = $2 and t.external_id like 'name:%')) order by (t.source = $2) desc, t.id limit 1) n on x.id is null
        where s.reason is null) found
      where id is not null order by id, line`,
    [orgId, source],
  );
}

async function countRows(client: pg.ClientBase, table: string, job: Job, compared: readonly Column[]): Promise<Counts> {
  const { rows } = await client.query<{ total: number; known: number; changed: number }>(
    `select (select count(*)::int from staged where reason is null) as total, (select count(*)::int from known) as known,
      (select count(*)::int from known k join staged s on s.line = k.line join ${table} t on t.org_id = $1 and t.id = k.id where ${differs(compared)}) as changed`,
    [job.orgId],
  );
  const { total = 0, known = 0, changed = 0 } = rows[0] ?? {};
  return { fresh: total - known, changed, same: known - changed };
}

export const accountStaging = catalogueStaging(
  "account",
  [
    { name: "sector", type: "text", field: "sector" },
    { name: "location", type: "text", field: "location" },
    { name: "parent_name", type: "text", field: "parent_name" },
    { name: "employees", type: "integer", field: "employees" },
    { name: "annual_revenue_minor", type: "bigint", field: "annual_revenue" },
    { name: "founded_in", type: "integer", field: "founded_in" },
  ],
  "account",
);

export const productStaging = catalogueStaging(
  "product",
  [
    { name: "series", type: "text", field: "series" },
    { name: "list_price_minor", type: "bigint", field: "list_price" },
    { name: "currency", type: "text", field: "currency" },
  ],
  "product",
);
