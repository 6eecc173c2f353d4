import { describe, expect, test } from "vitest";
import { goalsSaid } from "../../src/domain/goals/goal-queries.ts";
import { targetsOn } from "../../src/domain/goals/targets-queries.ts";
import { dayNumber } from "../../src/method/day-numbers.ts";
import { type Ctx, asActor } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { type Company, makeCompany, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const owner = app.database.ownerPool;

const setQuota = (company: Company, rep: Ctx, months: Record<string, number>, currency = "USD", shareOf = 1) =>
  asActor(app, "import", company.orgId, (db) =>
    db
      .insertInto("quota")
      .values(
        Object.entries(months).map(([month, amount]) => ({
          org_id: company.orgId,
          person_id: rep.viewer.personId,
          month: `${month}-01`,
          amount_minor: amount,
          currency,
          share_of: shareOf,
        })),
      )
      .execute(),
  );

const sayGoal = (rep: Ctx, manager: Ctx | null, horizon: "month" | "quarter" | "year", month: string, amount: number | null, at?: string) =>
  rep.tx((db) =>
    db
      .insertInto("goal")
      .values({
        org_id: rep.viewer.orgId,
        id: newId(),
        person_id: rep.viewer.personId,
        manager_id: manager?.viewer.personId ?? null,
        horizon,
        period_on: `${month}-01`,
        amount_minor: amount,
        currency: "USD",
        said_at: new Date(at ?? "2026-03-01T10:00Z"),
      })
      .execute(),
  );

const targets = async (viewer: Ctx, person: Ctx, day = "2026-03-02") =>
  (await viewer.tx((db) => targetsOn(db, viewer.viewer.orgId, [person.viewer.personId], dayNumber(day)))).get(person.viewer.personId);

const year2026 = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`2026-${String(n + 1).padStart(2, "0")}`, 100_00]));

describe("targets on a day", () => {
  test("are none, not zero, where nobody set any", async () => {
    const { rep } = await makePair(app);
    expect(await targets(rep, rep)).toEqual({ quota: {}, quotaFrom: {}, goal: {}, goalFrom: {} });
  });

  test("add the quotas of months up to quarter and year, and say how many months they are of", async () => {
    const { company, rep } = await makePair(app);
    await setQuota(company, rep, { "2026-02": 40_00, "2026-03": 60_00, "2026-05": 70_00, "2025-12": 5_00 });
    const found = await targets(rep, rep);
    expect(found?.quota).toEqual({ month: 60_00, quarter: 100_00, year: 170_00 });
    expect(found?.quotaFrom).toEqual({
      month: { how: "set", months: 1, of: 1, withoutRate: 0 },
      quarter: { how: "added up", months: 2, of: 3, withoutRate: 0 },
      year: { how: "added up", months: 3, of: 12, withoutRate: 0 },
    });
  });

  test("say that a month is a share where only a year's figure was given", async () => {
    const { company, rep } = await makePair(app);
    await setQuota(company, rep, year2026, "USD", 12);
    const found = await targets(rep, rep);
    expect([found?.quotaFrom.month?.how, found?.quotaFrom.quarter?.how, found?.quotaFrom.year?.how]).toEqual([
      "shared",
      "shared",
      "added up",
    ]);
  });

  test("share the year's own goal out in proportion of quota", async () => {
    const { company, rep, manager } = await makePair(app);
    await setQuota(company, rep, { ...year2026, "2026-01": 0, "2026-02": 0 });
    await sayGoal(rep, manager, "year", "2026-01", 2000_00);
    const found = await targets(rep, rep);
    expect(found?.goal).toEqual({ month: 200_00, quarter: 200_00, year: 2000_00 });
    expect(found?.goalFrom).toEqual({ month: "by quota", quarter: "by quota", year: "said" });
  });

  test("share it out by days where there is no quota", async () => {
    const { rep } = await makePair(app);
    await sayGoal(rep, null, "year", "2026-01", 365_00);
    const found = await targets(rep, rep);
    expect(found?.goal).toEqual({ month: 31_00, quarter: 90_00, year: 365_00 });
    expect(found?.goalFrom.month).toBe("by days");
  });

  test("take what was said of a shorter period first, and share out what is left", async () => {
    const { company, rep, manager } = await makePair(app);
    await setQuota(company, rep, year2026);
    await sayGoal(rep, manager, "year", "2026-01", 1000_00);
    await sayGoal(rep, manager, "quarter", "2026-10", 400_00);
    await sayGoal(rep, manager, "month", "2026-02", 20_00, "2026-02-01T10:00Z");
    const found = await targets(rep, rep);
    expect(found?.goal).toEqual({ month: 90_00, quarter: 200_00, year: 1000_00 });
    expect((await targets(rep, rep, "2026-11-05"))?.goal.quarter).toBe(400_00);
    expect((await targets(rep, rep, "2026-02-05"))?.goalFrom.month).toBe("said");
  });

  test("take what was said last, and keep what was said before", async () => {
    const { rep, company } = await makePair(app);
    await sayGoal(rep, null, "month", "2026-03", 50_00, "2026-02-01T10:00Z");
    await sayGoal(rep, null, "month", "2026-03", 80_00, "2026-02-20T10:00Z");
    expect((await targets(rep, rep))?.goal.month).toBe(80_00);
    await sayGoal(rep, null, "month", "2026-03", null, "2026-03-02T08:00Z");
    expect((await targets(rep, rep))?.goal).toEqual({});
    const { rows } = await owner.query("select count(*)::int as said from goal where org_id = $1", [company.orgId]);
    expect(rows).toEqual([{ said: 3 }]);
    const asked = { orgId: company.orgId, personIds: [rep.viewer.personId], from: "2026-01-01", until: "2026-12-01" };
    const before = await rep.tx((db) => goalsSaid(db, { ...asked, before: new Date("2026-02-10T00:00Z") }));
    expect(before.map(({ amountMinor }) => amountMinor)).toEqual([50_00]);
  });

  test("follow a fiscal year from April", async () => {
    const { company, rep } = await makePair(app);
    await owner.query("update organisation set fiscal_year_starts_in = 4 where org_id = $1", [company.orgId]);
    await setQuota(company, rep, { "2025-04": 10_00, "2026-01": 20_00, "2026-03": 30_00, "2026-04": 99_00 });
    expect((await targets(rep, rep))?.quota).toEqual({ month: 30_00, quarter: 50_00, year: 60_00 });
  });

  test("follow weeks: the days before a month's name may be its own already", async () => {
    const { company, rep } = await makePair(app);
    await owner.query(
      "update organisation set fiscal_year_starts_in = 2, fiscal_pattern = '4-4-5', fiscal_week_starts = 7 where org_id = $1",
      [company.orgId],
    );
    await setQuota(company, rep, { "2026-02": 10_00, "2026-03": 20_00 });
    // The year begins on Sunday, 1 February 2026, so March is from the 1st to the 28th, and April from the 29th of March.
    expect((await targets(rep, rep, "2026-02-28"))?.quota.month).toBe(10_00);
    expect((await targets(rep, rep, "2026-03-28"))?.quota.month).toBe(20_00);
    expect((await targets(rep, rep, "2026-03-29"))?.quota).toEqual({ quarter: 30_00, year: 30_00 });
  });

  test("exchange a quota in another currency by the rate dated on or before the day, and count it where there is none", async () => {
    const { company, rep } = await makePair(app);
    await setQuota(company, rep, { "2026-02": 100_00, "2026-03": 100_00 }, "CHF");
    expect((await targets(rep, rep))?.quota).toEqual({});
    await owner.query(
      `insert into exchange_rate (org_id, into_currency, currency, from_on, rate, set_at) values
        ($1, 'USD', 'CHF', '2026-01-01', 1.1, now()), ($1, 'USD', 'CHF', '2026-03-02', 1.25, now()), ($1, 'USD', 'CHF', '2026-03-03', 9, now())`,
      [company.orgId],
    );
    expect((await targets(rep, rep))?.quota).toEqual({ month: 125_00, quarter: 250_00, year: 250_00 });
    await setQuota(company, rep, { "2026-01": 100_00 }, "JPY");
    expect((await targets(rep, rep))?.quotaFrom.quarter).toEqual({ how: "added up", months: 2, of: 3, withoutRate: 1 });
  });
});

describe("who reads the rep's own goals", () => {
  test("the manager of the pair does; the leader above and the peer do not; the quota they may", async () => {
    const company = await makeCompany(app);
    const leader = await makePerson(app, company, { roles: ["leader"] });
    const manager = await makePerson(app, company, { roles: ["manager"], manager: leader });
    const rep = await makePerson(app, company, { manager });
    const peer = await makePerson(app, company, { manager });
    await setQuota(company, rep, { "2026-03": 70_00 });
    await sayGoal(rep, manager, "month", "2026-03", 90_00);
    expect(await targets(manager, rep)).toMatchObject({ quota: { month: 70_00 }, goal: { month: 90_00 } });
    expect(await targets(leader, rep)).toMatchObject({ quota: { month: 70_00 }, goal: {} });
    expect(await targets(peer, rep)).toMatchObject({ quota: {}, goal: {} });
  });

  test("a later manager does once the rep lets them, and not any more when that is taken back", async () => {
    const { company, rep, manager } = await makePair(app);
    await sayGoal(rep, manager, "month", "2026-03", 90_00);
    const later = await makePerson(app, company, { roles: ["manager"] });
    await owner.query("update reporting_line set until_on = '2026-03-01' where org_id = $1 and person_id = $2", [
      company.orgId,
      rep.viewer.personId,
    ]);
    await owner.query("insert into reporting_line (org_id, person_id, manager_id, from_on) values ($1, $2, $3, '2026-03-01')", [
      company.orgId,
      rep.viewer.personId,
      later.viewer.personId,
    ]);
    expect((await targets(later, rep))?.goal).toEqual({});
    const consent = { org_id: company.orgId, rep_id: rep.viewer.personId, manager_id: later.viewer.personId, given_at: app.clock.now() };
    await rep.tx((db) => db.insertInto("consent").values(consent).execute());
    expect((await targets(later, rep))?.goal.month).toBe(90_00);
    await rep.tx((db) => db.deleteFrom("consent").where("org_id", "=", company.orgId).execute());
    expect((await targets(later, rep))?.goal).toEqual({});
  });

  test("nobody says them for the rep, and nothing said is changed", async () => {
    const { rep, manager } = await makePair(app);
    await sayGoal(rep, manager, "month", "2026-03", 90_00);
    const asRep = { ...manager, viewer: { ...manager.viewer, personId: rep.viewer.personId } };
    await expect(manager.tx((db) => db.updateTable("goal").set({ amount_minor: 1 }).execute())).rejects.toThrow(/permission/);
    await expect(
      manager.tx((db) =>
        db
          .insertInto("goal")
          .values({
            org_id: manager.viewer.orgId,
            id: newId(),
            person_id: asRep.viewer.personId,
            manager_id: manager.viewer.personId,
            horizon: "month",
            period_on: "2026-03-01",
            amount_minor: 1,
            currency: "USD",
            said_at: app.clock.now(),
          })
          .execute(),
      ),
    ).rejects.toThrow(/row-level security/);
  });
});
