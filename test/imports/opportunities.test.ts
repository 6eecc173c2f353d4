import { expect, test } from "vitest";
import type { App } from "../../src/platform/context.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();
const head = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value";
const file = (...rows: string[]) => [head, ...rows].join("\n");

async function companyWith(...names: string[]) {
  const company = await makeCompany(app);
  const people = [];
  for (const name of names)
    people.push(await makePerson(app, company, { name, email: `${name.split(" ")[0]?.toLowerCase()}@example.com` }));
  return { company, people };
}

/** `field day before → after`, with stages and owners by name, in order. */
async function historyOf(app: App, company: Company, externalId: string): Promise<string[]> {
  const opportunity = (await rowsOf(app, company, "opportunity")).find((row) => row.external_id === externalId);
  const named = new Map<string, string>();
  for (const table of ["stage", "person", "account", "product"] as const)
    for (const row of await rowsOf(app, company, table)) named.set(row.id, row.name);
  const word = (value: string | null) => (value === null ? "–" : (named.get(value) ?? value));
  return (await rowsOf(app, company, "opportunity_change"))
    .filter((row) => row.opportunity_id === opportunity?.id)
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.field.localeCompare(b.field))
    .map((row) => `${row.at.toISOString().slice(0, 16)} ${row.field} ${word(row.before)} → ${word(row.after)}`);
}

test("a closed deal is created on its first day and won on its close date, with its value", async () => {
  const { company } = await companyWith("Ann Rep");
  const { counts } = await bringIn(
    app,
    company,
    file("A1,Ann Rep,Rack 20,Halden,Won,2017-03-01,2017-05-02,1054", "A2,Ann Rep,Rack 20,,Lost,2017-03-01,2017-05-02,0"),
  );
  expect(counts).toEqual({ new: 2, changed: 0, same: 0, failed: 0 });
  expect(await historyOf(app, company, "A1")).toEqual([
    "2017-03-01T12:00 account – → Halden",
    "2017-03-01T12:00 created – → 2017-03-01T12:00:00.000Z",
    "2017-03-01T12:00 name – → Halden · Rack 20",
    "2017-03-01T12:00 owner – → Ann Rep",
    "2017-03-01T12:00 product – → Rack 20",
    "2017-03-01T12:00 stage – → Engaging",
    "2017-05-02T12:00 amount – → 105400",
    "2017-05-02T12:00 close_on – → 2017-05-02",
    "2017-05-02T12:00 stage Engaging → Won",
  ]);
  const [won, lost] = (await rowsOf(app, company, "opportunity")).sort((a, b) => a.external_id.localeCompare(b.external_id));
  expect(won).toMatchObject({
    outcome: "won",
    amount_minor: 105400,
    close_on: "2017-05-02",
    last_change_at: new Date("2017-05-02T12:00:00Z"),
  });
  expect(lost).toMatchObject({ outcome: "lost", amount_minor: 0, account_id: null });
});

test("blank is not zero: an open deal without an amount has none", async () => {
  const { company } = await companyWith("Ann Rep");
  await bringIn(app, company, file("B1,Ann Rep,,,Engaging,2017-03-01,,", "B2,Ann Rep,,,Engaging,2017-03-01,,0"));
  const amounts = (await rowsOf(app, company, "opportunity"))
    .sort((a, b) => a.external_id.localeCompare(b.external_id))
    .map((row) => row.amount_minor);
  expect(amounts).toEqual([null, 0]);
  expect(await historyOf(app, company, "B1")).not.toContainEqual(expect.stringContaining("amount"));
});

test("a row without a date is known from the day of the export", async () => {
  const { company } = await companyWith("Ann Rep");
  const rows = file("C1,Ann Rep,,,Prospecting,,,", "C2,Ann Rep,,,Won,2017-03-01,2017-06-30,5");
  const { run } = await bringIn(app, company, rows, { onlyCheck: true });
  expect(run.settings.found).toMatchObject({ undatedRows: 1, latestDay: "2017-06-30" });
  await bringIn(app, company, rows);
  expect((await historyOf(app, company, "C1")).at(-1)).toBe("2017-06-30T12:00 stage – → Prospecting");
  const other = await companyWith("Ann Rep");
  await bringIn(app, other.company, rows, { answers: { exportedOn: "2017-07-05" } });
  expect((await rowsOf(app, other.company, "opportunity")).find((row) => row.external_id === "C1")?.created_at).toEqual(
    new Date("2017-07-05T12:00:00Z"),
  );
});

test("a day without a time is its noon in the organisation's time zone", async () => {
  const company = await makeCompany(app, { time_zone: "America/New_York" });
  await makePerson(app, company, { name: "Ann Rep" });
  await bringIn(app, company, file("D1,Ann Rep,,,Won,2017-03-01,2017-07-01,5"));
  expect((await rowsOf(app, company, "opportunity"))[0]).toMatchObject({
    created_at: new Date("2017-03-01T17:00:00Z"),
    last_change_at: new Date("2017-07-01T16:00:00Z"),
  });
});

test("created and closed on one day, and closed before it was created, do not lose a row", async () => {
  const { company } = await companyWith("Ann Rep");
  const { counts, reasons } = await bringIn(
    app,
    company,
    file("E1,Ann Rep,,,Won,2017-03-01,2017-03-01,5", "E2,Ann Rep,,,Won,2017-03-09,2017-03-01,5"),
  );
  expect(counts).toMatchObject({ new: 2, failed: 0 });
  expect(reasons).toEqual(["3: closed on 2017-03-01, before it was created on 2017-03-09: taken as created when it closed"]);
  for (const id of ["E1", "E2"]) {
    const stages = (await historyOf(app, company, id)).filter((line) => line.includes(" stage "));
    expect(stages).toEqual(["2017-03-01T12:00 stage – → Won"]);
  }
});

test("how a column was read is said with the value that settled it", async () => {
  const { company } = await companyWith("Ann Rep");
  const rows = 'id,owner,stage,close date,amount\nA,Ann Rep,Won,3/4/2017,1.234\nB,Ann Rep,Won,25/4/2017,"12,5"\n';
  const { run } = await bringIn(app, company, rows, { onlyCheck: true });
  expect(run.settings.found?.notes).toEqual([
    "Close date: the day comes first, as “25/4/2017” shows.",
    "Amount: the comma stands before the decimals, as “12,5” shows.",
  ]);
});

test("the same file again changes nothing", async () => {
  const { company } = await companyWith("Ann Rep");
  const content = file(
    "F1,Ann Rep,Rack 20,Halden,Won,2017-03-01,2017-05-02,1054",
    "F2,ann rep,rack20,halden,Prospecting,,,",
    "F3,Ann Rep,,,Engaging,2017-03-01,,",
  );
  await bringIn(app, company, content);
  const before = await rowsOf(app, company, "opportunity_change");
  expect((await bringIn(app, company, content)).counts).toEqual({ new: 0, changed: 0, same: 3, failed: 0 });
  expect(await rowsOf(app, company, "opportunity_change")).toHaveLength(before.length);
  expect(await rowsOf(app, company, "account")).toHaveLength(1);
  expect(await rowsOf(app, company, "product")).toHaveLength(1);
});

test("a newer export writes down what has changed, before and after, each after the last", async () => {
  const { company } = await companyWith("Ann Rep", "Bob Rep");
  await bringIn(
    app,
    company,
    file("G1,Ann Rep,,,Engaging,2017-03-01,,", "G2,Ann Rep,,,Won,2017-03-01,2017-05-02,100", "G3,Ann Rep,,,Prospecting,,,"),
  );
  const newer = file(
    "G1,Bob Rep,,,Won,2017-03-01,2017-06-10,700",
    "G2,Ann Rep,,,Won,2017-03-01,2017-05-02,120",
    "G3,Ann Rep,,,Engaging,2017-06-01,,",
  );
  expect((await bringIn(app, company, newer, { answers: { exportedOn: "2017-06-30" } })).counts).toEqual({
    new: 0,
    changed: 3,
    same: 0,
    failed: 0,
  });
  expect((await historyOf(app, company, "G1")).slice(-4)).toEqual([
    "2017-06-10T12:00 amount – → 70000",
    "2017-06-10T12:00 close_on – → 2017-06-10",
    "2017-06-10T12:00 owner Ann Rep → Bob Rep",
    "2017-06-10T12:00 stage Engaging → Won",
  ]);
  expect((await historyOf(app, company, "G2")).at(-1)).toBe("2017-06-30T12:00 amount 10000 → 12000");
  expect((await historyOf(app, company, "G3")).at(-1)).toBe("2017-06-01T12:00 stage Prospecting → Engaging");
  expect((await bringIn(app, company, newer, { answers: { exportedOn: "2017-06-30" } })).counts).toMatchObject({ changed: 0, same: 3 });
});

test("a correction exported on the same day comes after what it corrects", async () => {
  const { company } = await companyWith("Ann Rep");
  await bringIn(app, company, file("H1,Ann Rep,,,Won,2017-03-01,2017-05-02,100"));
  await bringIn(app, company, file("H1,Ann Rep,,,Won,2017-03-01,2017-05-02,200"));
  await bringIn(app, company, file("H1,Ann Rep,,,Won,2017-03-01,2017-05-02,"));
  const amounts = (await historyOf(app, company, "H1")).filter((line) => line.includes("amount")).map((line) => line.slice(24));
  expect(amounts).toEqual(["– → 10000", "10000 → 20000", "20000 → –"]);
  expect((await rowsOf(app, company, "opportunity"))[0]?.amount_minor).toBeNull();
});

test("an older export brought in late is pointed out", async () => {
  const { company } = await companyWith("Ann Rep");
  await bringIn(app, company, file("H2,Ann Rep,,,Engaging,2017-03-01,,"), { answers: { exportedOn: "2017-06-30" } });
  const late = await bringIn(app, company, file("H2,Ann Rep,,,Prospecting,,,"), { answers: { exportedOn: "2017-05-31" }, onlyCheck: true });
  expect(late.run.settings.found?.notes).toEqual([
    "This file was exported on 31 May 2017, before one that is in already. It is placed in its time: what stands today stays.",
  ]);
  const next = await bringIn(app, company, file("H2,Ann Rep,,,Won,2017-03-01,2017-07-02,5"), { answers: { exportedOn: "2017-07-31" } });
  expect(next.run.settings.found?.notes).toEqual([]);
});

test("fields the file has no column for stay as they are", async () => {
  const { company } = await companyWith("Ann Rep");
  await bringIn(app, company, file("I1,Ann Rep,Rack 20,Halden,Won,2017-03-01,2017-05-02,100"));
  const { counts } = await bringIn(app, company, "opportunity_id,owner,stage\nI1,Ann Rep,Won\n", { answers: { list: "same" } });
  expect(counts).toMatchObject({ same: 1 });
  expect((await rowsOf(app, company, "opportunity"))[0]).toMatchObject({ amount_minor: 10000, close_on: "2017-05-02" });
});

test("a product is found under another writing, and said so; an unknown one is made", async () => {
  const { company } = await companyWith("Ann Rep");
  await bringIn(app, company, "product,series,sales_price\nRack 20,Rack,1200\n");
  const { run } = await bringIn(
    app,
    company,
    file("J1,Ann Rep,Rack20,,Engaging,2017-03-01,,", "J2,Ann Rep,RACK 20,,Engaging,2017-03-01,,", "J3,Ann Rep,Drum,,Engaging,2017-03-01,,"),
  );
  expect(run.settings.found?.products.map(({ value, rows, to }) => [value, rows, to?.name ?? null])).toEqual([
    ["Rack20", 1, "Rack 20"],
    ["RACK 20", 1, "Rack 20"],
    ["Drum", 1, null],
  ]);
  expect((await rowsOf(app, company, "product")).map(({ name }) => name).sort()).toEqual(["Drum", "Rack 20"]);
});

test("an owner who is nobody fails the row, or is somebody the admin names", async () => {
  const { company, people } = await companyWith("Ann Rep");
  const content = file(
    "K1,Ann Rep,,,Engaging,2017-03-01,,",
    "K2,Old Name,,,Engaging,2017-03-01,,",
    "K3,ann@example.com,,,Engaging,2017-03-01,,",
    "K4,,,,Engaging,2017-03-01,,",
  );
  const first = await bringIn(app, company, content);
  expect(first.counts).toEqual({ new: 2, changed: 0, same: 0, failed: 2 });
  expect(first.reasons).toEqual(["3: nobody here is called “Old Name”", "5: it has no owner"]);
  const second = await bringIn(app, company, content, { answers: { owners: { "Old Name": people[0]?.viewer.personId ?? "" } } });
  expect(second.counts).toEqual({ new: 1, changed: 0, same: 2, failed: 1 });
});

test("two people of one name are not guessed between", async () => {
  const company = await makeCompany(app);
  await makePerson(app, company, { name: "Ann Rep" });
  const second = await makePerson(app, company, { name: "Ann Rep", email: "second@example.com" });
  expect((await bringIn(app, company, file("L1,Ann Rep,,,Engaging,2017-03-01,,"))).reasons).toEqual([
    "2: more than one person is called “Ann Rep”",
  ]);
  const mailed = await bringIn(app, company, "id,owner,owner email,stage,created\nL2,Ann Rep,second@example.com,Engaging,2017-03-01\n");
  expect(mailed.reasons).toEqual([]);
  expect((await rowsOf(app, company, "opportunity")).map(({ owner_id }) => owner_id)).toEqual([second.viewer.personId]);
});

test("one id twice names both lines and what differs; the first goes in", async () => {
  const { company } = await companyWith("Ann Rep");
  const rows = ["M1,Ann Rep,Halden,,Engaging,2017-03-01,,5", "M2,Ann Rep,,,Engaging,2017-03-01,,7", "M2,Ann Rep,,,Engaging,2017-03-01,,7"];
  const { reasons, counts, run } = await bringIn(app, company, file(...rows, "M1,Ann Rep,Ostrava,,Won,2017-03-01,2017-04-01,9"));
  expect(counts).toEqual({ new: 2, changed: 0, same: 0, failed: 2 });
  expect(run.rowsTotal).toBe(4);
  const differs = "but with another name, product, stage, amount and close date";
  expect(reasons).toEqual([
    `2: line 5 is the same opportunity, ${differs}: this line is what goes in`,
    "4: the same opportunity as in line 3",
    `5: the same opportunity as in line 2, ${differs}: line 2 is what goes in`,
  ]);
  expect((await rowsOf(app, company, "opportunity")).find((deal) => deal.external_id === "M1")).toMatchObject({ amount_minor: 500 });
});

test("one id in two sources is two deals, each with a past of its own", async () => {
  const { company } = await companyWith("Ann Rep");
  await bringIn(app, company, file("N1,Ann Rep,Halden,,Engaging,2017-03-01,,5"), { answers: { source: "hubspot" } });
  expect(
    (await bringIn(app, company, file("N1,Ann Rep,Halden,,Prospecting,2017-03-01,,8"), { answers: { source: "pipedrive" } })).counts,
  ).toMatchObject({
    new: 1,
    changed: 0,
  });
  expect(
    (await bringIn(app, company, file("N1,Ann Rep,Halden,,Engaging,2017-03-01,,6"), { answers: { source: "hubspot" } })).counts,
  ).toMatchObject({
    new: 0,
    changed: 1,
  });
  const deals = await rowsOf(app, company, "opportunity");
  expect(deals.map(({ source, amount_minor }) => [source, amount_minor]).sort()).toEqual([
    ["hubspot", 600],
    ["pipedrive", 800],
  ]);
  expect(deals.map(({ outcome }) => outcome)).toEqual(["open", "open"]);
});

test("stages that are new are made in their order, open before won and lost", async () => {
  const { company } = await companyWith("Ann Rep");
  await bringIn(
    app,
    company,
    "id,owner,stage,created date\n1,Ann Rep,Closed Won,2017-01-02\n2,Ann Rep,Proposing,2017-01-02\n3,Ann Rep,Waiting,\n4,Ann Rep,Closed Lost,2017-01-02\n",
  );
  const stages = (await rowsOf(app, company, "stage"))
    .sort((a, b) => a.position - b.position)
    .map(({ name, outcome }) => `${name} ${outcome}`);
  expect(stages).toEqual([
    "Prospecting open",
    "Engaging open",
    "Waiting open",
    "Proposing open",
    "Won won",
    "Lost lost",
    "Closed Won won",
    "Closed Lost lost",
  ]);
});

test("a status of won or lost counts, whatever the stage says", async () => {
  const { company } = await companyWith("Ann Rep");
  await bringIn(app, company, "id,owner,stage,status\n1,Ann Rep,Engaging,Won\n2,Ann Rep,Engaging,Lost\n3,Ann Rep,Engaging,Open\n");
  expect((await rowsOf(app, company, "opportunity")).map(({ outcome }) => outcome).sort()).toEqual(["lost", "open", "won"]);
});

test("without an id the name, account and day make one", async () => {
  const { company } = await companyWith("Ann Rep");
  const content =
    "deal name,owner,stage,account,created\nBig one,Ann Rep,Engaging,Halden,2017-01-02\nBig one,Ann Rep,Engaging,Ostrava,2017-01-02\nBig One,Ann Rep,Engaging,Halden,2017-01-02\n";
  const { counts, reasons } = await bringIn(app, company, content);
  expect(counts).toMatchObject({ new: 2, failed: 1 });
  expect(reasons).toEqual([
    "2: line 4 is the same opportunity, but with another name: this line is what goes in",
    "4: the same opportunity as in line 2, but with another name: line 2 is what goes in",
  ]);
  expect((await bringIn(app, company, content)).counts).toMatchObject({ new: 0, same: 2 });
});

test("ambiguous dates and numbers are asked, and read as answered", async () => {
  const { company } = await companyWith("Ann Rep");
  const content = file("M1,Ann Rep,,,Won,3/4/2017,5/6/2017,1.234").replaceAll(",", ";");
  const asked = await bringIn(app, company, content);
  expect(asked.run.state).toBe("needs_answers");
  expect(asked.run.settings.found?.questions).toMatchObject([
    { kind: "date", field: "created_on", example: "3/4/2017" },
    { kind: "date", field: "close_on", example: "5/6/2017" },
    { kind: "number", field: "amount", example: "1.234" },
  ]);
  expect(await rowsOf(app, company, "opportunity")).toEqual([]);
  await bringIn(app, company, content, { answers: { dates: { created_on: "dmy", close_on: "dmy" }, numbers: { amount: "comma" } } });
  expect((await rowsOf(app, company, "opportunity"))[0]).toMatchObject({ close_on: "2017-06-05", amount_minor: 123400 });
});

test("looking a file over changes nothing", async () => {
  const { company } = await companyWith("Ann Rep");
  const { run, counts } = await bringIn(app, company, file("N1,Ann Rep,Drum,Halden,Proposing,2017-03-01,,"), { onlyCheck: true });
  expect(run.state).toBe("checked");
  expect(counts.new).toBe(1);
  expect(run.settings.found).toMatchObject({ newAccounts: 1, newStages: [{ name: "Proposing", outcome: "open" }] });
  for (const table of ["opportunity", "account", "product", "opportunity_change"] as const)
    expect(await rowsOf(app, company, table)).toEqual([]);
  expect(await rowsOf(app, company, "stage")).toHaveLength(4);
});

test("what happened is the same whichever of two companies brings the file in", async () => {
  const [one, other] = [await companyWith("Ann Rep"), await companyWith("Ann Rep")];
  const content = file("O1,Ann Rep,Drum,Halden,Won,2017-03-01,2017-04-01,7");
  await bringIn(app, one.company, content);
  expect((await bringIn(app, other.company, content)).counts).toMatchObject({ new: 1 });
  expect(await rowsOf(app, one.company, "opportunity")).toHaveLength(1);
});

test("deals without an account and a name of their own are told apart by their id", async () => {
  const { company } = await companyWith("Ann Rep");
  await bringIn(app, company, file("A1,Ann Rep,Rack 20,,Won,2017-03-01,2017-05-02,1", "A2,Ann Rep,Rack 20,,Won,2017-03-01,2017-05-02,1"));
  const names = (await rowsOf(app, company, "opportunity")).map(({ name }) => name);
  expect(names.toSorted()).toEqual(["Rack 20 · A1", "Rack 20 · A2"]);
});
