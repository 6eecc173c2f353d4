import type pg from "pg";
import type { Counts, Job, Staging } from "./staging.ts";

export const quotaStaging: Staging = {
  columns: [
    { name: "person_id", type: "uuid" },
    { name: "month", type: "date" },
    { name: "amount_minor", type: "bigint" },
    { name: "currency", type: "text" },
  ],
  settle,
  apply,
};

async function settle(client: pg.ClientBase, { orgId }: Job): Promise<Counts> {
  await client.query("analyze staged");
  await client.query(`
    with twice as (select person_id, month, min(line) as first from staged where reason is null group by 1, 2 having count(*) > 1)
    update staged s set reason = 'the same person and month as in line ' || t.first
    from twice t where s.person_id = t.person_id and s.month = t.month and s.line > t.first and s.reason is null`);
  const { rows } = await client.query<{ total: number; known: number; changed: number }>(
    `select count(*)::int as total, count(q.person_id)::int as known,
      count(*) filter (where q.person_id is not null and (q.amount_minor, q.currency) is distinct from (s.amount_minor, s.currency))::int as changed
      from staged s left join quota q on q.org_id = $1 and q.person_id = s.person_id and q.month = s.month where s.reason is null`,
    [orgId],
  );
  const { total = 0, known = 0, changed = 0 } = rows[0] ?? {};
  return { fresh: total - known, changed, same: known - changed };
}

async function apply(client: pg.ClientBase, { orgId }: Job): Promise<void> {
  await client.query(
    `insert into quota (org_id, person_id, month, amount_minor, currency)
      select $1, person_id, month, amount_minor, currency from staged where reason is null order by line
      on conflict (org_id, person_id, month) do update set amount_minor = excluded.amount_minor, currency = excluded.currency`,
    [orgId],
  );
}
