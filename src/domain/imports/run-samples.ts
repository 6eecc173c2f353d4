import { sql } from "kysely";
import type pg from "pg";
import type { Db } from "../../platform/database.ts";
import type { Job } from "./staging.ts";

/** One thing an import did, in words. */
export interface RunSample {
  opportunityId: string;
  name: string;
  /** "made" or the field that changed. */
  field: string;
  before: string | null;
  after: string | null;
  /** Of the deal: its amounts are told in it. Missing in runs of earlier versions. */
  currency?: string | null;
  /** Of the amount before, where the currency changed with it. */
  currencyBefore?: string | null;
  at: string;
}

const shown = 8;

const named = (value: string) => `case m.field
  when 'stage' then (select name from stage where org_id = $1 and id::text = ${value})
  when 'owner' then (select name from person where org_id = $1 and id::text = ${value})
  when 'account' then (select name from account where org_id = $1 and id::text = ${value})
  when 'product' then (select name from product where org_id = $1 and id::text = ${value})
  else ${value} end`;

/** A few of the changes that have just been applied, the telling ones first. */
export async function readSamples(client: pg.ClientBase, { orgId, isLate }: Job, isHistory: boolean): Promise<RunSample[]> {
  const from = isLate || isHistory ? "placed_in" : "moved";
  const { rows } = await client.query<RunSample>(
    `with picked as (
        select m.id, m.field, m.before, m.after, m.at from (
          select *, row_number() over (partition by field order by at desc, id) as nth from ${from}) m where m.nth <= 3 and m.field not in ('created', 'name') and m.before is distinct from m.after
        order by case m.field when 'stage' then 0 when 'vanished' then 1 when 'amount' then 2 when 'currency' then 3 when 'close_on' then 4 else 5 end, m.at desc, m.id limit ${shown})
      select o.id as "opportunityId", o.name, m.field, ${named("m.before")} as before, ${named("m.after")} as after, coalesce(x.after, o.currency) as currency, x.before as "currencyBefore", m.at::date::text as at
      from picked m join opportunity o on o.org_id = $1 and o.id = m.id
        left join ${from} x on m.field = 'amount' and x.id = m.id and x.at = m.at and x.field = 'currency'`,
    [orgId],
  );
  if (isHistory) return rows;
  const { rows: made } = await client.query<RunSample>(
    `select o.id as "opportunityId", o.name, 'made' as field, null as before, st.name as after, o.created_at::date::text as at
      from (select s.id from staged s where s.reason is null and not exists (select 1 from known k where k.line = s.line) order by s.line limit ${shown}) s
        join opportunity o on o.org_id = $1 and o.id = s.id join stage st on st.org_id = $1 and st.id = o.stage_id`,
    [orgId],
  );
  return [...rows, ...made];
}

/** Those of these deals that the viewer may open: an admin who sets up imports need not see the pipeline. */
export async function visibleDeals(db: Db, orgId: string, samples: readonly RunSample[]): Promise<Set<string>> {
  if (samples.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from opportunity where org_id = ${orgId} and id = any(${samples.map(({ opportunityId }) => opportunityId)}::uuid[])`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Names of who started the run and who took it back. */
export async function peopleOfRun(db: Db, orgId: string, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from person where org_id = ${orgId} and id = any(${ids.filter((id) => id !== null)}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
