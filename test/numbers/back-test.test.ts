import { existsSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { report } from "../../src/commands/backtest.ts";
import { backTest } from "../../src/domain/back-tests/back-test.ts";
import { scoresOf } from "../../src/domain/back-tests/back-test-scores.ts";
import { applyOpportunityRows } from "../../src/domain/imports/apply-opportunity-rows.ts";
import { forecastMonth } from "../../src/domain/back-tests/forecast-month.ts";
import { ownedDealsAsOf } from "../../src/domain/numbers/owned-deals-queries.ts";
import { coverageAgainst, newDealChances, rateRange } from "../../src/domain/numbers/standing-figures.ts";
import { dayNumber, monthNumber } from "../../src/method/day-numbers.ts";
import { valueOf } from "../../src/method/estimate.ts";
import { calendarYear } from "../../src/method/fiscal-calendar.ts";
import { asActor } from "../../src/platform/context.ts";
import type { Db } from "../../src/platform/database.ts";
import { type Company, makeCompany } from "../builders/company.ts";
import { bringIn, bringInFile } from "../imports/bring-in.ts";
import { aYear } from "./a-year.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const month = (words: string) => monthNumber(dayNumber(`${words}-01`));
const whole = (forecasts: unknown) =>
  JSON.stringify(forecasts, (_, value: unknown) =>
    value instanceof Map ? [...value] : value instanceof Float64Array ? [...value] : value,
  );

/** Deals that turn out to be in another currency, worth twice as much. */
async function changeCurrencies({ orgId }: Company): Promise<void> {
  const { ownerPool } = app.database;
  const rate =
    "insert into exchange_rate (org_id, into_currency, currency, from_on, rate, set_at) values ($1, 'USD', 'EUR', '2024-01-01', 2, now())";
  await ownerPool.query(rate, [orgId]);
  const { rows } = await ownerPool.query<{ source: string; external_id: string }>(
    "select source, external_id from opportunity where org_id = $1 and amount_minor > 0",
    [orgId],
  );
  const push = { orgId, source: rows[0]?.source ?? "", label: "Pushed", createdBy: null };
  const done = await app.database.withClient({ orgId, personId: null, actor: "import", now: app.clock.now() }, (client) =>
    applyOpportunityRows(
      app,
      client,
      push,
      rows.map((row) => ({ externalId: row.external_id, currency: "EUR" })),
    ),
  );
  expect(done).toMatchObject({ changed: rows.length, listed: [] });
}

/** As if the days from `day` on had never been. */
async function forget(db: Db, { orgId }: Company, day: string): Promise<void> {
  const at = `${day}T00:00:00Z`;
  await sql`delete from opportunity_change where org_id = ${orgId} and at >= ${at}::timestamptz`.execute(db);
  await sql`delete from opportunity where org_id = ${orgId} and created_at >= ${at}::timestamptz`.execute(db);
  await sql`
    update opportunity set outcome = 'open', amount_minor = null, close_on = null, last_change_at = created_at,
      stage_id = (select id from stage where org_id = ${orgId} and name = 'Engaging')
    where org_id = ${orgId} and last_change_at >= ${at}::timestamptz`.execute(db);
}

describe("a forecast as of a day", () => {
  test("is equal to the last byte when every later row is gone", async () => {
    const company = await aYear(app);
    const day = dayNumber("2025-09-01");
    const forecast = () =>
      asActor(app, "import", company.orgId, (db) => forecastMonth(db, { orgId: company.orgId, day, calendar: calendarYear }));
    const before = await forecast();
    await asActor(app, "import", company.orgId, (db) => forget(db, company, "2025-09-01"));
    expect(before.known).toBe(true);
    expect(whole(await forecast())).toBe(whole(before));
  });

  test("is equal to the last byte when deals take another currency later, and products another price", async () => {
    const company = await aYear(app);
    const forecast = () =>
      asActor(app, "import", company.orgId, async (db) => {
        const { orgId } = company;
        const day = dayNumber("2025-09-01");
        return whole([await forecastMonth(db, { orgId, day, calendar: calendarYear }), await ownedDealsAsOf(db, orgId, day)]);
      });
    const now = () => asActor(app, "import", company.orgId, (db) => ownedDealsAsOf(db, company.orgId, dayNumber("2026-12-01")));
    const [before, standing] = [await forecast(), whole(await now())];
    await changeCurrencies(company);
    expect(await forecast()).toBe(before);
    const dearer = whole(await now());
    expect(dearer, "from then on it counts").not.toBe(standing);
    expect((await bringIn(app, company, "product,series,sales_price\nThing,A,3000")).counts).toMatchObject({ changed: 1 });
    expect(await forecast()).toBe(before);
    expect(whole(await now()), "from then on it counts").not.toBe(dearer);
  });

  test("is refused on a day with too little before it, and changes when an earlier row does", async () => {
    const company = await aYear(app);
    const forecast = (day: string) =>
      asActor(app, "import", company.orgId, (db) =>
        forecastMonth(db, { orgId: company.orgId, day: dayNumber(day), calendar: calendarYear }),
      );
    expect(await forecast("2025-03-01")).toMatchObject({ refusal: { lack: "history", unit: "days" } });
    const before = await forecast("2025-09-01");
    await asActor(app, "import", company.orgId, (db) => forget(db, company, "2025-08-25"));
    expect(whole(await forecast("2025-09-01"))).not.toBe(whole(before));
  });

  test("values a closed deal, while it was open, at its amount then", async () => {
    const company = await aYear(app);
    const deals = await asActor(app, "import", company.orgId, (db) => ownedDealsAsOf(db, company.orgId, dayNumber("2026-01-01")));
    const by = Map.groupBy(deals, ({ outcome }) => outcome);
    expect(new Set(by.get("lost")?.map(({ openMinor, wonMinor }) => `${openMinor} ${wonMinor}`))).toEqual(new Set(["100000 0"]));
    expect(new Set(by.get("won")?.map(({ openMinor, wonMinor }) => `${openMinor} ${wonMinor}`))).toEqual(new Set(["100000 100000"]));
    expect(by.get("open")?.every(({ endedOn }) => endedOn === null)).toBe(true);
  });
});

describe("the report of the back-test", () => {
  test("sets Kept beside the trailing mean and the flat rule, the last three months apart, and names what it refuses", async () => {
    const company = await aYear(app);
    app.setNow("2026-01-05T09:00:00Z");
    const words = await report(app, company.orgId);
    expect(words).toMatch(/all months \(\d+\) +earlier \(\d+\) +last three \(9\)/);
    expect(words).toMatch(/N1 error of a rep's month, Kept +\.\d{3} +\.\d{3} +\.\d{3}/);
    expect(words).toContain("N7 2025-01: no forecast, not enough history: 0 days, 90 needed.");
    expect(words).toContain("nobody differs by more than chance");
    expect(words).toMatch(/N6 2025-07: coverage asked .*: not enough results: 3 pairs, 5 needed\./);
  });

  test("says what to do for a company without opportunities, and for months that are not over", async () => {
    const company = await makeCompany(app, { name: "Empty" });
    await expect(report(app, company.orgId)).rejects.toThrow("Empty has no opportunities yet.");
    const other = await aYear(app);
    await expect(report(app, other.orgId, month("2026-01"))).rejects.toThrow("no whole month");
  });
});

const folder = process.env.KEPT_REAL_DATA ?? "";
const maven = (name: string) => join(folder, "crm", "maven", name);
const isHere = folder !== "" && existsSync(maven("sales_pipeline.csv"));
if (!isHere) console.log("Skipped: the bars on the real pipeline. Set KEPT_REAL_DATA to the folder that holds crm/maven.");

describe.skipIf(!isHere)("on the real pipeline", () => {
  test("the method reaches its bars N1 to N7 and N9", async () => {
    const company = await makeCompany(app);
    for (const name of ["sales_teams.csv", "products.csv", "accounts.csv", "sales_pipeline.csv"])
      expect((await bringInFile(app, company, maven(name))).counts.failed).toBe(0);
    const { orgId } = company;
    const asOf = (day: string) => asActor(app, "import", orgId, (db) => ownedDealsAsOf(db, orgId, dayNumber(day)));
    const [end, july] = [await asOf("2018-01-01"), await asOf("2017-07-01")];
    const tested = await asActor(app, "import", orgId, (db) =>
      backTest(db, { orgId, calendar: calendarYear, from: month("2017-03"), to: month("2017-12"), known: end }),
    );
    const { of, cover, months } = scoresOf(tested.months);
    expect(months).toBe(270);
    expect(valueOf(of.trailing.rep)).toBeCloseTo(0.416, 3);
    expect(valueOf(of.flat.rep)).toBeCloseTo(0.781, 3);
    expect(valueOf(of.trailing.everybody)).toBeCloseTo(0.22, 3);
    expect(valueOf(of.kept.rep)).toBeLessThanOrEqual(0.39);
    expect(valueOf(of.kept.everybody)).toBeLessThanOrEqual(0.2);
    expect(valueOf(of.kept.team)).toBeLessThan(valueOf(of.trailing.team) ?? 0);
    expect(valueOf(of.kept.brier)).toBeLessThanOrEqual(0.21);
    expect(valueOf(of.kept.calibration)).toBeLessThanOrEqual(0.06);
    expect(valueOf(of.kept.area)).toBeGreaterThanOrEqual(0.74);
    expect(valueOf(cover)).toBeGreaterThanOrEqual(0.75);
    expect(valueOf(cover)).toBeLessThanOrEqual(0.85);
    const rates = valueOf(rateRange(end));
    expect(rates?.flagged).toEqual([]);
    expect(rates?.low).toBeGreaterThan(0.61);
    expect(rates?.high).toBeLessThan(0.65);
    const fresh = valueOf(newDealChances(end, dayNumber("2018-01-01")));
    expect(fresh?.won).toBeGreaterThan(0.52);
    expect(fresh?.won).toBeLessThan(0.54);
    expect(
      valueOf(coverageAgainst(july, end, { day: dayNumber("2017-07-01"), end: dayNumber("2017-10-01"), calendar: calendarYear })),
    ).toBeGreaterThanOrEqual(0.6);
    expect(tested.refused).toEqual([{ month: month("2017-03"), words: "not enough history: 0 days of closed deals, 28 needed" }]);
  });
});
