import { expect, test } from "vitest";
import { makeSampleCompany } from "../../src/domain/sample/make-sample-company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { ask, count, everybody } from "./asked.ts";

const app = await makeTestApp();
app.setNow("2026-11-18T14:20:00Z");
const { orgId } = await makeSampleCompany(app);

test("a leader, an admin, three managers and eighteen reps of three levels", async () => {
  const people = await everybody(app);
  const of = (role: string) => people.filter((person) => person.role === role).length;
  expect([of("leader"), of("admin"), of("manager"), of("rep")]).toEqual([1, 1, 3, 18]);
  expect(new Set(people.map(({ name }) => name)).size).toBe(people.length);
  const levels = await ask<{ experience: string }>(app, "select distinct experience from person");
  expect(levels).toHaveLength(3);
  expect(await count(app, "organisation where is_sample and currency = 'USD' and org_id = $1", orgId)).toBe(1);
});

test("nobody of it can be reached by mail", async () => {
  expect(await count(app, "person where email is null or email not like '%@kept-sample.example'")).toBe(0);
  expect(await count(app, "mail")).toBe(0);
});

test("every manager has six reps and reports to the leader", async () => {
  const lines = await ask<{ name: string; reps: number }>(
    app,
    "select m.name, count(*)::int as reps from reporting_line l join person m on m.id = l.manager_id where l.until_on is null group by 1 order by 2, 1",
  );
  expect(lines.map(({ reps }) => reps)).toEqual([3, 6, 6, 6]);
});

test("two years of about three thousand opportunities with sixty accounts", async () => {
  const opportunities = await count(app, "opportunity");
  expect(opportunities).toBeGreaterThan(2500);
  expect(opportunities).toBeLessThan(3600);
  expect(await count(app, "account")).toBeGreaterThanOrEqual(60);
  expect(await count(app, "product where list_price_minor is null")).toBe(0);
  const [span] = await ask<{ days: number }>(
    app,
    "select extract(day from max(created_at) - min(created_at))::int as days from opportunity",
  );
  expect(span?.days).toBeGreaterThan(690);
});

test("open deals stand at every stage, some for long", async () => {
  const open = await ask<{ name: string; deals: number }>(
    app,
    "select s.name, count(o.id)::int as deals from stage s left join opportunity o on o.stage_id = s.id where s.outcome = 'open' group by s.name, s.position order by s.position",
  );
  expect(open.map(({ name }) => name)).toEqual(["Prospecting", "Qualified", "Proposal", "Agreed"]);
  for (const { deals } of open) expect(deals).toBeGreaterThan(8);
  expect(
    await count(app, "opportunity where outcome = 'open' and last_change_at < $1::timestamptz - interval '30 days'", app.clock.now()),
  ).toBeGreaterThan(2);
  expect(await count(app, "opportunity where outcome = 'open' and next_step is not null")).toBeGreaterThan(30);
});

test("every opportunity stands as the last of its changes left it", async () => {
  const wrong = await ask(
    app,
    `with last as (select distinct on (opportunity_id, field) opportunity_id, field, after from opportunity_change order by opportunity_id, field, at desc),
       now as (select opportunity_id, max(after) filter (where field = 'name') as name, max(after) filter (where field = 'owner') as owner,
         max(after) filter (where field = 'account') as account, max(after) filter (where field = 'product') as product,
         max(after) filter (where field = 'stage') as stage, max(after) filter (where field = 'amount') as amount,
         max(after) filter (where field = 'close_on') as close_on, max(after) filter (where field = 'next_step') as next_step,
         max(after) filter (where field = 'forecast_category') as forecast from last group by 1)
     select o.name from opportunity o left join now n on n.opportunity_id = o.id
     where (o.name, o.owner_id::text, o.account_id::text, o.product_id::text, o.stage_id::text, o.amount_minor::text, o.close_on::text, o.next_step, o.forecast_category)
       is distinct from (n.name, n.owner, n.account, n.product, n.stage, n.amount, n.close_on, n.next_step, n.forecast)`,
  );
  expect(wrong).toEqual([]);
  expect(
    await count(
      app,
      "opportunity o join stage s on s.id = o.stage_id where s.outcome <> o.outcome and (o.outcome <> 'vanished' or s.outcome <> 'open')",
    ),
    "outcomes that are not those of the stage",
  ).toBe(0);
  expect(
    await count(
      app,
      "(select opportunity_id, max(at) as at from opportunity_change group by 1) c join opportunity o on o.id = c.opportunity_id where c.at <> o.last_change_at",
    ),
  ).toBe(0);
});

test("the first change of a field comes from nothing, each later one from the one before", async () => {
  const broken = await count(
    app,
    `(select before, lag(after) over (partition by opportunity_id, field order by at) as was,
        row_number() over (partition by opportunity_id, field order by at) as n from opportunity_change) c
     where (n = 1 and before is not null) or (n > 1 and before is distinct from was)`,
  );
  expect(broken).toBe(0);
  expect(
    await count(
      app,
      "opportunity o where not exists (select 1 from opportunity_change c where c.opportunity_id = o.id and c.field = 'created' and c.at = o.created_at)",
    ),
  ).toBe(0);
});

test("a deal that ended was closed on the day it ended, and none of them ahead of today", async () => {
  expect(
    await count(app, "opportunity where outcome in ('won', 'lost') and (close_on is null or abs(close_on - last_change_at::date) > 1)"),
  ).toBe(0);
});

test("every rep has a quota for this month and results of their own", async () => {
  expect(
    await count(
      app,
      "person p join person_role r on r.person_id = p.id and r.role = 'rep' where not exists (select 1 from quota q where q.person_id = p.id and q.month = '2026-11-01')",
    ),
  ).toBe(0);
  const results = await ask<{ id: string; name: string; october: number; september: number; year: number }>(
    app,
    `select p.id, p.name,
       coalesce(sum(o.amount_minor) filter (where o.close_on between '2026-09-01' and '2026-09-30'), 0)::float8 / (select amount_minor from quota q where q.person_id = p.id and q.month = '2026-09-01') as september,
       coalesce(sum(o.amount_minor) filter (where o.close_on between '2026-10-01' and '2026-10-31'), 0)::float8 / (select amount_minor from quota q where q.person_id = p.id and q.month = '2026-10-01') as october,
       coalesce(sum(o.amount_minor) filter (where o.close_on between '2026-01-01' and '2026-10-31'), 0)::float8 / (select sum(amount_minor) from quota q where q.person_id = p.id and q.month between '2026-01-01' and '2026-10-01') as year
     from person p join person_role r on r.person_id = p.id and r.role = 'rep' left join opportunity o on o.owner_id = p.id and o.outcome = 'won' group by 1, 2 order by 2`,
  );
  const behind = results.filter(({ september, october }) => september < 1 && october < 1);
  expect(behind.length).toBeGreaterThanOrEqual(1);
  expect(behind.length).toBeLessThanOrEqual(4);
  expect(Math.max(...results.map(({ year }) => year))).toBeGreaterThan(1.25);
  // Whoever was not here yet in September has only just begun.
  expect(results.filter(({ september, year }) => september !== null && year < 0.4)).toEqual([]);
});
