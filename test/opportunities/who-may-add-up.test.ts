import { type RawBuilder, sql } from "kysely";
import { expect, test } from "vitest";
import type { Ctx } from "../../src/platform/context.ts";
import type { Db } from "../../src/platform/database.ts";
import { makeCompany, makePair, makePerson } from "../builders/company.ts";
import { makeHistories } from "../builders/histories.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

const countOf = async (db: Db, from: RawBuilder<unknown>) => (await sql`select * from ${from} x`.execute(db)).rows.length;

/** The functions of the Pipeline page read past row-level security: each must ask for itself who may read. */
test("nobody adds up deals, slips, pauses or stage moves of somebody who does not report to them", async () => {
  const { company, manager, rep } = await makePair(app);
  const other = await makePerson(app, company, { name: "Other Manager", roles: ["manager"] });
  const colleague = await makePerson(app, company, { name: "Colleague", manager });
  const admin = await makePerson(app, company, { roles: ["admin"] });
  const abroad = await makePerson(app, await makeCompany(app), { roles: ["leader"] });
  const [deal] = await makeHistories(app, company, [
    {
      steps: [
        { at: "2026-02-01T12:00:00Z", owner: rep, name: "Isdom", stage: "Prospecting", amount: 100_000, close_on: "2026-04-01" },
        ...Array.from({ length: 25 }, (_, n) => ({ at: new Date(Date.UTC(2026, 1, 2 + n, 12)).toISOString(), amount: 100_000 + n })),
        { at: "2026-02-28T12:00:00Z", stage: "Engaging", close_on: "2026-05-01" },
      ],
    },
  ]);
  const stages = (await app.database.ownerPool.query("select id from stage where org_id = $1 order by position", [company.orgId])).rows.map(
    ({ id }) => id as string,
  );
  const seen = (ctx: Ctx) =>
    ctx.tx(async (db) => {
      const owner = rep.viewer.personId;
      const rows = (from: RawBuilder<unknown>) => countOf(db, from);
      const days = sql`'2026-03-02'::date, '2026-03-31'::date, '2026-03-31'::date, '2026-12-31'::date`;
      return [
        await rows(sql`proven_volume(array[${owner}]::uuid[], array[0]::smallint[], ${days}, '2026-03-02', '[]')`),
        await rows(sql`slips_of(array[${deal}]::uuid[], '2026-03-02')`),
        await rows(sql`usual_quiet_days(array[${owner}]::uuid[], '2026-03-02')`),
        await rows(sql`beyond_since(array[${deal}]::uuid[], array[1], ${stages}::uuid[], '2026-03-02')`),
      ];
    });
  for (const ctx of [rep, manager]) expect(await seen(ctx)).toEqual([1, 1, 1, 1]);
  for (const ctx of [other, colleague, admin, abroad]) expect(await seen(ctx)).toEqual([0, 0, 0, 0]);
});

const names = (ctx: Ctx) =>
  ctx.tx(async (db) => (await sql<{ name: string }>`select name from members_below('2026-03-02')`.execute(db)).rows);

test("a person sees by name only those below them", async () => {
  const { manager, rep } = await makePair(app);
  expect(await names(manager)).toEqual([{ name: "Rico Rep" }]);
  expect(await names(rep)).toEqual([]);
});
