import { expect, test } from "vitest";
import { openTotals } from "../../src/domain/evidence/proven-totals.ts";
import { horizonEnds } from "../../src/method/horizons.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makePerson } from "../builders/company.ts";
import { makeHistories } from "../builders/histories.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const owner = app.database.ownerPool;

async function makeTeam() {
  const company = await makeCompany(app);
  const manager = await makePerson(app, company, { roles: ["manager"] });
  const rep = await makePerson(app, company, { manager });
  const step = { at: "2026-01-05T12:00:00Z", owner: rep, stage: "Engaging", close_on: "2026-04-01" };
  await makeHistories(app, company, [{ steps: [{ ...step, name: "Isdom", amount: 100_000 }] }, { steps: [{ ...step, name: "Zoomit" }] }]);
  return { company, manager, rep };
}

const volume = (ctx: Ctx, rep: Ctx, day = "2026-03-05") =>
  ctx.tx(async (db) => {
    const groups = [{ key: "all", ownerIds: [rep.viewer.personId] }];
    const { orgId, personId: viewerId } = ctx.viewer;
    const at = new Date(`${day}T12:00:00Z`);
    const totals = await openTotals(db, { orgId, viewerId, groups, at, ends: horizonEnds(day), process: null, stageIds: [] });
    return totals.map(({ horizon, deals, sumMinor, unvalued }) => ({ horizon, deals, sumMinor, unvalued }));
  });

test("totals follow every write of a deal, whoever wrote it", async () => {
  const { company, manager, rep } = await makeTeam();
  const first = await volume(manager, rep, "2026-04-05");
  expect(first).toEqual([{ horizon: "overdue", deals: 2, sumMinor: 100_000, unvalued: 1 }]);
  await owner.query("update opportunity set amount_minor = 300000 where org_id = $1 and name = 'Isdom'", [company.orgId]);
  expect((await volume(manager, rep, "2026-04-05"))[0]?.sumMinor).toBe(300_000);
  await owner.query("update opportunity set outcome = 'won' where org_id = $1 and name = 'Isdom'", [company.orgId]);
  expect((await volume(manager, rep, "2026-04-05"))[0]).toMatchObject({ deals: 1, sumMinor: 0 });
  await owner.query("delete from opportunity_change where org_id = $1", [company.orgId]);
  await owner.query("delete from opportunity where org_id = $1", [company.orgId]);
  expect(await volume(manager, rep, "2026-04-05")).toEqual([]);
});

test("totals follow the list price of a product", async () => {
  const { company, manager, rep } = await makeTeam();
  expect(await volume(manager, rep)).toHaveLength(1);
  await owner.query(
    `with p as (insert into product (org_id, id, source, external_id, name, currency, list_price_minor)
       values ($1, gen_random_uuid(), 't', 'p', 'P', 'USD', 5000) returning id)
     update opportunity set product_id = p.id from p where org_id = $1 and opportunity.name = 'Zoomit'`,
    [company.orgId],
  );
  expect((await volume(manager, rep))[0]).toMatchObject({ sumMinor: 105_000, unvalued: 0 });
  await asActor(app, "import", company.orgId, (db) =>
    db.updateTable("product").set({ list_price_minor: 7000 }).where("org_id", "=", company.orgId).execute(),
  );
  expect((await volume(manager, rep))[0]).toMatchObject({ sumMinor: 107_000 });
});

test("totals of a past day keep the list price of that day", async () => {
  const { company, manager, rep } = await makeTeam();
  const priced = { org_id: company.orgId, id: newId(), source: "t", external_id: "p", name: "P", currency: "USD" };
  await asActor(app, "import", company.orgId, async (db) => {
    await db
      .insertInto("product")
      .values({ ...priced, list_price_minor: 5000 })
      .execute();
    await db
      .updateTable("opportunity")
      .set({ product_id: priced.id })
      .where("name", "=", "Zoomit")
      .where("org_id", "=", company.orgId)
      .execute();
  });
  // Written by the import as of when it was made.
  await owner.query(
    `insert into opportunity_change (org_id, opportunity_id, at, field, after, source)
      select org_id, id, created_at, 'product', product_id::text, 't' from opportunity where org_id = $1 and product_id is not null`,
    [company.orgId],
  );
  const before = await volume(manager, rep, "2026-03-05");
  expect(before).toMatchObject([{ sumMinor: 105_000 }]);
  app.setNow("2026-06-01T09:00:00Z");
  await asActor(app, "import", company.orgId, (db) =>
    db.updateTable("product").set({ list_price_minor: 7000 }).where("org_id", "=", company.orgId).execute(),
  );
  expect(await volume(manager, rep, "2026-03-05")).toEqual(before);
  expect((await volume(manager, rep, "2026-06-01"))[0]).toMatchObject({ sumMinor: 107_000 });
});

test("another day and another viewer are asked anew", async () => {
  const { company, manager, rep } = await makeTeam();
  const peer = await makePerson(app, company, {});
  expect(await volume(manager, rep, "2026-03-05")).toMatchObject([{ horizon: "year" }]);
  expect(await volume(manager, rep, "2026-04-01")).toMatchObject([{ horizon: "month" }]);
  expect(await volume(peer, rep, "2026-04-01")).toEqual([]);
});

test("two transactions that write the pipeline do not wait for each other", async () => {
  const { company } = await makeTeam();
  const [slow, quick] = [await owner.connect(), await owner.connect()];
  try {
    await slow.query("begin");
    await slow.query("update opportunity set amount_minor = 1 where org_id = $1 and name = 'Isdom'", [company.orgId]);
    await quick.query("set statement_timeout = '5s'");
    await quick.query("update opportunity set amount_minor = 2 where org_id = $1 and name = 'Zoomit'", [company.orgId]);
    await slow.query("commit");
  } finally {
    await quick.query("reset statement_timeout");
    slow.release();
    quick.release();
  }
  const { rows } = await owner.query("select count(*)::int as slots from pipeline_version where org_id = $1", [company.orgId]);
  expect(rows[0].slots).toBeGreaterThan(1);
});

test("an import in one transaction is counted", async () => {
  const { company, manager, rep } = await makeTeam();
  expect(await volume(manager, rep)).toHaveLength(1);
  await asActor(app, "import", company.orgId, (db) =>
    db.updateTable("opportunity").set({ amount_minor: 1 }).where("org_id", "=", company.orgId).execute(),
  );
  expect((await volume(manager, rep))[0]?.sumMinor).toBe(2);
});
