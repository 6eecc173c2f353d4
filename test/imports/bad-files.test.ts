import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { applyImport, checkImport, runImport } from "../../src/imports/run-import.ts";
import { changeRun } from "../../src/domain/imports/import-run-store.ts";
import { asActor } from "../../src/platform/context.ts";
import { makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, fileOf, outcomeOf, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();
const company = await makeCompany(app);
await makePerson(app, company, { name: "Ann Rep" });

const problemOf = async (content: string | Buffer) => {
  const { run } = await bringIn(app, company, content);
  return `${run.state}: ${run.problem}`;
};

test("an empty file says so", async () => {
  expect(await problemOf("")).toMatch(/^failed: The file is empty\./);
  expect(await problemOf("\n\n\n")).toMatch(/^failed: The file is empty: it has not even a row of column names\./);
  expect(await problemOf("\uFEFF")).toMatch(/^failed: The file is empty/);
});

test("a header alone says so", async () => {
  expect(await problemOf("name,email,manager\n")).toMatch(/^failed: The file has column names and no rows\./);
});

test("broken quotes name their line, and nothing goes in", async () => {
  expect(await problemOf('name,team\nAnn B,x\nBob B,"open\nCyd B,y\nDan B,z\n')).toMatch(
    /^failed: The quote \("\) that opens in line 3 is never closed\./,
  );
  expect(await problemOf('name,team\nAnn B,x\nBob B,"a"b\nCyd B,y\n')).toMatch(/^failed: In line 3 something follows a closing quote/);
  expect(await problemOf('name,team\nAnn B,x\nBob B,2"0\n')).toMatch(/^failed: In line 3 a quote \("\) stands in the middle of a cell/);
  expect((await rowsOf(app, company, "person")).map(({ name }) => name)).toEqual(["Ann Rep"]);
});

test("a quote that swallows more than a row can hold is stopped, not read to its end", async () => {
  const content = `name,team\nAnn B,x\nBob B,"open\n${"Cyd B,yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\n".repeat(100_000)}`;
  expect(await problemOf(content)).toMatch(/opens in line 3 is never closed/);
});

test("a workbook, a picture and a PDF are refused in words", async () => {
  expect(await problemOf(Buffer.from("PK\x03\x04xxxxxxxx", "latin1"))).toMatch(/^failed: The workbook is damaged: it cannot be unpacked/);
  expect(await problemOf(Buffer.from("%PDF-1.7 xxxx"))).toMatch(/^failed: This is not a text file\./);
});

test("columns that fit nothing are named", async () => {
  expect(await problemOf("Table,Field,Description\na,b,c\n")).toMatch(
    /^failed: Its columns \(Table, Field, Description\) fit nothing that Kept takes in\./,
  );
});

test("a needed column that is missing is asked for", async () => {
  const { run } = await bringIn(app, company, "opportunity_id,seller,stage\n1,Ann Rep,Engaging\n", { what: "opportunities" });
  expect(run).toMatchObject({ state: "needs_answers", problem: expect.stringContaining("do not say which is which") });
  expect(run.settings.found?.columns.owner, "suggested by who is in it").toBe(1);
  const { counts } = await bringIn(app, company, "opportunity_id,seller,stage\n1,Ann Rep,Engaging\n", {
    what: "opportunities",
    answers: { columns: { owner: 1 } },
  });
  expect(counts).toMatchObject({ new: 1 });
});

test("the wrong delimiter leaves rows out one by one, each with what is wrong", async () => {
  const { counts, reasons } = await bringIn(app, company, "product,series,sales_price\nA1,A,5\nB1;B;7\n");
  expect(counts).toMatchObject({ new: 1, failed: 1 });
  expect(reasons).toEqual(["3: it has 1 cell where the columns are 3"]);
});

test("a NUL byte fails its row alone, and is not kept", async () => {
  const { counts, reasons, id } = await bringIn(app, company, "product,series\nC1,A\nC\u00002,B\nC3,C\n");
  expect(counts).toMatchObject({ new: 2, failed: 1 });
  expect(reasons).toEqual(["3: it holds a NUL byte, which is no text"]);
  expect((await outcomeOf(app, company.orgId, id)).run.settings.found?.notes).toContain(
    "The file holds NUL bytes. Rows with one are left out.",
  );
});

test("formulas are text", async () => {
  await bringIn(app, company, "account,sector\n\"=cmd|'/c calc'!A1\",=1+1\n+49 30 1234,@SUM(A1)\n");
  const names = (await rowsOf(app, company, "account")).map(({ name, sector }) => [name, sector]);
  expect(names).toContainEqual(["=cmd|'/c calc'!A1", "=1+1"]);
  expect(names).toContainEqual(["+49 30 1234", "@SUM(A1)"]);
});

test("absurd values fail their row, never the file", async () => {
  const { counts, reasons } = await bringIn(
    app,
    company,
    [
      "id,owner,stage,amount,close date,name",
      `x1,Ann Rep,Engaging,5,,${"x".repeat(5000)}`,
      "x2,Ann Rep,Engaging,99999999999999999999,,",
      "x3,Ann Rep,Engaging,5,31/31/2026,",
      `x4,${"🦀".repeat(100)},Engaging,,,`,
      "x5,Ann Rep,Engaging,5,,'; drop table person; --",
    ].join("\n"),
  );
  expect(counts).toMatchObject({ new: 1, failed: 4 });
  expect(reasons.map((reason) => reason.slice(0, 60))).toEqual([
    "2: the name has 5000 letters; 500 is the most",
    "3: 99999999999999999999 is more than Kept can keep exactly",
    "4: “31/31/2026” is no day that exists",
    expect.stringMatching(/^5: nobody here is called/),
  ]);
});

test("a column of names is not taken for the stage", async () => {
  const rows = Array.from({ length: 100 }, (_, i) => `S${i},Ann Rep,Account ${i}`);
  expect(await problemOf(["id,owner,stage", ...rows].join("\n"))).toMatch(/^failed: The column for the stage has 100 different values\./);
});

test("columns that repeat or have no name are said, and the first of a name is taken", async () => {
  const { counts, run } = await bringIn(app, company, "product,series,,series\nG1,A,x,B\n");
  expect(counts).toMatchObject({ new: 1, failed: 0 });
  expect(run.settings.found?.notes).toEqual(["“series” is the name of several columns: the first is taken unless you choose another."]);
  expect((await rowsOf(app, company, "product")).find(({ name }) => name === "G1")?.series).toBe("A");
});

test("trailing empty cells do no harm", async () => {
  expect((await bringIn(app, company, "product,series\nD1,A,,\n")).counts).toMatchObject({ new: 1, failed: 0 });
});

test("a file that is gone fails the import, in words", async () => {
  const { run } = await bringIn(app, company, "product,series\nE1,A\n", { onlyCheck: true });
  await asActor(app, "import", company.orgId, (db) =>
    changeRun(db, company.orgId, run.id, ["checked"], { state: "applying", filePath: null }),
  );
  await applyImport(app, company.orgId, run.id);
  expect((await outcomeOf(app, company.orgId, run.id)).run).toMatchObject({
    state: "failed",
    problem: "The file is not here any more. Upload it again.",
  });
});

test("stopped half-way nothing is in, and the second try takes in all of it once", async () => {
  const here = await makeCompany(app);
  await makePerson(app, here, { name: "Ann Rep" });
  const rows = Array.from({ length: 20_000 }, (_, i) => `S${i},Ann Rep,Drum,Halden,Won,2017-03-01,2017-04-01,7`);
  const content = ["opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value", ...rows].join("\n");
  const { id } = await bringIn(app, here, content, { onlyCheck: true });
  await asActor(app, "import", here.orgId, (db) => changeRun(db, here.orgId, id, ["checked"], { state: "applying" }));
  const work = applyImport(app, here.orgId, id).catch((error: Error) => error);
  await killWhileWriting();
  expect(await work).toBeInstanceOf(Error);
  for (const table of ["opportunity", "opportunity_change", "account", "product"] as const)
    expect(await rowsOf(app, here, table)).toEqual([]);
  await asActor(app, "import", here.orgId, (db) => changeRun(db, here.orgId, id, ["failed"], { state: "applying" }));
  await Promise.all([runImport(app, here.orgId, id), runImport(app, here.orgId, id)]);
  expect((await outcomeOf(app, here.orgId, id)).counts).toEqual({ new: 20_000, changed: 0, same: 0, failed: 0 });
  expect(await rowsOf(app, here, "opportunity")).toHaveLength(20_000);
});

/** Cuts the import's connection while it writes, as a crash would. */
async function killWhileWriting(): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    const { rowCount } = await app.database.ownerPool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like '%insert into opportunity%' and state = 'active' and pid <> pg_backend_pid()",
    );
    if (rowCount) return;
    await sleep(5);
  }
  throw new Error("the import was never seen writing");
}

test("two imports of one company wait for each other and each sees what the other made", async () => {
  const here = await makeCompany(app);
  const content = Array.from({ length: 500 }, (_, i) => `P${i},Rack`);
  const file = ["product,series", ...content].join("\n");
  const [one, two] = [await bringIn(app, here, file, { onlyCheck: true }), await bringIn(app, here, file, { onlyCheck: true })];
  for (const { id } of [one, two])
    await asActor(app, "import", here.orgId, (db) => changeRun(db, here.orgId, id, ["checked"], { state: "applying" }));
  await Promise.all([one, two].map(({ id }) => applyImport(app, here.orgId, id)));
  const outcomes = await Promise.all([one, two].map(async ({ id }) => (await outcomeOf(app, here.orgId, id)).counts));
  expect(outcomes.map(({ new: fresh, same }) => [fresh, same]).sort()).toEqual([
    [0, 500],
    [500, 0],
  ]);
  expect(await rowsOf(app, here, "product")).toHaveLength(500);
});

test("what is done is not done again", async () => {
  const { id } = await bringIn(app, company, "product,series\nF1,A\n");
  await runImport(app, company.orgId, id);
  await checkImport(app, company.orgId, id);
  expect((await outcomeOf(app, company.orgId, id)).run.state).toBe("applied");
  expect(fileOf("x")).toMatch(/csv$/);
});
