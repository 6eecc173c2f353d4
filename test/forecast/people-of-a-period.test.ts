import { beforeEach, describe, expect, test } from "vitest";
import { keepForecasts } from "../../src/domain/period-forecasts/keep-forecasts.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";
import { makeHistories, type Step } from "../builders/histories.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
const owner = app.database.ownerPool;

beforeEach(() => app.setNow("2026-01-05T09:00:00Z"));

const page = async (as: Ctx, path = "/forecast") => wordsOf(await (await app.request(path, { as })).text());
const quarter = (as: Ctx) => page(as, "/forecast?period=quarter");

async function goOn({ orgId }: Company, now: string) {
  app.setNow(now);
  await owner.query("update forecast_state set took_ms = 0 where org_id = $1", [orgId]);
  await keepForecasts(app, orgId);
}

const won = (who: Ctx, on: string, amount: number): { steps: [Step, Step] } => ({
  steps: [
    { at: "2025-09-01T00:00:00Z", owner: who, stage: "Engaging", amount, close_on: on },
    { at: `${on}T08:00:00Z`, stage: "Won", close_on: on },
  ],
});

/** Leader, two managers; Ann won 1,000 in December and 700 in January, Bob 500 and 300, both under Zoe; Cleo 90 and 40 under Max. */
async function makeTree() {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { name: "Lea Leader", roles: ["leader"] });
  const zoe = await makePerson(app, company, { name: "Zoe Boss", roles: ["manager"], manager: leader });
  const max = await makePerson(app, company, { name: "Max Boss", roles: ["manager"], manager: leader });
  const ann = await makePerson(app, company, { name: "Ann Rep", manager: zoe });
  const bob = await makePerson(app, company, { name: "Bob Rep", manager: zoe });
  const cleo = await makePerson(app, company, { name: "Cleo Rep", manager: max });
  await makeHistories(app, company, [
    won(ann, "2025-12-10", 1_000_00),
    won(bob, "2025-12-11", 500_00),
    won(cleo, "2025-12-12", 90_00),
    won(ann, "2026-01-03", 700_00),
    won(bob, "2026-01-03", 300_00),
    won(cleo, "2026-01-04", 40_00),
  ]);
  await goOn(company, "2026-01-05T09:00:00Z");
  return { company, leader, zoe, max, ann, bob };
}

const endLine = ({ viewer }: Ctx, on: string) =>
  owner.query("update reporting_line set until_on = $3 where org_id = $1 and person_id = $2", [viewer.orgId, viewer.personId, on]);

async function leave(who: Ctx, on: string) {
  await endLine(who, on);
  await owner.query("update person set left_on = $3 where org_id = $1 and id = $2", [who.viewer.orgId, who.viewer.personId, on]);
}

async function move(who: Ctx, to: Ctx, on: string) {
  await endLine(who, on);
  await owner.query("insert into reporting_line (org_id, person_id, manager_id, from_on) values ($1, $2, $3, $4)", [
    who.viewer.orgId,
    who.viewer.personId,
    to.viewer.personId,
    on,
  ]);
}

describe("whoever leaves", () => {
  test("stays in the sums of the month and the quarter they left within, by name and without a page to go to", async () => {
    const { company, leader, zoe, ann } = await makeTree();
    await leave(ann, "2026-01-14");
    await goOn(company, "2026-01-15T09:00:00Z");
    expect(await page(zoe)).toContain("January 2026 Won so far $1,000");
    expect(await page(leader)).toContain("January 2026 Won so far $1,040");
    expect(await page(leader)).toMatch(/Zoe Boss and 2 \$1,000/);
    expect(await page(leader, `/forecast?person=${zoe.viewer.personId}`)).toMatch(
      /Ann Rep has left \$700 .*Bob Rep \$300 .* stays in its sums/,
    );
    const html = await (await app.request("/forecast", { as: zoe })).text();
    expect(html).not.toContain(`person=${ann.viewer.personId}`);
    expect((await app.request(`/forecast?person=${ann.viewer.personId}`, { as: zoe })).status).toBe(404);
    expect(await (await app.request("/forecast.csv", { as: zoe })).text()).toContain("Ann Rep,January 2026,USD,700,");
  });

  test("is in no later month, and in the quarter as long as it runs", async () => {
    const { company, zoe, bob, ann } = await makeTree();
    await leave(ann, "2026-01-14");
    await makeHistories(app, company, [won(bob, "2026-02-01", 20_00)]);
    await goOn(company, "2026-02-03T09:00:00Z");
    const month = await page(zoe);
    expect(month).toContain("February 2026 Won so far $20");
    expect(month).toContain("Q1 2026 Won so far $1,020");
    expect(month).not.toContain("Ann Rep");
    expect(await quarter(zoe)).toContain("Ann Rep has left $700");
    await goOn(company, "2026-04-03T09:00:00Z");
    expect(await quarter(zoe)).not.toContain("Ann Rep");
  });

  test("stays in what came of the months they were there", async () => {
    const { company, leader, zoe, max, ann } = await makeTree();
    await leave(ann, "2026-01-14");
    await goOn(company, "2026-02-03T09:00:00Z");
    expect(await page(zoe)).toMatch(/January 2026 \$1,000 .*December 2025 \$1,500/);
    expect(await page(leader)).toMatch(/January 2026 \$1,040 .*December 2025 \$1,590/);
    expect(await page(max)).toMatch(/January 2026 \$40 .*December 2025 \$90/);
  });
});

describe("whoever moves to another manager", () => {
  test("takes along what is to come, and nothing of what was", async () => {
    const { company, leader, zoe, max, ann } = await makeTree();
    await move(ann, max, "2026-01-14");
    await goOn(company, "2026-01-15T09:00:00Z");
    const [before, after] = [await page(zoe), await page(max)];
    expect(before).toContain("January 2026 Won so far $300");
    expect(before).toContain("December 2025 $1,500");
    expect(before).not.toContain("Ann Rep");
    expect(after).toContain("January 2026 Won so far $740");
    expect(after).toContain("December 2025 $90");
    expect(await page(leader)).toMatch(/January 2026 Won so far \$1,040 .*December 2025 \$1,590/);
    await goOn(company, "2026-02-03T09:00:00Z");
    expect(await page(zoe)).toMatch(/January 2026 \$300 .*December 2025 \$1,500/);
    expect(await page(max)).toMatch(/January 2026 \$740 .*December 2025 \$90/);
    expect(await page(max, `/forecast?person=${ann.viewer.personId}`)).toMatch(/January 2026 \$700 .*December 2025 \$1,000/);
    expect((await app.request(`/forecast?person=${ann.viewer.personId}`, { as: zoe })).status).toBe(404);
  });

  test("shows the former manager no row of a period that ended under somebody else", async () => {
    const { company, zoe, max, ann } = await makeTree();
    await move(ann, max, "2026-01-14");
    await goOn(company, "2026-02-03T09:00:00Z");
    const seen = await zoe.tx((db) =>
      db
        .selectFrom("period_forecast")
        .select("until_on")
        .where("person_id", "=", ann.viewer.personId)
        .orderBy("until_on", "desc")
        .execute(),
    );
    expect(seen.length).toBeGreaterThan(0);
    expect(seen[0]?.until_on).toBe("2026-01-01");
  });

  test("is not shown to a new leader through a manager they had before", async () => {
    const { company, zoe, ann, max } = await makeTree();
    const other = await makePerson(app, company, { name: "Other Leader", roles: ["leader"] });
    await move(ann, max, "2026-01-14");
    await move(zoe, other, "2026-01-14");
    await goOn(company, "2026-02-03T09:00:00Z");
    expect(await page(zoe)).toContain("December 2025 $1,500");
    expect(await page(other, `/forecast?person=${zoe.viewer.personId}`)).toContain("December 2025 $500");
  });
});

test("a manager’s word of the first days is kept, and is of the team they had then, also when they have none now", async () => {
  const { company, max, zoe, ann, bob } = await makeTree();
  await app.request("/forecast/word", { as: zoe, form: { id: newId(), horizon: "month", likely: "2k", least: "", most: "" } });
  await goOn(company, "2026-01-12T09:00:00Z");
  await move(ann, max, "2026-02-02");
  await move(bob, max, "2026-02-02");
  await goOn(company, "2026-02-03T09:00:00Z");
  const text = await page(zoe);
  expect(text).toContain("Your own word for the team 1");
  expect(text).toMatch(/January 2026 \$1,000 nothing/);
});
