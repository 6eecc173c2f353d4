import { expect, test } from "vitest";
import { activitiesOf, activityWeeks } from "../../src/domain/activities/activity-queries.ts";
import { makeCompany, makeOpportunity, makePerson } from "../builders/company.ts";
import { bringIn } from "../imports/bring-in.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
app.setNow("2026-03-04T12:00:00Z");

async function companyWithActivities() {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const manager = await makePerson(app, company, { name: "Mara Manager", roles: ["manager"], manager: leader });
  const rep = await makePerson(app, company, { name: "Rico Rep", manager });
  const other = await makePerson(app, company, { name: "Olga Other", manager });
  const admin = await makePerson(app, company, { roles: ["admin"] });
  const deal = await makeOpportunity(app, company, rep, { name: "Refit" });
  await bringIn(
    app,
    company,
    "id,type,owner,date,deal,subject,status\n" +
      "1,Call,Rico Rep,2026-03-03 09:00,Refit,Dates,done\n2,Call,Rico Rep,2026-03-02 09:00,,,done\n3,Mail,Rico Rep,2026-02-24,Refit,Offer,done\n" +
      "4,Demo,Rico Rep,2026-03-09,Refit,Trial,planned\n5,Visit,Olga Other,2026-03-03,Refit,Joined in,done\n6,Fax,Rico Rep,2026-02-24,,,done",
  );
  return { company, leader, manager, rep, other, admin, deal };
}

test("the activities of a deal come newest first, up to an instant, to whoever sees the deal", async () => {
  const { company, manager, rep, admin, deal } = await companyWithActivities();
  const of = (who: typeof rep, until = "2026-03-04T12:00:00Z") =>
    who.tx((db) => activitiesOf(db, { orgId: company.orgId, opportunityId: deal, until: new Date(until) }));
  expect((await of(manager)).map(({ type, subject, personName }) => `${type} ${subject} ${personName}`)).toEqual([
    "meeting Joined in Olga Other",
    "call Dates Rico Rep",
    "mail Offer Rico Rep",
  ]);
  expect(
    (await of(rep)).map(({ type, personName }) => `${type} ${personName}`),
    "a colleague’s name is not theirs to know",
  ).toEqual(["meeting a colleague", "call Rico Rep", "mail Rico Rep"]);
  expect((await of(rep, "2026-03-01T00:00:00Z")).map(({ type }) => type)).toEqual(["mail"]);
  expect(await of(admin)).toEqual([]);
});

test("a week counts what was done in it, and not what is planned", async () => {
  const { company, rep } = await companyWithActivities();
  const asked = { orgId: company.orgId, personId: rep.viewer.personId, timeZone: "UTC", weeks: 2 };
  const weeks = await rep.tx((db) => activityWeeks(db, { ...asked, now: app.clock.now() }));
  expect(weeks).toEqual([
    { week: "2026-03-02", call: 2, meeting: 0, mail: 0, demo: 0, other: 0 },
    { week: "2026-02-23", call: 0, meeting: 0, mail: 1, demo: 0, other: 1 },
  ]);
});

test("a rep's page shows the weeks to the rep, the manager and the leader, and to no admin", async () => {
  const { manager, leader, rep, other, admin } = await companyWithActivities();
  const pageFor = async (who: typeof rep) => (await app.request(`/people/${rep.viewer.personId}`, { as: who })).text();
  for (const who of [rep, manager, leader]) expect(await pageFor(who)).toContain("Activities by week");
  expect(await pageFor(admin)).not.toContain("Activities by week");
  expect((await app.request(`/people/${rep.viewer.personId}`, { as: other })).status).toBe(404);
});

test("the pipeline shows what was last said by then about the quarter, added up over the reps", async () => {
  const { company, manager, rep, other } = await companyWithActivities();
  for (const who of [rep, other]) await makeOpportunity(app, company, who, { name: "Open" });
  await bringIn(
    app,
    company,
    "name,period,category,amount,as of\nRico Rep,Q1 2026,Commit,100,2026-02-02\nRico Rep,Q1 2026,Commit,300,2026-03-02\n" +
      "Olga Other,Q1 2026,Commit,50,2026-02-02\nMara Manager,Q1 2026,Commit,9999,2026-03-02\nRico Rep,Q2 2026,Commit,7,2026-03-02",
    { what: "forecasts" },
  );
  const page = async (query: string, who: typeof rep) => (await app.request(`/pipeline${query}`, { as: who })).text();
  expect(await page("", manager)).toContain("<dd>$350</dd>");
  expect(await page("?asOf=2026-03-01", rep)).not.toContain("$300");
  expect(await page("", rep)).toContain("<dd>$300</dd>");
  expect(await page("", other)).toContain("<dd>$50</dd>");
});
