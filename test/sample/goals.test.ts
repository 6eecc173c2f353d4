import { expect, test } from "vitest";
import { makeSampleCompany } from "../../src/domain/sample/make-sample-company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { ask } from "./asked.ts";

const app = await makeTestApp();
app.setNow("2026-11-18T14:20:00Z");
await makeSampleCompany(app);

test("most reps have said what would be awesome, in different words, a little above what is asked of them", async () => {
  const rows = await ask<{ words: string; share: number }>(
    app,
    `select a.words, a.amount_minor::float8 / (select sum(q.amount_minor) from quota q where q.person_id = a.person_id and q.month between '2026-08-01' and '2027-07-01') as share
     from aspiration a where a.id = (select b.id from aspiration b where b.person_id = a.person_id order by b.said_at desc limit 1)`,
  );
  expect(rows.length).toBeGreaterThan(12);
  expect(new Set(rows.map(({ words }) => words)).size).toBeGreaterThan(8);
  for (const { share } of rows) expect(share > 1 && share < 1.3).toBe(true);
});

test("the fiscal year began three months before the month it is made in, so that new deals can still change how it ends", async () => {
  const [organisation] = await ask<{ starts: number }>(app, "select fiscal_year_starts_in as starts from organisation where is_sample");
  expect(organisation?.starts).toBe(8);
  const years = await ask<{ on: string }>(app, "select distinct period_on::text as on from goal where horizon = 'year'");
  expect(years).toEqual([{ on: "2026-08-01" }]);
  const quarters = await ask<{ on: string }>(app, "select distinct period_on::text as on from goal where horizon = 'quarter'");
  expect(quarters).toEqual([{ on: "2026-11-01" }]);
});

test("everybody who sells has a quota for each month of the year since they began, and a commission rate", async () => {
  const [without] = await ask<{ many: number }>(
    app,
    `select count(*)::int as many from person_role r where r.role = 'rep' and (
       not exists (select 1 from commission_rate c where c.person_id = r.person_id and c.from_on <= '2026-11-18')
       or not exists (select 1 from quota q where q.person_id = r.person_id and q.month = '2027-07-01'))`,
  );
  expect(without?.many).toBe(0);
});

test("nothing of it is dated later than now", async () => {
  const [later] = await ask<{ many: number }>(
    app,
    `select (select count(*) from goal where said_at > '2026-11-18T14:20Z') + (select count(*) from aspiration where said_at > '2026-11-18T14:20Z')
       + (select count(*) from exchange_rate where from_on > '2026-11-18') as many`,
  );
  expect(Number(later?.many)).toBe(0);
});

test("the words that hold now are at least what is won, and a quarter’s at least its month’s", async () => {
  const [words] = await ask<{ many: number; behind: number; crossed: number }>(
    app,
    `with last as (select distinct on (person_id, horizon) * from own_word where period_on in ('2026-11-01') order by person_id, horizon, said_at desc),
       won as (select o.owner_id, sum(o.amount_minor) as minor from opportunity o
         where o.outcome = 'won' and o.close_on between '2026-11-01' and '2026-11-18' and o.currency = 'USD' group by 1)
     select count(*)::int as many, count(*) filter (where l.likely_minor < w.minor)::int as behind,
       (select count(*)::int from own_word m join own_word q using (person_id, said_at)
         where m.horizon = 'month' and q.horizon = 'quarter' and q.likely_minor < m.likely_minor) as crossed
     from last l left join won w on w.owner_id = l.person_id`,
  );
  expect(words?.many).toBeGreaterThan(20);
  expect(words).toMatchObject({ behind: 0, crossed: 0 });
});

test("nobody wishes for a year of nothing", async () => {
  const [wishes] = await ask<{ many: number; least: number }>(
    app,
    "select count(wish)::int as many, min(wish)::float8 as least from preparation_figure",
  );
  expect(wishes?.many).toBeGreaterThan(50);
  expect(wishes?.least).toBeGreaterThan(0);
});
