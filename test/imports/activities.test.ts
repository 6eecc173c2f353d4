import { expect, test } from "vitest";
import { activityType } from "../../src/method/activity-type.ts";
import { type Company, makeCompany, makeOpportunity, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();

async function companyWithReps() {
  const company = await makeCompany(app);
  const noor = await makePerson(app, company, { name: "Noor Haddad", email: "noor@example.com" });
  const tom = await makePerson(app, company, { name: "Tom Baker" });
  return { company, noor, tom };
}

const inOrder = async (company: Company) =>
  (await rowsOf(app, company, "activity")).toSorted((a, b) => a.external_id.localeCompare(b.external_id));

test("a Salesforce report of tasks and events is recognised and taken in", async () => {
  const { company, noor, tom } = await companyWithReps();
  const deal = await makeOpportunity(app, company, noor, { name: "Halden Mills: line 1" });
  const { run, counts, reasons } = await bringIn(
    app,
    company,
    [
      "Activity ID,Assigned,Subject,Date,Status,Task Subtype,Opportunity,Company / Account",
      `00T1,Noor Haddad,"Call: trial, dates",2026-02-10,Completed,Call,Halden Mills: line 1,`,
      `00T2,tom baker,Email: offer,2026-02-11,Completed,Email,,`,
      `00T3,Noor Haddad,Prepare visit,2026-03-30,Not Started,Task,No such deal,`,
      `00T4,Nobody Here,Call,2026-02-11,Completed,Call,,`,
      `00T1,Noor Haddad,Again,2026-02-10,Completed,Call,,`,
    ].join("\n"),
  );
  expect(run.what).toBe("activities");
  expect(counts).toEqual({ new: 3, changed: 0, same: 0, failed: 2 });
  expect(reasons).toEqual([
    "4: no deal here is called “No such deal”: taken in without it",
    "5: nobody here is called “Nobody Here”",
    "6: the same activity as in line 2",
  ]);
  const rows = await inOrder(company);
  expect(rows.map(({ type, is_done, person_id, opportunity_id }) => [type, is_done, person_id, opportunity_id])).toEqual([
    ["call", true, noor.viewer.personId, deal],
    ["mail", true, tom.viewer.personId, null],
    ["Task", false, noor.viewer.personId, null],
  ]);
});

test("HubSpot's engagements and Pipedrive's activities are recognised too", async () => {
  const { company, noor } = await companyWithReps();
  const deal = await makeOpportunity(app, company, noor, { name: "Ostrava Glass" });
  const hubspot = await bringIn(
    app,
    company,
    `"Record ID","Activity type","Activity date","Activity assigned to","Call and meeting type","Associated Deal IDs"\n` +
      `"11","Outgoing Email","2026-02-10 08:15","Noor Haddad (noor@example.com)","","${deal};99"`,
  );
  expect([hubspot.run.what, hubspot.counts.new, hubspot.reasons]).toEqual(["activities", 1, []]);
  const pipedrive = await bringIn(
    app,
    company,
    "Activity - ID,Activity - Done,Activity - Type,Activity - Subject,Activity - Deal,Activity - Due date,Activity - Assigned to user\n" +
      "12,Done,Produktvorführung,Show line 1,Ostrava Glass,2026-02-12,Noor Haddad\n13,To do,Lunch,,Ostrava Glass,2026-02-13,Noor Haddad",
  );
  expect([pipedrive.run.what, pipedrive.counts.new, pipedrive.reasons]).toEqual(["activities", 2, []]);
  const rows = await inOrder(company);
  expect(rows.map((row) => [row.type, row.is_done, row.opportunity_id])).toEqual([
    ["mail", true, deal],
    ["demo", true, deal],
    ["Lunch", false, deal],
  ]);
  expect(rows[0]?.at.toISOString()).toBe("2026-02-10T08:15:00.000Z");
});

test("the same file again changes nothing, and a newer one changes what is otherwise in it", async () => {
  const { company } = await companyWithReps();
  const head = "id,type,owner,date,subject,status\n";
  const file = `${head}1,Anruf,Noor Haddad,2026-02-10,Trial,done\n2,Termin,Tom Baker,2026-02-11,Visit,open`;
  expect((await bringIn(app, company, file, { what: "activities" })).counts.new).toBe(2);
  expect((await bringIn(app, company, file, { what: "activities" })).counts).toEqual({ new: 0, changed: 0, same: 2, failed: 0 });
  const newer = file.replace("open", "done");
  expect((await bringIn(app, company, newer, { what: "activities" })).counts).toEqual({ new: 0, changed: 1, same: 1, failed: 0 });
  expect((await inOrder(company)).map(({ is_done }) => is_done)).toEqual([true, true]);
});

test("rows without an id that are alike are several, and still the same the second time", async () => {
  const { company } = await companyWithReps();
  const file = `type,owner,date,subject\n${"Mail,Noor Haddad,2026-02-10,Offer\n".repeat(3)}Call,Noor Haddad,2026-02-10,Offer\n`;
  expect((await bringIn(app, company, file)).counts.new).toBe(4);
  expect((await bringIn(app, company, file)).counts).toEqual({ new: 0, changed: 0, same: 4, failed: 0 });
});

test("a deal's name that several bear means the person's own, or is left open with a word about it", async () => {
  const { company, noor, tom } = await companyWithReps();
  await makeOpportunity(app, company, tom, { name: "Refit" });
  const own = await makeOpportunity(app, company, noor, { name: "Refit" });
  const third = await makePerson(app, company, { name: "Third Rep" });
  const { reasons } = await bringIn(
    app,
    company,
    `id,type,owner,date,deal\n1,Call,Noor Haddad,2026-02-10,refit\n2,Call,${third.viewer.name},2026-02-10,Refit`,
  );
  expect(reasons).toEqual(["3: more than one deal is called “Refit”: taken in without it"]);
  expect((await inOrder(company)).map((row) => row.opportunity_id)).toEqual([own, null]);
});

test.each([
  ["Anruf", "call"],
  ["Outbound call", "call"],
  ["Left voicemail", "call"],
  ["Incoming E-Mail", "mail"],
  ["Kundenbesuch", "meeting"],
  ["Product demonstration", "demo"],
  ["LinkedIn  message", "LinkedIn message"],
])("%s is kept as %s", (word, type) => expect(activityType(word)).toBe(type));
