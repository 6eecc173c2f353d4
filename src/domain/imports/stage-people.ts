import type pg from "pg";
import { keepPeopleBefore, notePeopleBefore, personFields } from "./people-before.ts";
import type { Counts, Job, Staging } from "./staging.ts";

/** From when on roles and reporting lines of people hold whose start is not known. */
const longAgo = "2000-01-01";

export const personStaging: Staging = {
  columns: [
    { name: "id", type: "uuid" },
    // The person here, once found; else the new id.
    { name: "person_id", type: "uuid" },
    { name: "external_id", type: "text" },
    { name: "name", type: "text" },
    { name: "email", type: "text" },
    { name: "manager", type: "text" },
    { name: "team", type: "text" },
    { name: "roles", type: "text[]" },
    { name: "time_zone", type: "text" },
    { name: "started_on", type: "date" },
    { name: "left_on", type: "date" },
    { name: "experience", type: "text" },
  ],
  settle,
  apply,
};

const compared = ({ provided }: Job) => personFields.filter((field) => provided.has(field));
const differs = (job: Job): string => {
  const fields = compared(job);
  if (fields.length === 0) return "false";
  return `(${fields.map((f) => `p.${f}`).join(", ")}) is distinct from (${fields.map((f) => `s.${f}`).join(", ")})`;
};

async function settle(client: pg.ClientBase, job: Job): Promise<Counts> {
  await matchPeople(client, job);
  await failRepeats(client);
  await matchManagers(client, job);
  await cutCircles(client, job);
  return countRows(client, job);
}

/** By the id of the source, else by mail address, else by a name that only one person bears. */
async function matchPeople(client: pg.ClientBase, { orgId }: Job): Promise<void> {
  await client.query("analyze staged");
  await client.query(
    `create temp table bearer on commit drop as
      select lower(name) as key, (array_agg(id))[1] as id, count(*) as n, (array_agg(lower(email)))[1] as email, (array_agg(external_id))[1] as external_id
      from person where org_id = $1 group by 1`,
    [orgId],
  );
  await client.query(
    `update staged s set
        person_id = coalesce(f.by_id, f.by_mail, f.by_name, s.id),
        reason = case when coalesce(f.by_id, f.by_mail) is null and f.bearers > 1 and s.email is null and s.external_id is null
          then 'more than one person is called “' || s.name || '”: give a mail address or an id' end
      from (select t.line, x.id as by_id, m.id as by_mail, b.n as bearers,
          case when b.n = 1 and (t.email is null or b.email is null or b.email = t.email)
            and (t.external_id is null or b.external_id is null) then b.id end as by_name
        from staged t
        left join person x on x.org_id = $1 and x.external_id = t.external_id
        left join person m on m.org_id = $1 and lower(m.email) = t.email
        left join bearer b on b.key = lower(t.name)
        where t.reason is null) f
      where f.line = s.line`,
    [orgId],
  );
}

async function failRepeats(client: pg.ClientBase): Promise<void> {
  for (const key of ["person_id::text", "email", "external_id", "case when email is null and external_id is null then lower(name) end"])
    await client.query(`
      with twice as (select ${key} as key, min(line) as first from staged where reason is null group by 1 having count(*) > 1)
      update staged s set reason = 'the same person as in line ' || t.first
      from twice t where (${key}) = t.key and s.line > t.first and s.reason is null`);
}

/** Who each manager's name or mail address means: somebody in the file, somebody here already, or somebody to be made. */
async function matchManagers(client: pg.ClientBase, { orgId }: Job): Promise<void> {
  await client.query(
    `create temp table called on commit drop as
      select key, (array_agg(id))[1] as id, count(distinct id) as n from (
        select lower(name) as key, person_id as id from staged where reason is null
        union all select email, person_id from staged where reason is null and email is not null
        union all select lower(external_id), person_id from staged where reason is null and external_id is not null
        union all select lower(name), id from person where org_id = $1
        union all select lower(email), id from person where org_id = $1 and email is not null
        union all select lower(external_id), id from person where org_id = $1 and external_id is not null) all_names
      group by key`,
    [orgId],
  );
  await client.query(`update staged s set reason = 'more than one person is called “' || s.manager || '”, its manager'
    from called c where c.key = lower(s.manager) and c.n > 1 and s.reason is null`);
  await client.query(`create temp table new_manager on commit drop as
    select lower(manager) as key, gen_random_uuid() as id, min(manager) as name from staged s
    where reason is null and manager is not null and not exists (select 1 from called c where c.key = lower(s.manager)) group by 1`);
  await client.query(`create temp table edge on commit drop as
    select s.line, s.person_id, coalesce(c.id, n.id) as manager_id from staged s
    left join called c on c.key = lower(s.manager) left join new_manager n on n.key = lower(s.manager)
    where s.reason is null`);
  await client.query(`with own as (update edge set manager_id = null where person_id = manager_id returning line)
    update staged s set warning = 'names itself as its manager: taken in without one' from own where own.line = s.line`);
}

/**
 * Nobody may report to themselves through others: neither within the file nor together with the lines that are here.
 * Such people go in with the manager they have here, and if that does not help without one.
 */
async function cutCircles(client: pg.ClientBase, { orgId }: Job): Promise<void> {
  const current = "(select l.manager_id from reporting_line l where l.org_id = $1 and l.person_id = e.person_id and l.until_on is null)";
  for (const instead of [current, "null"])
    await client.query(
      `with recursive line as (
          select person_id, manager_id from edge where manager_id is not null
          union all select l.person_id, l.manager_id from reporting_line l where l.org_id = $1 and l.until_on is null
            and not exists (select 1 from edge e where e.person_id = l.person_id)),
        above as (
          select person_id as start, manager_id as at from line
          union select a.start, l.manager_id from above a join line l on l.person_id = a.at and a.at <> a.start),
        circle as (select start from above where start = at),
        cut as (update edge e set manager_id = ${instead} from circle c where e.person_id = c.start returning e.line)
      update staged s set warning = 'would report to itself through “' || s.manager || '”: taken in without that manager' from cut where cut.line = s.line`,
      [orgId],
    );
}

async function countRows(client: pg.ClientBase, job: Job): Promise<Counts> {
  await client.query(
    `create temp table touched on commit drop as
      select s.line, p.id is null as is_new, p.id is not null and (${differs(job)}
          or ${job.provided.has("manager") ? "l.manager_id is distinct from e.manager_id" : "false"}
          or exists (select 1 from unnest(s.roles) as wanted(role) where wanted.role not in (
            select r.role from person_role r where r.org_id = $1 and r.person_id = p.id and r.until_on is null))
          or (s.roles is not null and exists (select 1 from person_role r where r.org_id = $1 and r.person_id = p.id and r.until_on is null
            and r.role <> 'admin' and r.role <> all(s.roles)))) as is_changed
      from staged s left join edge e on e.line = s.line
      left join person p on p.org_id = $1 and p.id = s.person_id
      left join reporting_line l on l.org_id = $1 and l.person_id = p.id and l.until_on is null
      where s.reason is null`,
    [job.orgId],
  );
  const { rows } = await client.query<{ fresh: number; changed: number; same: number }>(
    `select count(*) filter (where is_new)::int as fresh, count(*) filter (where is_changed)::int as changed,
      count(*) filter (where not is_new and not is_changed)::int as same from touched`,
  );
  return rows[0] ?? { fresh: 0, changed: 0, same: 0 };
}

async function apply(client: pg.ClientBase, job: Job): Promise<void> {
  await notePeopleBefore(client, job);
  await insertPeople(client, job);
  await updatePeople(client, job);
  await setRoles(client, job);
  if (job.provided.has("manager")) await setLines(client, job);
  await keepPeopleBefore(client, job);
}

async function insertPeople(client: pg.ClientBase, { orgId, runId, now, timeZone }: Job): Promise<void> {
  await client.query(
    "insert into person (org_id, id, name, time_zone, created_at, import_run_id) select $1, id, name, $2, $3, $4 from new_manager order by name",
    [orgId, timeZone, now, runId],
  );
  await client.query(
    `insert into person (org_id, id, external_id, name, email, team, time_zone, started_on, left_on, experience, created_at, import_run_id)
      select $1, s.person_id, s.external_id, s.name, s.email, s.team, s.time_zone, s.started_on, s.left_on, s.experience, $2, $3
      from staged s join touched t on t.line = s.line and t.is_new order by s.line`,
    [orgId, now, runId],
  );
}

async function updatePeople(client: pg.ClientBase, job: Job): Promise<void> {
  const sets = compared(job).map((field) => `${field} = s.${field}`);
  if (sets.length === 0) return;
  await client.query(
    `update person p set ${sets.join(", ")} from staged s join touched t on t.line = s.line and t.is_changed
      where p.org_id = $1 and p.id = s.person_id and ${differs(job)}`,
    [job.orgId],
  );
}

/** As the file says; where it says nothing: who has reports manages, who manages managers leads, everybody new else sells. */
async function setRoles(client: pg.ClientBase, { orgId, today }: Job): Promise<void> {
  await client.query(
    `create temp table wanted_role on commit drop as
      with manages as (select distinct manager_id as id from edge where manager_id is not null),
        leads as (select distinct e.manager_id as id from edge e join manages m on m.id = e.person_id where e.manager_id is not null)
      select s.person_id, unnest(s.roles) as role, s.started_on from staged s where s.reason is null and s.roles is not null
      union select s.person_id, 'rep', s.started_on from staged s join touched t on t.line = s.line and t.is_new
        where s.roles is null and not exists (select 1 from manages m where m.id = s.person_id)
      union select m.id, 'manager', null from manages m where not exists (
        select 1 from staged s where s.person_id = m.id and s.roles is not null)
      union select l.id, 'leader', null from leads l where not exists (
        select 1 from staged s where s.person_id = l.id and s.roles is not null)`,
  );
  await client.query(
    `update person_role r set until_on = $2::date from staged s
      where s.reason is null and s.roles is not null and r.org_id = $1 and r.person_id = s.person_id and r.until_on is null
        and r.role <> 'admin' and r.role <> all(s.roles) and r.from_on <= $2::date`,
    [orgId, today],
  );
  await client.query(
    `insert into person_role (org_id, person_id, role, from_on)
      select distinct on (w.person_id, w.role) $1::uuid, w.person_id, w.role,
        case when exists (select 1 from person_role r where r.org_id = $1 and r.person_id = w.person_id) then $2::date
          else coalesce(w.started_on, p.started_on, date '${longAgo}') end
      from wanted_role w join person p on p.org_id = $1 and p.id = w.person_id
      where not exists (select 1 from person_role r where r.org_id = $1 and r.person_id = w.person_id and r.role = w.role and r.until_on is null)
      order by w.person_id, w.role, w.started_on
      on conflict (org_id, person_id, role, from_on) do update set until_on = null`,
    [orgId, today],
  );
}

/** The first known manager has always been it; another one is it from today. */
async function setLines(client: pg.ClientBase, { orgId, today }: Job): Promise<void> {
  const changed = `l.org_id = $1 and l.person_id = e.person_id and l.until_on is null and l.manager_id is distinct from e.manager_id`;
  await client.query(`update reporting_line l set until_on = greatest(l.from_on, $2::date) from edge e where ${changed}`, [orgId, today]);
  await client.query(
    `insert into reporting_line (org_id, person_id, manager_id, from_on)
      select $1, e.person_id, e.manager_id,
        case when exists (select 1 from reporting_line l where l.org_id = $1 and l.person_id = e.person_id) then $2::date
          else coalesce(p.started_on, date '${longAgo}') end
      from edge e join person p on p.org_id = $1 and p.id = e.person_id
      where e.manager_id is not null and not exists (
        select 1 from reporting_line l where l.org_id = $1 and l.person_id = e.person_id and l.until_on is null)
      on conflict (org_id, person_id, from_on) do update set manager_id = excluded.manager_id, until_on = null`,
    [orgId, today],
  );
}
