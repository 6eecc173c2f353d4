import type { App, Ctx } from "../../src/platform/context.ts";
import { ctxFor } from "../../src/platform/context.ts";
import { readViewer } from "../../src/platform/sign-in.ts";
import { type Company, makeCompany } from "./company.ts";

export interface BigCompany {
  company: Company;
  /** Above all managers. */
  leader: Ctx;
  /** With ten reps. */
  manager: Ctx;
  rep: Ctx;
  /** A planned one-on-one of that manager and that rep, who last met two weeks ago. */
  meetingId: string;
}

interface Size {
  reps: number;
  opportunities: number;
  /** At least five for each opportunity: name, owner, stage, amount and one move. */
  changes: number;
}

const perManager = 10;

/**
 * A whole company with two years of pipeline before the clock's now: three in four deals are closed, and every pair met two
 * weeks ago and meets again within the week. Written in few large statements by the database's owner: seconds, not minutes.
 */
export async function makeBigCompany(
  app: Pick<App, "database" | "clock"> & App,
  { reps, opportunities, changes }: Size,
): Promise<BigCompany> {
  const company = await makeCompany(app, { name: "Big company" });
  const now = app.clock.now().toISOString();
  const managers = Math.ceil(reps / perManager);
  const accounts = Math.max(10, Math.round(opportunities / 40));
  const run = (text: string, values: unknown[] = []) =>
    app.database.ownerPool.query(text.replaceAll("@org", `'${company.orgId}'::uuid`).replaceAll("@now", `'${now}'::timestamptz`), values);
  await run(people, [managers, reps]);
  await run(roles);
  await run(lines, [perManager]);
  await run(quotas);
  await run(reference, [accounts]);
  await run("analyze account, product, person, reporting_line, person_role");
  await run(deals, [opportunities, reps, accounts]);
  await run("analyze opportunity");
  await run(firstChanges);
  await run(moves);
  const more = changes - opportunities * 5;
  if (more > 0) await run(touches, [Math.ceil(more / opportunities), more]);
  await run(meetings, [company.kinds.get("deal-strategy")]);
  await run(commitments);
  await run(words);
  await app.database.ownerPool.query(
    "vacuum (analyze) opportunity, opportunity_change, account, product, person, person_role, reporting_line, quota, meeting, commitment",
  );
  const found = await run(
    `select (select id from person where org_id = @org and name = 'Leader 1') as leader, l.manager_id as manager, l.person_id as rep,
      (select m.id from meeting m where m.org_id = @org and m.rep_id = l.person_id and m.state = 'planned') as meeting
      from reporting_line l join person p on p.org_id = l.org_id and p.id = l.person_id where l.org_id = @org and p.name = 'Rep 1'`,
  );
  const { leader, manager, rep, meeting } = found.rows[0] as Record<string, string>;
  const as = async (personId: string | undefined): Promise<Ctx> => {
    const viewer = await readViewer(app.database, {
      personId: personId ?? "",
      orgId: company.orgId,
      sessionId: null,
      today: now.slice(0, 10),
    });
    if (!viewer) throw new Error("the person just made cannot be read");
    return ctxFor(app, viewer);
  };
  return { company, leader: await as(leader), manager: await as(manager), rep: await as(rep), meetingId: meeting ?? "" };
}

const people = `
  insert into person (org_id, id, name, email, time_zone, started_on, experience, team, created_at)
  select @org, gen_random_uuid(), kind || ' ' || n, lower(kind) || n || '-' || left(@org::text, 8) || '@example.com', 'UTC', (@now - interval '3 years')::date,
    (array['new', 'developing', 'experienced'])[1 + n % 3], 'Team ' || case kind when 'Manager' then n else 1 + (n - 1) % $1::int end, @now
  from (select 'Leader' as kind, 1 as n union all select 'Manager', g from generate_series(1, $1::int) g union all select 'Rep', g from generate_series(1, $2::int) g) p`;

const roles = `
  insert into person_role (org_id, person_id, role, from_on)
  select org_id, id, lower(split_part(name, ' ', 1)), (@now - interval '3 years')::date from person where org_id = @org`;

const lines = `
  with one as (select id, split_part(name, ' ', 1) as kind, split_part(name, ' ', 2)::int as n from person where org_id = @org)
  insert into reporting_line (org_id, person_id, manager_id, from_on)
  select @org, r.id, m.id, (@now - interval '3 years')::date from one r
    join one m on (r.kind = 'Rep' and m.kind = 'Manager' and m.n = (r.n - 1) / $1::int + 1) or (r.kind = 'Manager' and m.kind = 'Leader')`;

const quotas = `
  insert into quota (org_id, person_id, month, amount_minor, currency)
  select @org, p.id, (date_trunc('month', @now) + make_interval(months => g))::date, 3000000, 'USD'
  from person p, generate_series(-24, 3) g where p.org_id = @org and p.name like 'Rep %'`;

const reference = `
  with a as (
    insert into account (org_id, id, source, external_id, name)
    select @org, gen_random_uuid(), 'big', 'A' || g, 'Account ' || g from generate_series(1, $1::int) g
  )
  insert into product (org_id, id, source, external_id, name, list_price_minor, currency)
  select @org, gen_random_uuid(), 'big', 'P' || g, 'Product ' || g, g * 55000, 'USD' from generate_series(1, 7) g`;

// Created over two years; closed about fifty days later in three of four; the open ones are the younger ones.
const deals = `
  with rep as (select id, row_number() over (order by split_part(name, ' ', 2)::int) - 1 as n from person where org_id = @org and name like 'Rep %'),
  a as (select id, row_number() over (order by external_id) - 1 as n from account where org_id = @org),
  p as (select id, row_number() over (order by external_id) - 1 as n from product where org_id = @org),
  s as (select id, name, outcome from stage where org_id = @org),
  g as (select g, case abs(hashint4(g + 7)) % 4 when 0 then 'open' when 3 then 'lost' else 'won' end as outcome,
    abs(hashint4(g)) as h from generate_series(1, $1::int) g),
  d as (select g.*, @now - make_interval(days => case when outcome = 'open' then 1 + h % 120 else 60 + h % 670 end, mins => h % 1440) as born from g)
  insert into opportunity (org_id, id, source, external_id, name, owner_id, account_id, product_id, stage_id, outcome, amount_minor, currency, close_on, created_at, last_change_at)
  select @org, gen_random_uuid(), 'big', 'O' || d.g, 'Opportunity ' || d.g, rep.id, a.id, p.id, s.id, d.outcome,
    case when d.outcome = 'lost' then 0 when d.outcome = 'open' and d.h % 3 = 0 then null else 50000 + d.h % 900000 end, 'USD',
    case when d.outcome = 'open' then (@now + make_interval(days => d.h % 120))::date else (d.born + make_interval(days => 1 + d.h % 55))::date end,
    d.born, case when d.outcome = 'open' then least(d.born + make_interval(days => d.h % 40), @now - interval '1 hour') else d.born + make_interval(days => 1 + d.h % 55) end
  from d join rep on rep.n = d.g % $2::int
    join a on a.n = d.h % $3::int join p on p.n = d.h % 7
    join s on s.name = case d.outcome when 'won' then 'Won' when 'lost' then 'Lost' else 'Engaging' end`;

const firstChanges = `
  insert into opportunity_change (org_id, opportunity_id, at, field, before, after, source)
  select o.org_id, o.id, o.created_at, c.field, null, c.after, 'big' from opportunity o
    cross join lateral (values ('name', o.name), ('owner', o.owner_id::text), ('amount', coalesce(o.amount_minor, 0)::text),
      ('stage', (select s.id::text from stage s where s.org_id = @org and s.name = 'Prospecting'))) c(field, after)
  where o.org_id = @org`;

const moves = `
  insert into opportunity_change (org_id, opportunity_id, at, field, before, after, source)
  select o.org_id, o.id, greatest(o.last_change_at, o.created_at + interval '1 second'), 'stage',
    (select s.id::text from stage s where s.org_id = @org and s.name = 'Prospecting'), o.stage_id::text, 'big'
  from opportunity o where o.org_id = @org`;

// Close dates moved now and then, between the first and the last change.
const touches = `
  insert into opportunity_change (org_id, opportunity_id, at, field, before, after, source)
  select o.org_id, o.id, o.created_at + (o.last_change_at - o.created_at) * (g / ($1::float + 1)), 'close_on', (o.close_on - 8)::text, (o.close_on - 7 + g)::text, 'big'
  from opportunity o cross join generate_series(1, $1::int) g
  where o.org_id = @org and o.last_change_at > o.created_at + interval '1 minute' limit $2::int
  on conflict do nothing`;

const meetings = `
  with a as (select id from agenda where org_id = @org and kind_id = $1 order by version desc limit 1),
  pair as (select l.manager_id, l.person_id, row_number() over (order by p.name) as n from reporting_line l
    join person p on p.org_id = l.org_id and p.id = l.person_id where l.org_id = @org and p.name like 'Rep %')
  insert into meeting (org_id, id, kind_id, agenda_id, manager_id, rep_id, occurrence_on, planned_start, minutes, time_zone, state, opened_at, opened_by, closed_at, closed_by, created_at)
  select @org, gen_random_uuid(), $1, case when held then (select id from a) end, manager_id, person_id, starts::date, starts, 45, 'UTC',
    case when held then 'closed' else 'planned' end, case when held then starts end, case when held then manager_id end,
    case when held then starts + interval '40 minutes' end, case when held then manager_id end, @now - interval '30 days'
  from pair cross join lateral (values
    (true, date_trunc('hour', @now) - interval '14 days' + make_interval(hours => (n % 7)::int)),
    (false, date_trunc('hour', @now) + make_interval(hours => 1 + (n % 7)::int))) m(held, starts)`;

const commitments = `
  insert into commitment (org_id, id, meeting_id, manager_id, rep_id, owner_id, due_on, created_by, created_at, manager_confirmed_at, rep_confirmed_at)
  select m.org_id, gen_random_uuid(), m.id, m.manager_id, m.rep_id, case when g = 3 then m.manager_id else m.rep_id end, (@now)::date, m.manager_id, m.opened_at, m.closed_at, m.closed_at
  from meeting m, generate_series(1, 3) g where m.org_id = @org and m.state = 'closed'`;

const words = `
  insert into commitment_words (org_id, commitment_id, manager_id, rep_id, words)
  select org_id, id, manager_id, rep_id, 'Ask the customer for a dated next step' from commitment where org_id = @org`;
