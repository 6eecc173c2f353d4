import { describe, expect, test } from "vitest";
import { dealsWithoutRate } from "../../src/domain/exchange-rates/deals-without-rate.ts";
import { ownedDealsAsOf } from "../../src/domain/numbers/owned-deals-queries.ts";
import { monthResults } from "../../src/domain/opportunities/month-results.ts";
import { dayNumber } from "../../src/method/day-numbers.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { type Company, makeOpportunity, makePair } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

const setRate = (company: Company, currency: string, fromOn: string, rate: string) =>
  app.database.ownerPool.query(
    "insert into exchange_rate (org_id, into_currency, currency, from_on, rate, set_at) values ($1, 'USD', $2, $3, $4, now())",
    [company.orgId, currency, fromOn, rate],
  );

async function pairWithFrancs() {
  const pair = await makePair(app);
  const { company, rep } = pair;
  const deal = { currency: "CHF", amount_minor: 100_00, created_at: "2026-01-05T10:00Z" };
  await makeOpportunity(app, company, rep, { ...deal, stage: "Won", close_on: "2026-01-20" });
  await makeOpportunity(app, company, rep, { ...deal, stage: "Won", close_on: "2026-02-20" });
  await makeOpportunity(app, company, rep, { ...deal, stage: "Engaging", close_on: "2026-05-20" });
  await makeOpportunity(app, company, rep, { ...deal, stage: "Lost", close_on: "2026-02-20" });
  await makeOpportunity(app, company, rep, { ...deal, currency: "USD", stage: "Won", close_on: "2026-02-20" });
  return pair;
}

const results = async (rep: Ctx, months: string[]) => {
  const asked = { orgId: rep.viewer.orgId, personIds: [rep.viewer.personId], months, at: app.clock.now() };
  return (await rep.tx((db) => monthResults(db, asked))).get(rep.viewer.personId);
};

const missing = (rep: Ctx, others: readonly string[] = []) =>
  rep.tx((db) =>
    dealsWithoutRate(db, { orgId: rep.viewer.orgId, ownerIds: [rep.viewer.personId, ...others], at: app.clock.now(), day: "2026-03-02" }),
  );

describe("deals in another currency", () => {
  test("without a rate are left out of results, counted and named", async () => {
    const { rep } = await pairWithFrancs();
    const found = await results(rep, ["2026-01-01", "2026-02-01"]);
    expect(found?.months.map(({ wonMinor }) => wonMinor)).toEqual([0, 100_00]);
    expect(found?.withoutRate).toBe(2);
    expect(await missing(rep)).toEqual([{ currency: "CHF", deals: 3 }]);
  });

  test("are named below somebody with very many people too, and nothing where there are none", async () => {
    const many = Array.from({ length: 200 }, newId);
    const { company, rep } = await pairWithFrancs();
    expect(await missing(rep, many)).toEqual([{ currency: "CHF", deals: 3 }]);
    await app.database.ownerPool.query("update opportunity set currency = 'USD' where org_id = $1", [company.orgId]);
    expect(await missing(rep, many)).toEqual([]);
  });

  test("count by the rate of the day they closed, not by a later one", async () => {
    const { company, rep } = await pairWithFrancs();
    await setRate(company, "CHF", "2026-02-01", "1.10");
    await setRate(company, "CHF", "2026-03-01", "1.50");
    const found = await results(rep, ["2026-01-01", "2026-02-01"]);
    expect(found?.months.map(({ wonMinor }) => wonMinor)).toEqual([0, 210_00]);
    expect(found?.withoutRate).toBe(1);
    expect(await missing(rep)).toEqual([{ currency: "CHF", deals: 1 }]);
  });

  test("enter the numbers: the won ones as of their day, the open ones as of the day looked from", async () => {
    const { company, rep } = await pairWithFrancs();
    const deals = () => rep.tx((db) => ownedDealsAsOf(db, company.orgId, dayNumber("2026-03-02")));
    expect((await deals()).map(({ wonMinor }) => wonMinor)).toEqual([100_00]);
    await setRate(company, "CHF", "2026-01-01", "1.10");
    await setRate(company, "CHF", "2026-02-01", "1.20");
    await setRate(company, "CHF", "2026-03-02", "2");
    await setRate(company, "CHF", "2026-03-03", "9");
    const all = await deals();
    expect(all.map(({ wonMinor }) => wonMinor).sort((a, b) => a - b)).toEqual([0, 0, 100_00, 110_00, 120_00]);
    expect(all.find(({ outcome }) => outcome === "open")?.openMinor).toBe(200_00);
  });
});

describe("results by fiscal month", () => {
  test("count a deal in the month of weeks its day lies in", async () => {
    const { company, rep } = await makePair(app);
    await app.database.ownerPool.query(
      "update organisation set fiscal_year_starts_in = 2, fiscal_pattern = '4-4-5', fiscal_week_starts = 7 where org_id = $1",
      [company.orgId],
    );
    const won = { stage: "Won", amount_minor: 50_00, created_at: "2026-02-05T10:00Z" };
    await makeOpportunity(app, company, rep, { ...won, close_on: "2026-02-28" });
    await makeOpportunity(app, company, rep, { ...won, close_on: "2026-03-28" });
    await makeOpportunity(app, company, rep, { ...won, close_on: "2026-03-29" });
    app.setNow("2026-04-15T09:00:00Z");
    const found = await results(rep, ["2026-02-01", "2026-03-01", "2026-04-01"]);
    expect(found?.months.map(({ wonMinor }) => wonMinor)).toEqual([50_00, 50_00, 50_00]);
  });
});
