import type pg from "pg";
import { countFates, type Counts, type Job, type Staging } from "./staging.ts";

export const activityStaging: Staging = {
  columns: [
    { name: "id", type: "uuid" },
    { name: "external_id", type: "text" },
    { name: "type", type: "text" },
    { name: "person_id", type: "uuid" },
    { name: "at", type: "timestamptz" },
    { name: "is_done", type: "boolean" },
    { name: "opportunity", type: "text" },
    { name: "account", type: "text" },
    { name: "subject", type: "text" },
    // Fields the row does not speak of: they stay as they are here. A file has none.
    { name: "kept", type: "text[]" },
  ],
  settle,
  apply,
};

const columnsOf: Record<string, readonly string[]> = {
  type: ["type"],
  person: ["person_id"],
  at: ["at"],
  status: ["is_done"],
  opportunity: ["opportunity_id", "account_id"],
  account: ["account_id"],
  subject: ["subject"],
};
/** What is compared and written: only what the file has a column for. */
const compared = ({ provided }: Job): string[] => [...new Set([...provided].flatMap((field) => columnsOf[field] ?? []))];

async function settle(client: pg.ClientBase, job: Job): Promise<Counts> {
  await client.query("analyze staged");
  // Rows without an id that are alike in everything are several all the same.
  await client.query(`
    with alike as (select line, row_number() over (partition by external_id order by line) as n from staged where external_id like 'row:%')
    update staged s set external_id = s.external_id || ' ' || n from alike a where a.line = s.line and a.n > 1`);
  await client.query(`
    with twice as (select external_id, min(line) as first from staged where reason is null group by 1 having count(*) > 1)
    update staged s set reason = 'the same activity as in line ' || t.first
    from twice t where s.external_id = t.external_id and s.line > t.first and s.reason is null`);
  await findOpportunities(client, job);
  await findAccounts(client, job);
  await keepUnspoken(client, job);
  await client.query(
    `create temp table fate on commit drop as
      select s.line, case when a.id is null then 'new'
        when (${compared(job)
          .map((name) => `a.${name}`)
          .join(", ")}) is distinct from (${compared(job)
          .map((name) => (name === "opportunity_id" ? "f.opportunity_id" : name === "account_id" ? "f.account_id" : `s.${name}`))
          .join(", ")}) then 'changed' else 'same' end as fate,
        coalesce(a.id, s.id) as id, f.opportunity_id, f.account_id
      from staged s join fitted f on f.line = s.line
      left join activity a on a.org_id = $1 and a.source = $2 and a.external_id = s.external_id
      where s.reason is null`,
    [job.orgId, job.source],
  );
  return countFates(client);
}

/** By its id, else by a name that only one bears, else by one that only one of the person's own bears. */
async function findOpportunities(client: pg.ClientBase, { orgId, source }: Job): Promise<void> {
  await client.query(
    `create temp table fitted on commit drop as
      with wanted as (
        select line, person_id, opportunity as words, lower(opportunity) as key, nullif(trim(split_part(opportunity, ';', 1)), '') as first
        from staged where reason is null),
      deal as (select id, owner_id, account_id, external_id, source, lower(name) as key from opportunity
        where org_id = $1 and (external_id in (select words from wanted union select first from wanted) or lower(name) in (select key from wanted)
          or id::text in (select key from wanted))),
      by_id as (
        select distinct on (line) line, id from (
          select w.line, d.id, 1 as rank, d.source from wanted w join deal d on d.external_id = w.words
          union all select w.line, d.id, 2, d.source from wanted w join deal d on d.external_id = w.first
          union all select w.line, d.id, 3, d.source from wanted w join deal d on d.id::text = w.key) found
        order by line, rank, source = $2 desc),
      by_name as (
        select w.line, (array_agg(d.id order by d.owner_id = w.person_id desc))[1] as id, count(*) as n,
          count(*) filter (where d.owner_id = w.person_id) as own
        from wanted w join deal d on d.key = w.key group by w.line)
      select w.line, coalesce(i.id, case when n.n = 1 or n.own = 1 then n.id end) as opportunity_id, null::uuid as account_id,
        case when w.words is null or i.id is not null or n.n = 1 or n.own = 1 then null
          when n.n > 1 then 'more than one deal is called “' || w.words || '”: taken in without it'
          else 'no deal here is called “' || w.words || '”: taken in without it' end as warning
      from wanted w left join by_id i on i.line = w.line left join by_name n on n.line = w.line`,
    [orgId, source],
  );
  await client.query("analyze fitted");
  await client.query("update staged s set warning = f.warning from fitted f where f.line = s.line and f.warning is not null");
}

/** By name; where none is given, or none is found, that of the deal. */
async function findAccounts(client: pg.ClientBase, { orgId }: Job): Promise<void> {
  await client.query(
    `update fitted f set account_id = coalesce(a.id, o.account_id)
      from staged s
        left join (select distinct on (lower(name)) lower(name) as key, id from account where org_id = $1 order by lower(name), id) a on a.key = lower(s.account)
        left join fitted g on g.line = s.line
        left join opportunity o on o.org_id = $1 and o.id = g.opportunity_id
      where s.line = f.line`,
    [orgId],
  );
  await client.query(`
    update staged s set warning = concat_ws('; ', s.warning, 'no account here is called “' || s.account || '”: taken in without it')
    from fitted f where f.line = s.line and s.account is not null and f.account_id is null`);
}

async function keepUnspoken(client: pg.ClientBase, { orgId, source }: Job): Promise<void> {
  const known = "from activity a where a.org_id = $1 and a.source = $2 and a.external_id = s.external_id and s.kept is not null";
  await client.query(
    `update staged s set subject = case when 'subject' = any(s.kept) then a.subject else s.subject end,
      is_done = case when 'isDone' = any(s.kept) then a.is_done else s.is_done end ${known}`,
    [orgId, source],
  );
  await client.query(
    `update fitted f set opportunity_id = case when 'opportunity' = any(s.kept) then a.opportunity_id else f.opportunity_id end,
        account_id = case when 'account' = any(s.kept) and ('opportunity' = any(s.kept) or f.account_id is null) then a.account_id else f.account_id end
      from staged s, activity a where s.line = f.line and a.org_id = $1 and a.source = $2 and a.external_id = s.external_id and s.kept is not null`,
    [orgId, source],
  );
}

async function apply(client: pg.ClientBase, job: Job): Promise<void> {
  const by = [job.orgId, job.runId];
  await client.query(
    `insert into import_before (org_id, run_id, line, noun, before)
      select $1, $2, f.line, 'activity', to_jsonb(a) from fate f join activity a on a.org_id = $1 and a.id = f.id where f.fate = 'changed'`,
    by,
  );
  await client.query(
    `insert into activity (org_id, id, source, external_id, type, person_id, at, is_done, opportunity_id, account_id, subject, import_run_id)
      select $1, s.id, $3, s.external_id, s.type, s.person_id, s.at, s.is_done, f.opportunity_id, f.account_id, s.subject, $2
      from staged s join fate f on f.line = s.line and f.fate = 'new' order by s.line`,
    [...by, job.source],
  );
  const sets = compared(job).map((name) => `${name} = ${name === "opportunity_id" || name === "account_id" ? "f" : "s"}.${name}`);
  await client.query(
    `update activity a set ${[...sets, "import_run_id = $2"].join(", ")}
      from staged s join fate f on f.line = s.line and f.fate = 'changed' where a.org_id = $1 and a.id = f.id`,
    by,
  );
}
