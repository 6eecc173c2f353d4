import { expect, test } from "vitest";
import type { App } from "../../src/platform/context.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();

async function tree(app: App, company: Company) {
  const people = new Map((await rowsOf(app, company, "person")).map((row) => [row.id, row.name]));
  const roles = Map.groupBy(
    (await rowsOf(app, company, "person_role")).filter((row) => row.until_on === null),
    (row) => people.get(row.person_id) ?? "",
  );
  const lines = (await rowsOf(app, company, "reporting_line")).map(
    (row) => `${people.get(row.person_id)} → ${people.get(row.manager_id)} ${row.from_on}${row.until_on ? `…${row.until_on}` : ""}`,
  );
  return {
    roles: Object.fromEntries(
      [...roles].map(([name, rows]) => [
        name,
        rows
          .map(({ role }) => role)
          .sort()
          .join("+"),
      ]),
    ),
    lines: lines.sort(),
  };
}

test("managers named but not listed become people, and report to nobody", async () => {
  const company = await makeCompany(app);
  const { counts, run } = await bringIn(
    app,
    company,
    "sales_agent,manager,regional_office\nAnn Rep,Mia Boss,East\nBob Rep,Mia Boss,East\nCyd Rep,Leo Boss,West\n",
  );
  expect(counts).toEqual({ new: 3, changed: 0, same: 0, failed: 0 });
  expect(run.settings.found?.newManagers).toEqual(["Leo Boss", "Mia Boss"]);
  expect(await tree(app, company)).toEqual({
    roles: { "Ann Rep": "rep", "Bob Rep": "rep", "Cyd Rep": "rep", "Mia Boss": "manager", "Leo Boss": "manager" },
    lines: ["Ann Rep → Mia Boss 2000-01-01", "Bob Rep → Mia Boss 2000-01-01", "Cyd Rep → Leo Boss 2000-01-01"],
  });
});

test("who manages managers leads; who is listed keeps their own line", async () => {
  const company = await makeCompany(app);
  await bringIn(app, company, "name,email,manager\nAnn,ann@x.co,mia@x.co\nMia,mia@x.co,Lea\nLea,lea@x.co,\n");
  expect(await tree(app, company)).toEqual({
    roles: { Ann: "rep", Mia: "manager", Lea: "leader+manager" },
    lines: ["Ann → Mia 2000-01-01", "Mia → Lea 2000-01-01"],
  });
});

test("roles, level, dates and time zone are taken from the file, in usual words", async () => {
  const company = await makeCompany(app);
  await bringIn(
    app,
    company,
    "first name,last name,email,role,time zone,start date,end date,experience,team\nAnn,Arbor,ANN@X.co,Account Executive; Sales Manager,Europe/Berlin,2024-02-01,2025-03-31,junior,East\n",
  );
  expect((await rowsOf(app, company, "person"))[0]).toMatchObject({
    name: "Ann Arbor",
    email: "ann@x.co",
    time_zone: "Europe/Berlin",
    started_on: "2024-02-01",
    left_on: "2025-03-31",
    experience: "new",
    team: "East",
  });
  expect((await rowsOf(app, company, "person_role")).map(({ role, from_on }) => `${role} ${from_on}`).sort()).toEqual([
    "manager 2024-02-01",
    "rep 2024-02-01",
  ]);
});

test("the same file again changes nothing; another manager holds from today, the past stays", async () => {
  const company = await makeCompany(app);
  const content = "name,email,manager\nAnn,ann@x.co,Mia\nBob,bob@x.co,Mia\nMia,mia@x.co,\nLeo,leo@x.co,\n";
  await bringIn(app, company, content);
  expect((await bringIn(app, company, content)).counts).toEqual({ new: 0, changed: 0, same: 4, failed: 0 });
  app.setNow("2026-05-04T09:00:00Z");
  expect((await bringIn(app, company, content.replace("bob@x.co,Mia", "bob@x.co,Leo"))).counts).toMatchObject({ changed: 1, same: 3 });
  expect((await tree(app, company)).lines).toEqual(["Ann → Mia 2000-01-01", "Bob → Leo 2026-05-04", "Bob → Mia 2000-01-01…2026-05-04"]);
  app.setNow("2026-03-02T09:00:00Z");
});

test("a person is the same by mail address, by id, or by a name that only one bears", async () => {
  const company = await makeCompany(app);
  await makePerson(app, company, { name: "Ann Old", email: "ann@x.co" });
  await makePerson(app, company, { name: "Twin", email: "t1@x.co" });
  await makePerson(app, company, { name: "Twin", email: "t2@x.co" });
  const { counts, reasons } = await bringIn(app, company, "name,email\nAnn New,ANN@x.co\nTwin,\nTwin,t2@x.co\nTwin,t3@x.co\n");
  expect(counts).toEqual({ new: 1, changed: 1, same: 1, failed: 1 });
  expect(reasons).toEqual(["3: more than one person is called “Twin”: give a mail address or an id"]);
  expect((await rowsOf(app, company, "person")).map(({ name }) => name).sort()).toEqual(["Ann New", "Twin", "Twin", "Twin"]);
});

test("rows that cannot be are listed, and the good ones go in", async () => {
  const company = await makeCompany(app);
  const { counts, reasons } = await bringIn(
    app,
    company,
    [
      "name,email,manager,role,time zone,started on,left on",
      "Ann,ann@x.co,,rep,,,",
      ",,,,,,",
      "Bob,not a mail,,,,,",
      "Cyd,cyd@x.co,cyd@x.co,,,,",
      "Dan,dan@x.co,,wizard,,,",
      "Eve,eve@x.co,,,Mars/Base,,",
      "Fay,fay@x.co,,,,2026-02-31,",
      "Gus,gus@x.co,,,,2026-02-01,2026-01-01",
      "Ann,ann@x.co,,rep,,,",
    ].join("\n"),
  );
  expect(counts).toEqual({ new: 2, changed: 0, same: 0, failed: 7 });
  expect(reasons).toEqual([
    "3: it has no name",
    "4: “not a mail” is no mail address",
    "5: names itself as its manager: taken in without one",
    "6: “wizard” is no role: rep, manager, leader or admin",
    "7: “Mars/Base” is no time zone; write it like Europe/Berlin",
    "8: “2026-02-31” is no day that exists",
    "9: left on 2026-01-01, before the start on 2026-02-01",
    "10: the same person as in line 2",
  ]);
});

test("nobody reports to themselves through others: such a manager is left out, the person is not", async () => {
  const company = await makeCompany(app);
  const { counts, reasons } = await bringIn(app, company, "name,manager\nAnn,Bob\nBob,Cyd\nCyd,Ann\nDan,Ann\n");
  expect(counts).toMatchObject({ new: 4, failed: 0 });
  expect(reasons[0]).toBe("2: would report to itself through “Bob”: taken in without that manager");
  expect((await tree(app, company)).lines).toEqual(["Dan → Ann 2000-01-01"]);
  const second = await bringIn(app, company, "name,manager\nAnn,Dan\n");
  expect(second.counts).toMatchObject({ changed: 0, same: 1 });
  expect((await tree(app, company)).lines).toEqual(["Dan → Ann 2000-01-01"]);
});

test("an admin keeps that role whatever a file says", async () => {
  const company = await makeCompany(app);
  await makePerson(app, company, { name: "Ada", email: "ada@x.co", roles: ["admin", "rep"] });
  await bringIn(app, company, "name,email,role\nAda,ada@x.co,manager\n");
  expect((await tree(app, company)).roles).toEqual({ Ada: "admin+manager" });
});

test("quotas come in by person and month, and change when the file does", async () => {
  const company = await makeCompany(app);
  await makePerson(app, company, { name: "Ann", email: "ann@x.co" });
  const content =
    'name,month,quota\nAnn,2026-01,"40,000.50"\nann@x.co,Feb 2026,0\nNobody,2026-01,5\nAnn,2026-01,1\nAnn,13/2026,1\nAnn,2026-03,\nAnn,2026-04,-5\n';
  const { counts, reasons } = await bringIn(app, company, content);
  expect(counts).toEqual({ new: 2, changed: 0, same: 1, failed: 4 });
  expect(reasons).toEqual([
    "4: nobody here is called “Nobody”",
    "5: the same person and month as in line 2",
    "6: “13/2026” is no month",
    "8: a quota cannot be less than zero",
  ]);
  expect((await rowsOf(app, company, "quota")).map(({ month, amount_minor }) => [month, amount_minor]).sort()).toEqual([
    ["2026-01-01", 4000050],
    ["2026-02-01", 0],
  ]);
  expect((await bringIn(app, company, "name,month,quota\nAnn,2026-01,50000\nAnn,2026-02,0\n")).counts).toMatchObject({
    changed: 1,
    same: 1,
  });
});

test("accounts and products keep one row each, by name or by id", async () => {
  const company = await makeCompany(app, { currency: "EUR" });
  await bringIn(app, company, "account,sector,employees,revenue\nHalden Mills,Paper,420,1000.5\nOstrava,,,\n");
  const { counts } = await bringIn(app, company, "account id,account,sector,employees,revenue\n77,halden mills,Paper,430,1000.5\n");
  expect(counts).toMatchObject({ new: 0, changed: 1 });
  expect(await rowsOf(app, company, "account")).toHaveLength(2);
  const halden = (await rowsOf(app, company, "account")).find(({ external_id }) => external_id === "77");
  expect(halden).toMatchObject({ employees: 430, annual_revenue_minor: 100050 });
  await bringIn(app, company, 'product,series,sales_price\nDrum,D,"1,200.00"\n');
  expect(await rowsOf(app, company, "product")).toMatchObject([{ name: "Drum", list_price_minor: 120000, currency: "EUR" }]);
});
