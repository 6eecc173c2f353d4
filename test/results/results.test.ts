import { expect, test } from "vitest";
import { keepNextStep } from "../../src/domain/results/next-steps.ts";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { type Company, makeMeeting, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
// Halfway through a month of thirty days.
app.setNow("2026-06-15T12:00:00Z");

const setQuota = (company: Company, who: Ctx, months: Record<string, number>) =>
  asActor(app, "set-up", company.orgId, (db) =>
    db
      .insertInto("quota")
      .values(
        Object.entries(months).map(([month, amount]) => ({
          org_id: company.orgId,
          person_id: who.viewer.personId,
          month,
          amount_minor: amount,
          currency: "USD",
        })),
      )
      .execute(),
  );

const sayGoal = (company: Company, who: Ctx, manager: Ctx, amount: number) =>
  asActor(app, "set-up", company.orgId, (db) =>
    db
      .insertInto("goal")
      .values({
        org_id: company.orgId,
        id: newId(),
        person_id: who.viewer.personId,
        manager_id: manager.viewer.personId,
        horizon: "month",
        period_on: "2026-06-01",
        amount_minor: amount,
        currency: "USD",
        said_at: new Date("2026-06-01T08:00:00Z"),
      })
      .execute(),
  );

const win = (company: Company, who: Ctx, on: string, amount: number, name = "A deal") =>
  makeOpportunity(app, company, who, { name, stage: "Won", amount_minor: amount, close_on: on, created_at: `${on}T08:00:00Z` });

async function wordsOn(path: string, as: Ctx): Promise<string> {
  const response = await app.request(path, { as });
  expect(response.status).toBe(200);
  return wordsOf(await response.text());
}

const pageOf = (who: Ctx) => `/people/${who.viewer.personId}/results`;

test("the month is told against the own goal first, with its pace, then against plan", async () => {
  const { company, manager, rep } = await makePair(app);
  await setQuota(company, rep, { "2026-06-01": 5_000_00 });
  await sayGoal(company, rep, manager, 6_000_00);
  await win(company, rep, "2026-06-03", 2_400_00);
  for (const as of [rep, manager]) {
    const words = await wordsOn(pageOf(rep), as);
    expect(words).toContain("50 % of the month gone, 40 % of the goal won: at this pace $4,800 of $6,000.");
    expect(words).toMatch(/goal \$6,000 , 40 % won Plan \$5,000 , 48 % won/);
    expect(words).toMatch(/Dashed mark: (your|the) own goal/);
    expect(words).toMatch(/June 2026 so far \$2,400 \$6,000 \$5,000 48 %/);
    expect(await (await app.request(`${pageOf(rep)}.csv`, { as })).text()).toMatch(/2026-06,2400,5000,6000,USD,no/);
  }
});

test("a leader above sees what was won and the plan, and never the own goal or what was said from memory", async () => {
  const { company, manager, rep } = await makePair(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  await asActor(app, "set-up", company.orgId, (db) =>
    db
      .insertInto("reporting_line")
      .values({ org_id: company.orgId, person_id: manager.viewer.personId, manager_id: leader.viewer.personId, from_on: "2020-01-01" })
      .execute(),
  );
  await setQuota(company, rep, { "2026-06-01": 5_000_00 });
  await sayGoal(company, rep, manager, 6_000_00);
  await win(company, rep, "2026-06-03", 2_400_00);
  const words = await wordsOn(pageOf(rep), leader);
  expect(words).toContain("50 % of the month gone, 48 % of the plan won: at this pace $4,800 of $5,000.");
  expect(words).not.toMatch(/\$6,000|from memory before|own goal, which|none said/);
  const seen = await rep.tx((db) => db.selectFrom("reading").select("what").where("person_id", "=", rep.viewer.personId).execute());
  expect(seen).toEqual([{ what: "results" }]);
  expect(await (await app.request(`${pageOf(rep)}.csv`, { as: leader })).text()).toMatch(/2026-06,2400,5000,,USD,no/);
});

test("another rep finds no such page, nor does an admin, and nobody's own page is empty of words", async () => {
  const { company, rep } = await makePair(app);
  const other = await makePerson(app, company, {});
  const admin = await makePerson(app, company, { roles: ["admin"] });
  for (const as of [other, admin])
    for (const path of ["", "/won?from=2026-06-01&to=2026-06-30", ".csv", "/won.csv?from=2026-06-01&to=2026-06-30"])
      expect((await app.request(pageOf(rep) + path, { as })).status).toBe(404);
  const words = await wordsOn(pageOf(rep), rep);
  expect(words).toContain("There is no goal or plan for the whole month to hold it against.");
  expect(words).toContain("You have not said any number yet.");
  const link = /href="([^"]*)">Say what you want to win/.exec(await (await app.request(pageOf(rep), { as: rep })).text())?.[1] ?? "";
  expect((await app.request(link, { as: rep })).status).toBe(200);
  expect((await app.request("/results", { as: rep })).headers.get("location")).toBe(pageOf(rep));
});

test("a figure opens the deals that make it up, and nothing of other days", async () => {
  const { company, manager, rep } = await makePair(app);
  await win(company, rep, "2026-06-03", 2_400_00, "Zoomit");
  await win(company, rep, "2026-06-10", 100_00, "Sonron");
  await win(company, rep, "2026-05-31", 700_00, "Isdom");
  const html = await (await app.request(pageOf(rep), { as: manager })).text();
  const href = new RegExp(`href="([^"]*)" aria-label="\\$2,500 won in June 2026: the deals"`).exec(html)?.[1]?.replaceAll("&amp;", "&");
  const words = await wordsOn(href ?? "", manager);
  expect(words).toContain("2 deals, $2,500.");
  expect(words).toMatch(/Sonron.*Zoomit/);
  expect(words).not.toContain("Isdom");
  const csv = await (await app.request((href ?? "").replace("/won?", "/won.csv?"), { as: manager })).text();
  expect(csv.trim().split("\r\n").slice(1)).toEqual(["2026-06-10,Sonron,,,100,USD", "2026-06-03,Zoomit,,,2400,USD"]);
  expect((await app.request(`${pageOf(rep)}/won?from=2026-06-30&to=2026-06-01`, { as: rep })).status).toBe(404);
});

test("months below plan in a row lead to the next step, and the steps taken stay in sight of the pair", async () => {
  const { company, manager, rep } = await makePair(app);
  await setQuota(company, rep, { "2026-03-01": 100_00, "2026-04-01": 1_000_00, "2026-05-01": 1_000_00, "2026-06-01": 1_000_00 });
  await win(company, rep, "2026-03-05", 200_00);
  const held = await makeMeeting(app, company, manager, rep, { planned_start: "2026-06-14T09:00:00Z" });
  await openMeeting(manager, held);
  const step = (monthsMissed: number, words: string) => keepNextStep(manager, { id: newId(), meetingId: held, words, monthsMissed });
  await step(1, "Call Ann together");
  const html = await (await app.request(pageOf(rep), { as: rep })).text();
  expect(html).toContain(`/meetings/${held}/room">the next one-on-one`);
  const words = await wordsOn(pageOf(rep), rep);
  expect(words).toContain("2 months in a row below plan: agree the next step in the next one-on-one");
  await step(2, "Two visits a week with Mara");
  const after = await wordsOn(pageOf(rep), rep);
  expect(after).toContain("2 months in a row below plan. The next step was agreed on 15 June 2026.");
  expect(after).toContain("Two visits a week with Mara");
  app.setNow("2026-07-15T09:00:00Z");
  await setQuota(company, rep, { "2026-07-01": 1_000_00 });
  expect(await wordsOn(pageOf(rep), rep)).toContain("3 months in a row below plan: agree the next step");
  app.setNow("2026-06-15T12:00:00Z");
  expect(words).toContain("set for 4 of its 12 months");
  expect(words).toContain("There is no goal or plan for the whole year to hold it against.");
  await win(company, rep, "2026-05-20", 1_000_00);
  expect(await wordsOn(pageOf(rep), rep)).toContain("May 2026 reached its plan.");
});

test("what was said from memory stands beside what it was, one-on-one by one-on-one, once it was handed in", async () => {
  const { company, manager, rep } = await makePair(app);
  await win(company, rep, "2026-06-03", 1_000_00);
  const says = async (at: string, stated: string, handIn = true) => {
    const meeting = await makeMeeting(app, company, manager, rep, { kind: "weekly-hour", planned_start: at });
    const form = { "typed month_result stated": stated };
    expect((await app.request(`/meetings/${meeting}/preparation/figures`, { as: rep, form })).status).toBe(303);
    if (handIn) await app.request(`/meetings/${meeting}/preparation/hand-in`, { as: rep, form: {} });
  };
  for (const [day, stated] of ["1200", "1200", "1300", "1010", "1020"].entries()) await says(`2026-06-2${day}T09:00:00Z`, stated);
  expect(await wordsOn(pageOf(rep), rep)).toContain("Won in the month: cannot tell yet, 5 statements of the 6 it takes.");
  await says("2026-06-27T09:00:00Z", "1030", false);
  const own = await wordsOn(pageOf(rep), rep);
  expect(own).toContain("Won in the month: you used to say 20 % too much, now 2 %.");
  expect(own).toContain("$1,030");
  const theirs = await wordsOn(pageOf(rep), manager);
  expect(theirs).toContain("5 statements of the 6 it takes");
  expect(theirs).not.toContain("$1,030");
});
