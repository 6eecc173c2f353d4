import { describe, expect, test } from "vitest";
import { areForecastsDue, keepForecasts } from "../../src/domain/period-forecasts/keep-forecasts.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { type Company, makeCompany, makePair, makePerson } from "../builders/company.ts";
import { makeHistories, type Step } from "../builders/histories.ts";
import { aYear } from "../numbers/a-year.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
const owner = app.database.ownerPool;

const page = async (as: Ctx, path = "/forecast") => wordsOf(await (await app.request(path, { as })).text());

const keepAgain = async ({ orgId }: Company) => {
  await owner.query("update forecast_state set took_ms = 0 where org_id = $1", [orgId]);
  await keepForecasts(app, orgId);
};

const won = (who: Ctx, from: string, on: string, amount: number): { steps: [Step, Step] } => ({
  steps: [
    { at: `${from}T00:00:00Z`, owner: who, stage: "Engaging", amount, close_on: on },
    { at: `${on}T08:00:00Z`, stage: "Won", close_on: on },
  ],
});

const rowsOf = (company: Company, moment: "start" | "now", horizon: "month" | "quarter" = "month") =>
  asActor(app, "numbers", company.orgId, (db) =>
    db
      .selectFrom("period_forecast")
      .selectAll()
      .where("org_id", "=", company.orgId)
      .where("moment", "=", moment)
      .where("horizon", "=", horizon)
      .orderBy("from_on")
      .orderBy("person_id")
      .execute(),
  );

describe("what came of a month", () => {
  test("holds what somebody won who began within it", async () => {
    app.setNow("2026-01-05T09:00:00Z");
    const company = await makeCompany(app);
    const boss = await makePerson(app, company, { name: "Boss", roles: ["manager"] });
    const long = await makePerson(app, company, { name: "Long There", manager: boss });
    await makeHistories(app, company, [won(long, "2025-12-20", "2026-01-03", 300_00)]);
    await keepForecasts(app, company.orgId);
    app.setNow("2026-01-20T09:00:00Z");
    const late = await makePerson(app, company, { name: "New Here", manager: boss, from: "2026-01-16" });
    await makeHistories(app, company, [won(late, "2026-01-17", "2026-01-19", 9_990_00)]);
    await keepAgain(company);
    app.setNow("2026-02-03T09:00:00Z");
    await keepAgain(company);
    expect(await page(boss)).toContain("January 2026 $10,290");
    expect(await page(late)).toContain("January 2026 $9,990");
  });

  test("is told in the currency the forecasts are told in, also once the organisation counts in another one", async () => {
    app.setNow("2025-11-12T10:00:00Z");
    const company = await aYear(app);
    await keepForecasts(app, company.orgId);
    const before = (await rowsOf(company, "start")).filter(({ is_over }) => is_over);
    await owner.query("update organisation set currency = 'CHF' where org_id = $1", [company.orgId]);
    await owner.query(
      "insert into exchange_rate (org_id, currency, into_currency, from_on, rate, set_at) values ($1, 'USD', 'CHF', '2020-01-01', 2, now())",
      [company.orgId],
    );
    await keepAgain(company);
    const after = (await rowsOf(company, "start")).filter(({ is_over }) => is_over);
    expect(after.length).toBe(before.length);
    const october = before.findIndex(({ period_on, won_minor }) => period_on === "2025-10-01" && won_minor > 0);
    expect(after[october]?.currency).toBe("CHF");
    expect(after[october]?.won_minor).toBe(2 * (before[october]?.won_minor ?? 0));
    expect((after[october]?.model_minor ?? 0) / (before[october]?.model_minor ?? 1)).toBeCloseTo(2, 1);
  });

  test("is counted by the midnights the forecasts were made by: another time zone makes them again", async () => {
    app.setNow("2026-03-02T09:00:00Z");
    const { company, rep } = await makePair(app);
    await makeHistories(app, company, [won(rep, "2026-01-20", "2026-02-10", 300_00)]);
    await keepForecasts(app, company.orgId);
    await owner.query("update organisation set time_zone = 'Pacific/Auckland' where org_id = $1", [company.orgId]);
    await keepAgain(company);
    expect(new Set((await rowsOf(company, "start")).map(({ time_zone: zone }) => zone))).toEqual(new Set(["Pacific/Auckland"]));
  });
});

describe("the quota of a period", () => {
  test("is said where the whole period has one, and of whoever began within it", async () => {
    app.setNow("2026-03-02T09:00:00Z");
    const company = await makeCompany(app);
    const boss = await makePerson(app, company, { roles: ["manager"] });
    const [part, whole, fresh] = [
      await makePerson(app, company, { manager: boss }),
      await makePerson(app, company, { manager: boss }),
      await makePerson(app, company, { manager: boss, from: "2026-03-01" }),
    ];
    await owner.query(
      `insert into quota (org_id, person_id, month, amount_minor, currency)
       select $1, r.person_id::uuid, r.month::date, 1000, 'USD' from (values ($2, '2026-03-01'), ($3, '2026-01-01'), ($3, '2026-02-01'), ($3, '2026-03-01'),
         ($4, '2026-03-01')) r(person_id, month)`,
      [company.orgId, part.viewer.personId, whole.viewer.personId, fresh.viewer.personId],
    );
    await keepForecasts(app, company.orgId);
    const asked = async (horizon: "month" | "quarter") =>
      new Map((await rowsOf(company, "now", horizon)).map(({ person_id, quota_minor }) => [person_id, quota_minor]));
    const quarter = await asked("quarter");
    expect([part, whole, fresh].map(({ viewer }) => quarter.get(viewer.personId) ?? null)).toEqual([null, 3000, 1000]);
    const month = await asked("month");
    expect([part, whole, fresh].map(({ viewer }) => month.get(viewer.personId))).toEqual([1000, 1000, 1000]);
  });
});

describe("forecasts as they stand", () => {
  test.each([
    ["a quota", "insert into quota (org_id, person_id, month, amount_minor, currency) values ($1, $2, '2026-03-01', 5, 'USD')"],
    ["a quota changed", "update quota set amount_minor = amount_minor + 1 where org_id = $1 and person_id is not null and $2 <> ''"],
    [
      "a rate",
      "insert into exchange_rate (org_id, currency, into_currency, from_on, rate, set_at) select $1, 'CHF', 'USD', '2020-01-01', 2, now() where $2 <> ''",
    ],
    ["a rate corrected", "update exchange_rate set rate = 3 where org_id = $1 and $2 <> ''"],
    ["a list price", "update product set list_price_minor = list_price_minor + 1 where org_id = $1 and $2 <> ''"],
    ["a first day", "update person set started_on = '2026-03-01' where org_id = $1 and id = $2"],
  ])("follow %s", async (_, change) => {
    app.setNow("2026-03-02T09:00:00Z");
    const { company, rep } = await makePair(app);
    await makeHistories(app, company, [won(rep, "2026-01-20", "2026-02-10", 300_00)]);
    await owner.query(
      "insert into product (org_id, id, source, external_id, name, list_price_minor, currency) values ($1, gen_random_uuid(), 't', 't', 'Thing', 5, 'USD')",
      [company.orgId],
    );
    await owner.query("insert into quota (org_id, person_id, month, amount_minor, currency) values ($1, $2, '2026-04-01', 5, 'USD')", [
      company.orgId,
      rep.viewer.personId,
    ]);
    await owner.query(
      "insert into exchange_rate (org_id, currency, into_currency, from_on, rate, set_at) values ($1, 'EUR', 'USD', '2020-01-01', 2, now())",
      [company.orgId],
    );
    await keepForecasts(app, company.orgId);
    await owner.query("update forecast_state set took_ms = 0 where org_id = $1", [company.orgId]);
    expect(await areForecastsDue(app, company.orgId)).toBe(false);
    await owner.query(change, [company.orgId, rep.viewer.personId]);
    expect(await areForecastsDue(app, company.orgId)).toBe(true);
  });
});
