import { describe, expect, test } from "vitest";
import { commissionRateOn } from "../../src/domain/commission-rates/commission-rate-queries.ts";
import { readRateLines } from "../../src/domain/exchange-rates/rate-lines.ts";
import { dayNumber } from "../../src/method/day-numbers.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { makeCompany, makeOpportunity, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

async function team() {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const manager = await makePerson(app, company, { name: "Mara Manager", roles: ["manager"], manager: leader });
  const rep = await makePerson(app, company, { name: "Rico Rep", manager });
  const other = await makePerson(app, company, { name: "Otto Other", manager: leader, roles: ["manager"] });
  const stranger = await makePerson(app, company, { name: "Sven Stranger", manager: other });
  const admin = await makePerson(app, company, { roles: ["admin"] });
  return { company, leader, manager, rep, stranger, admin };
}

const pageOf = async (path: string, as: Ctx) => {
  const answer = await app.request(path, { as });
  return { status: answer.status, page: (await answer.text()).replaceAll(/\s+/g, " ") };
};
const noticeOf = (answer: Response) =>
  Buffer.from(/kept_notice=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1] ?? "", "base64url").toString();
const why = (line: string) => readRateLines(line, "USD").unread.map((one) => one.why)[0];
const cell = (person: Ctx, month: string) => `q-${person.viewer.personId}-${month}-01`;

describe("calendar and money", () => {
  test("shows the next quarters of a calendar before it is saved, then saves it", async () => {
    const { admin } = await team();
    const asked = { starts_in: "4", pattern: "months", week_starts: "1", year_ends: "nearest" };
    const { page } = await pageOf(`/set-up/money?${new URLSearchParams(asked).toString()}`, admin);
    expect(page).toContain("Not saved yet.");
    expect(page).toMatch(/Q4 FY26.*31 March 2026.*Q1 FY27.*1 April 2026.*Q3 FY27/);
    expect((await pageOf("/set-up/money", admin)).page).toContain("Q1 2026");
    await app.request("/set-up/money/calendar", { as: admin, form: asked });
    expect((await pageOf("/set-up/money", admin)).page).toContain("Q4 FY26");
    await app.request("/set-up/money/calendar", { as: admin, form: { ...asked, starts_in: "2", pattern: "4-4-5", week_starts: "7" } });
    expect((await pageOf("/set-up/money", admin)).page).toMatch(/Q1 FY27.*1 February 2026.*2 May 2026.*13<\/td>/);
  });

  test("answers a choice that is none with the same page, and changes nothing", async () => {
    const company = await makeCompany(app);
    const admin = await makePerson(app, company, { roles: ["admin"] });
    const answer = await app.request("/set-up/money/calendar", { as: admin, form: { starts_in: "13", pattern: "4-4-4" } });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain("Choose each from its list. Nothing was changed.");
    expect(html).toContain("Exchange rates into USD");
  });

  test("is for admins", async () => {
    const { manager, rep } = await team();
    for (const who of [manager, rep]) expect((await pageOf("/set-up/money", who)).status).toBe(404);
    expect((await app.request("/set-up/money/rank", { as: manager, form: { on: "yes" } })).status).toBe(404);
  });

  test("names the currencies of deals that have no rate, takes pasted rates, and keeps what could not be read", async () => {
    const { company, admin, rep } = await team();
    await makeOpportunity(app, company, rep, { currency: "CHF" });
    expect((await pageOf("/set-up/money", admin)).page).toContain("Deals in CHF have no rate");
    const wrong = await app.request("/set-up/money/rates", { as: admin, form: { lines: "CHF, 2026-01-01, 1.13\nXXQ, 2026-01-01, 2" } });
    expect(wrong.status).toBe(422);
    const typed = await wrong.text();
    expect(typed).toContain("Line 2: it names no currency.");
    expect(typed).toContain("CHF, 2026-01-01, 1.13");
    const lines = "currency;from;rate\nCHF;01.01.2026;1,1316\nCHF;2026-02-01;1.14";
    expect((await app.request("/set-up/money/rates", { as: admin, form: { lines } })).status).toBe(303);
    const { page } = await pageOf("/set-up/money", admin);
    expect(page).not.toContain("have no rate");
    expect(page).toContain("1 CHF = 1.1316 USD");
    await app.request("/set-up/money/rates/CHF/2026-02-01/remove", { as: admin, form: {} });
    expect((await pageOf("/set-up/money", admin)).page).not.toContain("1.14 USD");
  });

  test("reads rates with tabs, commas or semicolons, and refuses the own currency and days that do not exist", () => {
    expect(readRateLines("EUR\t2026-01-31\t1.08\n2026-01-31,JPY,0.0067", "USD").rates).toEqual([
      { currency: "EUR", fromOn: "2026-01-31", rate: "1.08" },
      { currency: "JPY", fromOn: "2026-01-31", rate: "0.0067" },
    ]);
    const { unread } = readRateLines("USD, 2026-01-01, 1\nEUR, 2026-02-30, 1\nEUR, 2026-01-01, 0", "USD");
    expect(unread.map(({ why }) => why)).toEqual([
      "USD is your own currency and needs no rate",
      "it has no day; write it like 2026-01-31",
      "its rate is zero; a rate is more than that",
    ]);
  });

  test("says of each line that is no rate what is wrong with it", () => {
    expect(why("abc")).toBe("it names no currency");
    expect(why("CHF, 2026-01-01, $1.12")).toBe("“$1.12” is no rate; write only what one is worth in USD, like 1.1316");
    expect(why("CHF, 2026-01-01, 9999999999999")).toBe("a rate of 9999999999999 is too much; it is what one is worth in USD, like 1.1316");
    expect(why("CHF, 2026-01-01, 0.00000000001")).toContain("at most ten decimals");
    expect(why("CHF, 2026-01-01")).toBe("it has no rate; write it like 1.1316");
    expect(why("CHF, 2026-01-01, 1,1316")).toContain("more than one number");
    expect(why("CHF, 2026-01-01, -1.2")).toContain("“-1.2” is no rate");
  });

  test("says by what amounts go once a rate is taken away", async () => {
    const { admin } = await team();
    await app.request("/set-up/money/rates", {
      as: admin,
      form: { lines: "CHF, 2026-01-01, 1.13\nCHF, 2026-02-01, 1.14\nCHF, 2026-03-01, 1.15" },
    });
    const takeAway = async (from: string) => {
      const answer = await app.request(`/set-up/money/rates/CHF/${from}/remove`, { as: admin, form: {} });
      return noticeOf(answer);
    };
    expect(await takeAway("2026-02-01")).toContain("Amounts go by the rate before it.");
    expect(await takeAway("2026-01-01")).toContain("from before the first rate left are in no sum now");
    expect(await takeAway("2026-03-01")).toContain("There is no rate of CHF now");
  });

  test("turns rank on and off, and says what it does", async () => {
    const { admin } = await team();
    expect((await pageOf("/set-up/money", admin)).page).toContain("Off: nobody is ranked anywhere.");
    await app.request("/set-up/money/rank", { as: admin, form: { on: "yes" } });
    expect((await pageOf("/set-up/money", admin)).page).toContain("On: each rep sees their own place");
  });
});

describe("quotas", () => {
  test("are set by the manager for their own people, with totals, and what they were is kept", async () => {
    const { manager, rep } = await team();
    const save = (form: Record<string, string>) => app.request("/quotas", { as: manager, form: { year: "2026", ...form } });
    expect((await save({ [cell(rep, "2026-01")]: "40k", [cell(rep, "2026-02")]: "41,000" })).status).toBe(303);
    let { page } = await pageOf("/quotas?year=2026", manager);
    expect(page).toContain("$81,000");
    expect(page).not.toContain("Sven Stranger");
    await save({ [cell(rep, "2026-01")]: "50,000", [`was-${cell(rep, "2026-01")}`]: "40,000" });
    ({ page } = await pageOf("/quotas?year=2026", manager));
    expect(page).toContain("$91,000");
    expect(page).toContain("Rico Rep, January 2026: $40,000");
    await save({ [cell(rep, "2026-02")]: "", [`was-${cell(rep, "2026-02")}`]: "41,000" });
    ({ page } = await pageOf("/quotas?year=2026", manager));
    expect(page).toContain("$50,000");
    expect(page).not.toContain('value="41,000"');
  });

  test("leave alone what was not changed on this page, also when somebody else changed it meanwhile", async () => {
    const { manager, admin, rep } = await team();
    const first = { year: "2026", [cell(rep, "2026-01")]: "10", [`was-${cell(rep, "2026-01")}`]: "" };
    await app.request("/quotas", { as: admin, form: first });
    const stale = { year: "2026", [cell(rep, "2026-01")]: "", [`was-${cell(rep, "2026-01")}`]: "", [cell(rep, "2026-02")]: "20" };
    await app.request("/quotas", { as: manager, form: stale });
    expect((await pageOf("/quotas?year=2026", manager)).page).toContain("$30");
  });

  test("of those further down are a leader’s to read, with totals, and not to set", async () => {
    const { leader, manager, rep, stranger } = await team();
    await app.request("/quotas", { as: manager, form: { year: "2026", [cell(rep, "2026-01")]: "40k", [cell(rep, "2026-04")]: "41k" } });
    const { page } = await pageOf("/quotas?year=2026", leader);
    expect(page).toMatch(/Further down, to read.*Rico Rep.*\$40,000.*\$81,000.*Sven Stranger.*Together/);
    expect(page).not.toContain(cell(rep, "2026-01"));
    expect(page).toContain(cell(manager, "2026-01"));
    expect((await pageOf("/quotas?year=2026&q=sven", leader)).page).not.toContain("Rico Rep");
    await app.request("/quotas", { as: leader, form: { year: "2026", [cell(stranger, "2026-01")]: "1" } });
    expect((await pageOf("/quotas?year=2026", leader)).page).not.toContain("$1<");
    expect((await pageOf("/quotas?year=2026", manager)).page).not.toContain("Further down");
  });

  test("of others are not the manager’s to set, and a rep sets none", async () => {
    const { company, manager, rep, stranger } = await team();
    await app.request("/quotas", { as: manager, form: { year: "2026", [cell(stranger, "2026-01")]: "1" } });
    expect((await app.request("/quotas", { as: rep, form: { year: "2026", [cell(rep, "2026-01")]: "1" } })).status).toBe(403);
    const { rows } = await app.database.ownerPool.query("select 1 from quota where org_id = $1", [company.orgId]);
    expect(rows).toEqual([]);
  });

  test("keep what was typed when an amount cannot be read, and save nothing", async () => {
    const { manager, rep } = await team();
    const form = { year: "2026", [cell(rep, "2026-01")]: "much", [cell(rep, "2026-02")]: "7" };
    const answer = await app.request("/quotas", { as: manager, form });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain("1 amount could not be taken");
    expect(page).toContain("Write an amount such as 38,120 or 38k.");
    expect(page).toContain('value="much"');
    expect((await pageOf("/quotas?year=2026", manager)).page).not.toContain('value="7"');
  });

  test("in another currency are told at their month, and none is taken for the company’s", async () => {
    const { manager, rep } = await team();
    const form = { year: "2026", [cell(rep, "2026-01")]: "48500 €", [cell(rep, "2026-02")]: "$48,500" };
    const answer = await app.request("/quotas", { as: manager, form });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain(`aria-describedby="${cell(rep, "2026-01")}-error"`);
    expect(page).toContain("Write the amount in USD.");
    expect(page).toContain('value="48500 €"');
    expect((await app.request("/quotas", { as: manager, form: { year: "2026", [cell(rep, "2026-02")]: "$48,500" } })).status).toBe(303);
    expect((await pageOf("/quotas?year=2026", manager)).page).toContain('value="48,500"');
  });
});

describe("commission rates", () => {
  test("taken away say whether one is left that holds", async () => {
    const { manager, rep } = await team();
    for (const from_on of ["2026-01-01", "2026-02-01"])
      await app.request("/commission-rates", { as: manager, form: { person: rep.viewer.personId, percent: "8", from_on } });
    const takeAway = async (from: string) =>
      noticeOf(await app.request(`/commission-rates/${rep.viewer.personId}/${from}/remove`, { as: manager, form: {} }));
    expect(await takeAway("2026-02-01")).toContain("The rate before it holds on.");
    expect(await takeAway("2026-01-01")).toContain("There is no rate before it.");
  });

  test("hold from a day on; the rep and their manager read them, the leader above and peers do not", async () => {
    const { company, leader, manager, rep, admin } = await team();
    const set = (as: Ctx, percent: string, from_on: string) =>
      app.request("/commission-rates", { as, form: { person: rep.viewer.personId, percent, from_on } });
    await set(manager, "8", "2026-01-01");
    await set(admin, "9.25 %", "2026-03-01");
    const on = (as: Ctx, day: string) =>
      as.tx(
        async (db) =>
          (await commissionRateOn(db, company.orgId, [rep.viewer.personId], dayNumber(day))).get(rep.viewer.personId)?.basisPoints,
      );
    expect(await on(rep, "2026-02-28")).toBe(800);
    expect(await on(manager, "2026-03-02")).toBe(925);
    expect(await on(rep, "2025-12-31")).toBeUndefined();
    expect(await on(leader, "2026-03-02")).toBeUndefined();
    expect((await pageOf(`/people/${rep.viewer.personId}/aspiration`, rep)).page).toContain("Commission: 9.25 % of what is won");
    await app.request(`/commission-rates/${rep.viewer.personId}/2026-03-01/remove`, { as: manager, form: {} });
    expect(await on(rep, "2026-03-02")).toBe(800);
  });

  test("of others are refused, and so is what is no share", async () => {
    const { manager, stranger, rep } = await team();
    const set = (person: Ctx, percent: string) =>
      app.request("/commission-rates", { as: manager, form: { person: person.viewer.personId, percent, from_on: "2026-01-01" } });
    expect((await set(stranger, "8")).status).toBe(403);
    const answer = await set(rep, "108");
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("Write a share from 0 to 100");
  });
});
