import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { sayOwnWord } from "../../src/domain/own-words/say-own-word.ts";
import { keepForecasts } from "../../src/domain/period-forecasts/keep-forecasts.ts";
import { recomputeNumbers } from "../../src/domain/numbers/recompute-numbers.ts";
import { settingAt } from "../../src/domain/numbers/setting-at.ts";
import { storedNumbers } from "../../src/domain/numbers/stored-numbers-queries.ts";
import { forecastMonth } from "../../src/domain/back-tests/forecast-month.ts";
import { calendarYear } from "../../src/method/fiscal-calendar.ts";
import { dayNumber } from "../../src/method/day-numbers.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { type Company, makePair } from "../builders/company.ts";
import { makeHistories } from "../builders/histories.ts";
import { makeEvidence, makeProcess } from "../builders/processes.ts";
import { aYear } from "../numbers/a-year.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

const kept = (company: Company) =>
  asActor(app, "numbers", company.orgId, (db) =>
    db.selectFrom("period_forecast").selectAll().where("org_id", "=", company.orgId).orderBy("from_on").orderBy("person_id").execute(),
  );
const rowsOf = async (company: Company, horizon: string, moment: string, periodOn: string) =>
  (await kept(company)).filter((row) => row.horizon === horizon && row.moment === moment && row.period_on === periodOn);

/**
 * A rep with two open deals that should close in March 2026: one claimed at 60 % of which 30 % is verified, and one of 30 %;
 * one that should close in April, and one won in February.
 */
async function makePipeline() {
  const { company, manager, rep } = await makePair(app);
  const process = await makeProcess(app, company, {
    stages: [
      { stage: "Prospecting", verifiers: ["accepted"], probability: 30 },
      { stage: "Engaging", verifiers: ["agreed"], probability: 60 },
    ],
  });
  const [ahead] = await makeHistories(app, company, [
    { steps: [{ at: "2026-01-10T00:00:00Z", owner: rep, stage: "Engaging", amount: 1_000_00, close_on: "2026-03-20" }] },
    { steps: [{ at: "2026-01-11T00:00:00Z", owner: rep, stage: "Prospecting", amount: 500_00, close_on: "2026-03-25" }] },
    { steps: [{ at: "2026-01-12T00:00:00Z", owner: rep, stage: "Engaging", amount: 9_000_00, close_on: "2026-04-25" }] },
    {
      steps: [
        { at: "2026-01-12T00:00:00Z", owner: rep, stage: "Engaging", amount: 700_00, close_on: "2026-02-20" },
        { at: "2026-02-12T00:00:00Z", stage: "Won", close_on: "2026-02-12" },
      ],
    },
  ]);
  return { company, manager, rep, process, ahead: ahead ?? "" };
}

/** What was forecast, without what came. */
const said = (rows: Awaited<ReturnType<typeof kept>>) =>
  JSON.stringify(rows.map(({ won_minor: _won, made_at: _at, is_over: _over, ...row }) => row));

const say = (rep: Ctx, likely: number, on: string) =>
  sayOwnWord(rep, { id: newId(), horizon: "month", on, likely, least: null, most: likely * 2 });

describe("forecasts as of the first day of a month", () => {
  test("weigh what should close within it by the stage claimed, and by the stage verified", async () => {
    const { company } = await makePipeline();
    await keepForecasts(app, company.orgId);
    const [march] = await rowsOf(company, "month", "start", "2026-03-01");
    expect(march).toMatchObject({ claimed_minor: 600_00 + 150_00, verified_minor: 300_00 + 150_00, word_minor: null, is_over: false });
    const [february] = await rowsOf(company, "month", "start", "2026-02-01");
    expect(february).toMatchObject({ claimed_minor: 420_00, verified_minor: 210_00, won_minor: 700_00, is_over: true });
    const [quarter] = await rowsOf(company, "quarter", "now", "2026-01-01");
    expect(quarter).toMatchObject({ claimed_minor: 700_00 + 600_00 + 150_00, won_minor: 700_00 });
  });

  test("stay as they were when the pipeline moves, while those of now follow", async () => {
    const { company, rep, process, ahead } = await makePipeline();
    await keepForecasts(app, company.orgId);
    await makeEvidence(app, company, { opportunity: ahead, verifier: process.verifiers.get("accepted"), by: rep });
    await app.database.ownerPool.query("update forecast_state set took_ms = 0 where org_id = $1", [company.orgId]);
    await keepForecasts(app, company.orgId);
    expect((await rowsOf(company, "month", "now", "2026-03-01"))[0]).toMatchObject({ claimed_minor: 750_00, verified_minor: 750_00 });
    expect((await rowsOf(company, "month", "start", "2026-03-01"))[0]).toMatchObject({ verified_minor: 450_00 });
  });

  test("keep the word as it stood ten days in", async () => {
    const { company, rep } = await makePipeline();
    await say(rep, 900_00, "2026-03-02");
    await keepForecasts(app, company.orgId);
    app.setNow("2026-03-09T09:00:00Z");
    await say(rep, 800_00, "2026-03-02");
    app.setNow("2026-03-15T09:00:00Z");
    await say(rep, 100_00, "2026-03-02");
    await keepForecasts(app, company.orgId);
    expect((await rowsOf(company, "month", "start", "2026-03-01"))[0]).toMatchObject({ word_minor: 800_00, word_most_minor: 1600_00 });
    app.setNow("2026-03-02T09:00:00Z");
  });

  test("are made again where late history changes what was known then", async () => {
    const { company, rep } = await makePipeline();
    await keepForecasts(app, company.orgId);
    await makeHistories(app, company, [
      { steps: [{ at: "2026-01-20T00:00:00Z", owner: rep, stage: "Engaging", amount: 1_000_00, close_on: "2026-02-20" }] },
    ]);
    await app.database.ownerPool.query("update forecast_state set took_ms = 0 where org_id = $1", [company.orgId]);
    await keepForecasts(app, company.orgId);
    expect((await rowsOf(company, "month", "start", "2026-02-01"))[0]).toMatchObject({ claimed_minor: 1_020_00 });
    const { rows } = await app.database.ownerPool.query("select 1 from late_history where org_id = $1", [company.orgId]);
    expect(rows).toEqual([]);
  });
});

describe("the model", () => {
  test("is that of the back-test, with a range, and the trailing mean beside it", async () => {
    const company = await aYear(app);
    await keepForecasts(app, company.orgId);
    const august = await rowsOf(company, "month", "start", "2025-08-01");
    const forecast = await asActor(app, "numbers", company.orgId, (db) =>
      forecastMonth(db, { orgId: company.orgId, day: dayNumber("2025-08-01"), calendar: calendarYear }),
    );
    if (!forecast.known) throw new Error("refused");
    expect(august).toHaveLength(3);
    for (const row of august) {
      expect(row.model_minor).toBe(Math.round(forecast.value.get(row.person_id)?.expectedMinor ?? 0));
      expect(row.model_low_minor).toBeLessThanOrEqual(row.model_minor ?? 0);
      expect(row.model_high_minor).toBeGreaterThan(row.model_minor ?? 0);
      expect(row.trailing_minor).not.toBeNull();
    }
  });

  test("of the running month and quarter says what everybody's own numbers say, today's wins with it", async () => {
    const company = await aYear(app);
    const { ownerPool: owner } = app.database;
    await owner.query(
      "update opportunity set outcome = 'won', stage_id = (select id from stage where org_id = $1 and name = 'Won'), amount_minor = 900000000, close_on = $2::date, last_change_at = $2 where id = (select id from opportunity where org_id = $1 and outcome = 'open' order by id limit 1)",
      [company.orgId, app.clock.now()],
    );
    await keepForecasts(app, company.orgId);
    const shared = await settingAt(app, company.orgId, app.clock.now());
    while ((await recomputeNumbers(app, company.orgId, shared)) > 0);
    const rows = (await kept(company)).filter(({ moment, model_minor }) => moment === "now" && model_minor !== null);
    expect(rows.length).toBe(6);
    const ids = rows.map(({ person_id }) => person_id);
    const stored = await asActor(app, "numbers", company.orgId, (db) => storedNumbers(db, company.orgId, ids));
    for (const row of rows) {
      const numbers = stored.get(row.person_id)?.quota?.numbers;
      if (!numbers?.known) throw new Error("no numbers");
      const { won, expectedMinor } = numbers.value.horizons[row.horizon as "month" | "quarter"];
      expect(row.model_minor).toBe(Math.round(won.minor + expectedMinor));
      expect(row.won_minor).toBe(won.minor);
      expect(row.model_low_minor).toBeGreaterThanOrEqual(row.won_minor);
    }
    expect(Math.max(...rows.map(({ won_minor }) => won_minor))).toBeGreaterThan(900_000_000 - 1);
  });

  test("expects nothing new of somebody once they have left, and is made again for it", async () => {
    const company = await aYear(app);
    const month = `${app.clock.now().toISOString().slice(0, 7)}-01`;
    const now = () => rowsOf(company, "month", "now", month);
    await keepForecasts(app, company.orgId);
    const [one, ...others] = await now();
    await app.database.ownerPool.query("update person set left_on = $2::date where id = $1", [one?.person_id, app.clock.now()]);
    await app.database.ownerPool.query("update forecast_state set took_ms = 0 where org_id = $1", [company.orgId]);
    await keepForecasts(app, company.orgId);
    const [left, ...stayed] = await now();
    expect(left?.person_id).toBe(one?.person_id);
    expect(left?.model_minor).toBeLessThan(one?.model_minor ?? 0);
    expect(stayed.map(({ model_minor }) => model_minor)).toEqual(others.map(({ model_minor }) => model_minor));
  });

  test("says nothing of months with too little history, and of no month anything that came later", async () => {
    const company = await aYear(app);
    await keepForecasts(app, company.orgId);
    expect((await rowsOf(company, "month", "start", "2025-03-01")).every((row) => row.model_minor === null)).toBe(true);
    const before = await rowsOf(company, "month", "start", "2025-09-01");
    await asActor(app, "import", company.orgId, async (db) => {
      const at = "2025-09-01T00:00:00Z";
      await sql`delete from opportunity_change where org_id = ${company.orgId} and at >= ${at}::timestamptz`.execute(db);
      await sql`delete from opportunity where org_id = ${company.orgId} and created_at >= ${at}::timestamptz`.execute(db);
      await sql`
        update opportunity set outcome = 'open', amount_minor = null, close_on = null, last_change_at = created_at,
          stage_id = (select id from stage where org_id = ${company.orgId} and name = 'Engaging')
        where org_id = ${company.orgId} and last_change_at >= ${at}::timestamptz`.execute(db);
    });
    await app.database.ownerPool.query("delete from period_forecast where org_id = $1", [company.orgId]);
    await app.database.ownerPool.query("delete from forecast_state where org_id = $1", [company.orgId]);
    await keepForecasts(app, company.orgId);
    expect(before.length).toBe(3);
    expect(said(await rowsOf(company, "month", "start", "2025-09-01"))).toBe(said(before));
  });
});
