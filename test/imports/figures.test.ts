import { expect, test } from "vitest";
import { undoImport } from "../../src/domain/imports/undo-import.ts";
import { readPeriod, shareOut } from "../../src/method/period.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();

async function companyWithReps(fiscalYearStartsIn = 1) {
  const company = await makeCompany(app);
  await app.database.ownerPool.query("update organisation set fiscal_year_starts_in = $2 where org_id = $1", [
    company.orgId,
    fiscalYearStartsIn,
  ]);
  const noor = await makePerson(app, company, { name: "Noor Haddad" });
  const tom = await makePerson(app, company, { name: "Tom Baker" });
  return { company, noor, tom };
}

const quotasOf = async (company: Company, { viewer }: { viewer: { personId: string } }) =>
  (await rowsOf(app, company, "quota"))
    .filter((row) => row.person_id === viewer.personId)
    .toSorted((a, b) => a.month.localeCompare(b.month))
    .map((row) => [row.month.slice(0, 7), row.amount_minor / 100]);

test("quotas with a column for each month are taken in; an empty cell is no quota, and nought is nought", async () => {
  const { company, noor, tom } = await companyWithReps();
  const file = 'Rep,Jan 2026,Feb-26,2026-03,FY26\nNoor Haddad,10000,0,12500.50,22500.50\nTom Baker,,-,"8,000",8000';
  const { run, counts, reasons } = await bringIn(app, company, file);
  expect([run.what, reasons]).toEqual(["quotas", []]);
  expect(counts).toEqual({ new: 2, changed: 0, same: 0, failed: 0 });
  expect(await quotasOf(company, noor)).toEqual([
    ["2026-01", 10000],
    ["2026-02", 0],
    ["2026-03", 12500.5],
  ]);
  expect(await quotasOf(company, tom)).toEqual([["2026-03", 8000]]);
  expect((await bringIn(app, company, file)).counts).toEqual({ new: 0, changed: 0, same: 2, failed: 0 });
  const newer = file.replace("10000,", ",");
  const last = await bringIn(app, company, newer);
  expect(last.counts).toEqual({ new: 0, changed: 1, same: 1, failed: 0 });
  expect(last.run.settings.found?.notes).toContainEqual("An empty cell means that there is none: one figure that is here goes.");
  expect((await quotasOf(company, noor)).map(([month]) => month)).toEqual(["2026-02", "2026-03"]);
});

test("an import of quotas can be taken back, the last one first, and what it wrote over is as before", async () => {
  const { company, noor } = await companyWithReps();
  const admin = await makePerson(app, company, { roles: ["admin"] });
  const first = await bringIn(app, company, "Rep,Jan 2026,Feb 2026\nNoor Haddad,1,2");
  const second = await bringIn(app, company, "Rep,Jan 2026,Feb 2026,Mar 2026\nNoor Haddad,5,,7");
  expect(await quotasOf(company, noor)).toEqual([
    ["2026-01", 5],
    ["2026-03", 7],
  ]);
  await expect(undoImport(admin, first.id)).rejects.toThrow("builds on it");
  await undoImport(admin, second.id);
  expect(await quotasOf(company, noor)).toEqual([
    ["2026-01", 1],
    ["2026-02", 2],
  ]);
  await undoImport(admin, first.id);
  expect(await quotasOf(company, noor)).toEqual([]);
});

test("a rep without any quota yet is a row that changes nothing", async () => {
  const { company, tom } = await companyWithReps();
  const { counts } = await bringIn(app, company, "Rep,Jan 2026,Feb 2026\nNoor Haddad,1,2\nTom Baker,,");
  expect(counts).toEqual({ new: 1, changed: 0, same: 1, failed: 0 });
  expect(await quotasOf(company, tom)).toEqual([]);
});

test("quotas by quarter follow the fiscal year and are shared out on its months so that they add up", async () => {
  const { company, noor } = await companyWithReps(2);
  const { counts } = await bringIn(app, company, "name,period,quota\nNoor Haddad,Q1 FY26,100\nTom Baker,2026-11,\nTom Baker,Q7 FY26,5", {
    what: "quotas",
  });
  expect(counts).toEqual({ new: 1, changed: 0, same: 1, failed: 1 });
  expect(await quotasOf(company, noor)).toEqual([
    ["2025-02", 33.34],
    ["2025-03", 33.33],
    ["2025-04", 33.33],
  ]);
});

test("a row of the wide form stands and falls as one, and is listed with what is wrong", async () => {
  const { company, noor } = await companyWithReps();
  const { counts, reasons } = await bringIn(
    app,
    company,
    "Rep,Jan 2026,Feb 2026\nNoor Haddad,ten,5\nTom Baker,1,-2\nNobody,1,2\nNoor Haddad,3,4\nNoor Haddad,5,6",
  );
  expect(counts).toEqual({ new: 1, changed: 0, same: 0, failed: 4 });
  expect(reasons).toEqual([
    "2: “ten” is no number",
    "3: a quota cannot be less than zero",
    "4: nobody here is called “Nobody”",
    "6: the same person and month as in line 5",
  ]);
  expect(await quotasOf(company, noor)).toEqual([
    ["2026-01", 3],
    ["2026-02", 4],
  ]);
});

test("forecasts come with a row for each category, or a column for each", async () => {
  const { company, noor } = await companyWithReps();
  const long = await bringIn(
    app,
    company,
    "Forecast Owner,Period,Forecast Category,Amount,Snapshot Date\nNoor Haddad,Q1 2026,Commit,5000,2026-02-01\nNoor Haddad,Q1 2026,Maybe,1,2026-02-01\nNoor Haddad,Q1 2026,Best Case,9000,2030-01-01",
  );
  expect(long.run.what).toBe("forecasts");
  expect(long.reasons).toEqual([
    "3: “Maybe” is none of commit, best case, pipeline, omitted and closed",
    "4: 2030-01-01 is still to come: a forecast is as of a day that has been",
  ]);
  const file = "Owner,Quarter,Commit,Best Case,Pipeline\nNoor Haddad,Q1 2026,6000,,20000\nTom Baker,Q1 2026,1,2,3";
  const wide = await bringIn(app, company, file);
  expect([wide.run.what, wide.counts]).toEqual(["forecasts", { new: 2, changed: 0, same: 0, failed: 0 }]);
  expect((await bringIn(app, company, file)).counts.same).toBe(2);
  const both = await bringIn(app, company, "Owner,Commit Q2 2026,Q2 2026 Best Case\nNoor Haddad,7,8");
  expect([both.run.what, both.counts.new]).toEqual(["forecasts", 1]);
  const rows = (await rowsOf(app, company, "forecast")).filter((row) => row.person_id === noor.viewer.personId);
  expect(rows.map((row) => `${row.period_on} ${row.months} ${row.category} ${row.amount_minor / 100}`).toSorted()).toEqual([
    "2026-01-01 3 commit 5000",
    "2026-01-01 3 commit 6000",
    "2026-01-01 3 pipeline 20000",
    "2026-04-01 3 best case 8",
    "2026-04-01 3 commit 7",
  ]);
});

test.each([
  ["Jan 2026", 1, "2026-01-01", 1],
  ["Mär 26", 1, "2026-03-01", 1],
  ["juillet 2026", 1, "2026-07-01", 1],
  ["11/2026", 1, "2026-11-01", 1],
  ["202611", 1, "2026-11-01", 1],
  ["2/1/2026", 1, "2026-02-01", 1],
  ["1.2.2026", 1, "2026-02-01", 1],
  ["FY26-Q3", 1, "2026-07-01", 3],
  ["Q3 FY26", 4, "2025-10-01", 3],
  ["Q3 2026", 4, "2026-07-01", 3],
  ["FY2026", 7, "2025-07-01", 12],
  ["2026", 7, "2026-01-01", 12],
] as const)("%s, in a fiscal year from month %i, begins on %s and has %i months", (words, startsIn, from, months) =>
  expect(readPeriod(words, startsIn)).toEqual({ from, months }),
);

test.each(["", "Q5 2026", "2026-13", "Amount", "26", "3/4/2026", "May be", "1999-00"])("%s is no period", (words) =>
  expect(readPeriod(words)).toBeNull(),
);

test("what is shared out adds up", () => {
  expect(shareOut(100, 3)).toEqual([34, 33, 33]);
  expect(shareOut(0, 12).every((part) => part === 0)).toBe(true);
});
