import { expect, test } from "vitest";
import { monthResults } from "../../src/domain/opportunities/month-results.ts";
import { missedInARow } from "../../src/method/missed-in-a-row.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { makePair } from "../builders/company.ts";
import { makeHistories } from "../builders/histories.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

async function resultsOf(ctx: Ctx, person: Ctx, months: string[], at: string) {
  const all = await ctx.tx((db) =>
    monthResults(db, { orgId: ctx.viewer.orgId, personIds: [person.viewer.personId], months, at: new Date(at) }),
  );
  const mine = all.get(person.viewer.personId);
  if (!mine) throw new Error("no entry");
  return mine;
}

test("a month holds what was won in it, as known on that day, beside its quota", async () => {
  const { company, manager, rep } = await makePair(app);
  await asActor(app, "set-up", company.orgId, (db) =>
    db
      .insertInto("quota")
      .values({ org_id: company.orgId, person_id: rep.viewer.personId, month: "2025-03-01", amount_minor: 9000, currency: "USD" })
      .execute(),
  );
  await makeHistories(app, company, [
    {
      steps: [
        { at: "2025-01-05T00:00:00Z", owner: rep, stage: "Engaging", amount: 100 },
        { at: "2025-02-03T12:00:00Z", stage: "Won", close_on: "2025-02-03", amount: 1000 },
      ],
    },
    {
      steps: [
        { at: "2025-01-05T00:00:00Z", owner: rep, stage: "Engaging" },
        { at: "2025-03-10T12:00:00Z", stage: "Won", close_on: "2025-03-10", amount: 2000 },
      ],
    },
    {
      steps: [
        { at: "2025-01-05T00:00:00Z", owner: rep, stage: "Engaging" },
        { at: "2025-03-20T12:00:00Z", stage: "Won", close_on: "2025-03-20", amount: 4000 },
      ],
    },
    {
      steps: [
        { at: "2025-01-05T00:00:00Z", owner: rep, stage: "Engaging" },
        { at: "2025-03-20T12:00:00Z", stage: "Lost", close_on: "2025-03-20" },
      ],
    },
  ]);
  const months = ["2025-02-01", "2025-03-01"];
  expect((await resultsOf(manager, rep, months, "2025-03-31T12:00:00Z")).months).toMatchObject([
    { wonMinor: 1000, quotaMinor: null, currency: "USD" },
    { wonMinor: 6000, quotaMinor: 9000 },
  ]);
  expect((await resultsOf(rep, rep, months, "2025-03-15T12:00:00Z")).months.map(({ wonMinor }) => wonMinor)).toEqual([1000, 2000]);
  expect((await resultsOf(rep, rep, months, "2025-01-15T12:00:00Z")).months.map(({ wonMinor }) => wonMinor)).toEqual([0, 0]);
});

test("the mean of the three months before needs a history that long", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeHistories(app, company, [
    {
      steps: [
        { at: "2024-12-30T00:00:00Z", owner: rep, stage: "Engaging" },
        { at: "2025-01-20T12:00:00Z", stage: "Won", close_on: "2025-01-20", amount: 3000 },
      ],
    },
    {
      steps: [
        { at: "2025-01-05T00:00:00Z", owner: rep, stage: "Engaging" },
        { at: "2025-03-20T12:00:00Z", stage: "Won", close_on: "2025-03-20", amount: 6000 },
      ],
    },
    {
      steps: [
        { at: "2025-01-05T00:00:00Z", owner: rep, stage: "Engaging" },
        { at: "2025-04-20T12:00:00Z", stage: "Won", close_on: "2025-04-20", amount: 90_000 },
      ],
    },
  ]);
  expect((await resultsOf(manager, rep, ["2025-04-01"], "2025-04-25T12:00:00Z")).trailingMeanMinor).toBe(3000);
  expect((await resultsOf(manager, rep, ["2025-03-01"], "2025-03-25T12:00:00Z")).trailingMeanMinor).toBeNull();
  await app.database.ownerPool.query("update organisation set time_zone = 'Europe/Zurich' where org_id = $1", [company.orgId]);
  expect((await resultsOf(manager, rep, ["2025-03-01"], "2025-03-31T22:30:00Z")).trailingMeanMinor, "April has begun there").toBe(3000);
});

const month = (result: number, plan: number | null) => ({ result, plan });

test("months below plan in a row count from the latest back", () => {
  expect(missedInARow([month(5, 10), month(12, 10), month(9, 10), month(8, 10)])).toBe(2);
  expect(missedInARow([month(5, 10), month(10, 10)])).toBe(0);
  expect(missedInARow([month(5, 10), month(5, null)])).toBeNull();
  expect(missedInARow([])).toBeNull();
});
