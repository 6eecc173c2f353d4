import { describe, expect, test } from "vitest";
import { report } from "../../src/commands/backtest.ts";
import { keepBackTest } from "../../src/domain/back-tests/keep-back-test.ts";
import { keepBackTestsJob } from "../../src/jobs/keep-back-tests.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { makeCompany, makePerson } from "../builders/company.ts";
import { aYear } from "../numbers/a-year.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
app.setNow("2026-01-05T09:00:00Z");

const page = async (as: Ctx) => (await app.request("/forecast/back-test", { as })).text();

const asShare = (printed: string | undefined) => `${Math.round(Number(printed) * 100)} %`;

describe("the back-test on a page", () => {
  test("shows the figures the command prints, beside the trailing mean and the flat rule, the last three months apart", async () => {
    const company = await aYear(app);
    const leader = await makePerson(app, company, { roles: ["leader"] });
    expect(wordsOf(await page(leader))).toContain("No back-test yet");
    await keepBackTest(app, company.orgId);
    const shown = wordsOf(await page(leader));
    const [, kept, trailing] =
      /N1 error of a rep's month, Kept +(\.\d+)[^\n]*\n +trailing mean +(\.\d+)/.exec(await report(app, company.orgId)) ?? [];
    expect(kept).toBeDefined();
    expect(shown).toContain(`For one rep’s month Kept would have been off by ${asShare(kept)} of what came.`);
    expect(shown).toContain(`Taking the last three months’ mean again: ${asShare(trailing)}.`);
    expect(shown).toMatch(/all months \d+ people’s months earlier \d+ people’s months last three 9 people’s months/);
    expect(shown).toContain("nobody differs by more than chance.");
    expect(shown).toMatch(/Months without a forecast .*January 2025/);
  });

  test("says plainly when the range held more or less often than it is meant to", async () => {
    const company = await aYear(app);
    const leader = await makePerson(app, company, { roles: ["leader"] });
    await keepBackTest(app, company.orgId);
    const held = async (share: number) => {
      await app.database.ownerPool.query(
        "update back_test set report = jsonb_set(report, '{value,groups,0,scores,cover,value}', $2) where org_id = $1",
        [company.orgId, String(share)],
      );
      return wordsOf(await page(leader));
    };
    expect(await held(0.99)).toContain("should hold four times in five held 99 % of the time: it is wider than needed here.");
    expect(await held(0.5)).toContain("50 % of the time: it is too narrow here.");
    expect(await held(0.76)).toMatch(/76 % of the time\. /);
  });

  test("is for managers and leaders, and nobody else", async () => {
    const company = await makeCompany(app);
    for (const [roles, status] of [
      [["leader"], 200],
      [["manager"], 200],
      [["rep"], 403],
      [["admin"], 403],
    ] as const) {
      const as = await makePerson(app, company, { roles: [...roles] });
      expect((await app.request("/forecast/back-test", { as })).status).toBe(status);
      expect((await app.request("/forecast/back-test", { as, form: {} })).status).toBe(status === 200 ? 303 : 403);
    }
  });

  test("says what to do where there is nothing to test with", async () => {
    const company = await makeCompany(app);
    const leader = await makePerson(app, company, { roles: ["leader"] });
    await keepBackTestsJob(app);
    expect(wordsOf(await page(leader))).toContain("Import your closed deals first");
  });
});
