import { expect, test } from "vitest";
import { undoImport } from "../../src/domain/imports/undo-import.ts";
import { newId } from "../../src/platform/new-id.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, outcomeOf, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();
const head = "opportunity_id,owner,account,product,deal_stage,created_on,close_date,amount";
const file = (...rows: string[]) => [head, ...rows].join("\n");

async function company() {
  const made = await makeCompany(app);
  const admin = await makePerson(app, made, { name: "Ada Admin", roles: ["admin"] });
  const ann = await makePerson(app, made, { name: "Ann Rep" });
  return { made, admin, ann };
}

const take = (to: Company, exportedOn: string, content: string) => bringIn(app, to, content, { answers: { exportedOn, covers: "whole" } });

/** Everything an import writes, but for the runs themselves. */
async function everything(of: Company): Promise<unknown> {
  const tables = ["opportunity", "opportunity_change", "account", "product", "stage"] as const;
  const rows = await Promise.all(tables.map((table) => rowsOf(app, of, table)));
  return rows.map((list) => list.map((row) => JSON.stringify({ ...row, position: 0 })).toSorted());
}

const first = file("A1,Ann Rep,Halden,Rack,Engaging,2026-01-05,,100", "A2,Ann Rep,,Rack,Prospecting,2026-01-06,2026-03-01,50");
const second = file("A1,Ann Rep,Ostrava,Drum,Won,2026-01-05,2026-02-07,120", "A3,Ann Rep,Halden,Rack,Offering,2026-02-02,,70");

test("an import taken back leaves everything as it was before it, and is taken back once", async () => {
  const { made, admin, ann } = await company();
  await take(made, "2026-02-01", first);
  const before = await everything(made);
  const { id } = await take(made, "2026-02-08", second);
  expect(await everything(made)).not.toEqual(before);
  for (let n = 0; n < 2; n++) await app.request(`/imports/${id}/undo`, { as: admin, form: {} });
  expect(await everything(made)).toEqual(before);
  expect((await outcomeOf(app, made.orgId, id)).run).toMatchObject({ state: "undone", undoneBy: admin.viewer.personId });
  const page = await (await app.request(`/imports/${id}`, { as: admin })).text();
  expect(page).toContain("Taken back by Ada Admin");
  expect((await app.request(`/imports/${id}/undo`, { as: ann, form: {} })).status).toBe(404);
});

test("a file placed in its time is taken back with what it had put otherwise", async () => {
  const { made, admin } = await company();
  await take(made, "2026-02-01", first);
  await take(made, "2026-02-15", second);
  const before = await everything(made);
  const { id } = await take(
    made,
    "2026-02-08",
    file("A1,Ann Rep,Halden,Rack,Engaging,2026-01-05,,110", "A7,Ann Rep,,Rack,Engaging,2026-01-20,,1"),
  );
  expect(await everything(made)).not.toEqual(before);
  await undoImport(admin, id);
  expect(await everything(made)).toEqual(before);
});

test("it is refused while a later import builds on it", async () => {
  const { made, admin } = await company();
  const { id } = await take(made, "2026-02-01", first);
  const { id: later } = await take(made, "2026-02-08", second);
  await expect(undoImport(admin, id)).rejects.toThrow(/“test.csv” was taken in after it, on .*, and builds on it/);
  await undoImport(admin, later);
  await undoImport(admin, id);
  expect(await rowsOf(app, made, "opportunity")).toEqual([]);
  expect(await rowsOf(app, made, "account")).toEqual([]);
});

test("it is refused when people have worked with what it brought in", async () => {
  const { made, admin, ann } = await company();
  const { id } = await take(made, "2026-02-01", first);
  const deal = (await rowsOf(app, made, "opportunity"))[0];
  await app.database.ownerPool.query(
    "insert into prospect_grade (org_id, id, opportunity_id, grade, by_id, at) values ($1, $2, $3, 'A', $4, now())",
    [made.orgId, newId(), deal?.id, ann.viewer.personId],
  );
  const answer = await app.request(`/imports/${id}/undo`, { as: admin, form: {} });
  expect(answer.status).toBe(303);
  expect((await outcomeOf(app, made.orgId, id)).run.state).toBe("applied");
  await expect(undoImport(admin, id)).rejects.toThrow("People have worked with what it brought in: grades by hand hang on one deal.");
  expect(await rowsOf(app, made, "opportunity")).toHaveLength(2);
});

test("accounts and products are as before; those that something uses by now stay", async () => {
  const { made, admin } = await company();
  await bringIn(app, made, "account,sector,employees\nHalden,retail,10\n");
  const before = await rowsOf(app, made, "account");
  const { id } = await bringIn(app, made, "account,sector,employees\nHalden,medical,20\nOstrava,retail,5\nDelft,retail,6\n");
  await take(made, "2026-02-01", file("A1,Ann Rep,Ostrava,,Engaging,2026-01-05,,100"));
  await undoImport(admin, id);
  const after = await rowsOf(app, made, "account");
  expect(after.map(({ name }) => name).toSorted()).toEqual(["Halden", "Ostrava"]);
  expect(after.find(({ name }) => name === "Halden")).toEqual(before[0]);
});

test("the page of an import says who did it, adds the rows up and shows what changed", async () => {
  const { made, admin } = await company();
  await take(made, "2026-02-01", first);
  const { id } = await take(
    made,
    "2026-02-08",
    file("A1,Ann Rep,Halden,Rack,Won,2026-01-05,2026-02-07,120", "A9,Nobody,,,Engaging,2026-01-05,,1"),
  );
  const page = (await (await app.request(`/imports/${id}`, { as: admin })).text()).replaceAll(/\s+/g, " ");
  expect(page).toContain("2 rows in the file = 0 new + 1 changed + 0 unchanged + 1 left out and listed.");
  expect(page).toContain("Some of what it did");
  expect(page).toMatch(/<td>Stage<\/td> ?<td>Engaging<\/td> ?<td>Won<\/td>/);
  expect(page).toContain("<td>Nobody</td>");
  expect(page).toContain("Take it back");
});
