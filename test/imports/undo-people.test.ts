import { expect, test } from "vitest";
import { undoImport } from "../../src/domain/imports/undo-import.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, outcomeOf, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();

async function company() {
  const made = await makeCompany(app);
  const admin = await makePerson(app, made, { name: "Ada Admin", roles: ["admin"] });
  return { made, admin };
}

async function everybody(of: Company): Promise<unknown> {
  const tables = ["person", "person_role", "reporting_line"] as const;
  const rows = await Promise.all(tables.map((table) => rowsOf(app, of, table)));
  return rows.map((list) => list.map((row) => JSON.stringify(row)).toSorted());
}

const first = "name,email,manager,team\nNoor,noor@example.com,Ines,North\nTom,tom@example.com,Ines,North\n";
const second =
  "name,email,manager,team\nNoor,noor@example.com,Olga,South\nTom,tom@example.com,Ines,North\nEve,eve@example.com,Noor,South\n";

test("people it made go, and those it changed have their roles, managers and teams of before", async () => {
  const { made, admin } = await company();
  const none = await everybody(made);
  const { id } = await bringIn(app, made, first);
  const before = await everybody(made);
  app.setNow("2026-03-09T09:00:00Z");
  const { id: later, counts } = await bringIn(app, made, second);
  expect(counts).toEqual({ new: 1, changed: 1, same: 1, failed: 0 });
  await expect(undoImport(admin, id)).rejects.toThrow(/“test.csv” was taken in after it, on 9 March 2026, and builds on it/);
  await undoImport(admin, later);
  await undoImport(admin, later);
  expect(await everybody(made)).toEqual(before);
  await undoImport(admin, id);
  expect(await everybody(made)).toEqual(none);
  expect((await outcomeOf(app, made.orgId, id)).run).toMatchObject({ state: "undone", undoneBy: admin.viewer.personId });
});

test("it is refused, naming who, when one of them has work here, has signed in, or was changed by hand", async () => {
  const { made, admin } = await company();
  const { id } = await bringIn(app, made, first);
  const people = await everybody(made);
  const { id: deals } = await bringIn(app, made, "opportunity_id,owner,stage,created\nA1,Noor,Engaging,2026-02-02\n");
  await expect(undoImport(admin, id)).rejects.toThrow("Noor has work in Kept: deals.");
  await undoImport(admin, deals);
  await app.database.ownerPool.query("insert into auth_user (id, name, email) values ('t', 'Tom', 'tom-user@example.com')");
  await app.database.ownerPool.query("update person set user_id = 't' where org_id = $1 and name = 'Tom'", [made.orgId]);
  await expect(undoImport(admin, id)).rejects.toThrow("Tom has signed in here already.");
  await app.database.ownerPool.query("update person set user_id = null where org_id = $1", [made.orgId]);
  expect(await everybody(made)).toEqual(people);
  const { id: next } = await bringIn(app, made, second);
  await app.database.ownerPool.query("update person set team = 'West' where org_id = $1 and name = 'Noor'", [made.orgId]);
  await expect(undoImport(admin, next)).rejects.toThrow("Noor has changed in Kept since.");
  const page = await app.request(`/imports/${next}/undo`, { as: admin, form: {} });
  expect(page.status).toBe(303);
  expect((await outcomeOf(app, made.orgId, next)).run.state).toBe("applied");
});

test("it is refused while somebody else reports to a person it made", async () => {
  const { made, admin } = await company();
  const { id } = await bringIn(app, made, first);
  const ben = await makePerson(app, made, { name: "Ben" });
  const ines = (await rowsOf(app, made, "person")).find(({ name }) => name === "Ines");
  await app.database.ownerPool.query(
    "insert into reporting_line (org_id, person_id, manager_id, from_on) values ($1, $2, $3, '2026-01-01')",
    [made.orgId, ben.viewer.personId, ines?.id],
  );
  await expect(undoImport(admin, id)).rejects.toThrow("Ben has a manager whom this import has made.");
});

test("an import from before Kept remembered what imports did says that it cannot be taken back", async () => {
  const { made, admin } = await company();
  const { id } = await bringIn(app, made, first);
  await app.database.ownerPool.query("update import_run set is_remembered = false where id = $1", [id]);
  await expect(undoImport(admin, id)).rejects.toThrow("This import is older than Kept’s memory of what imports did.");
  const page = await (await app.request(`/imports/${id}`, { as: admin })).text();
  expect(page).toContain("It cannot be taken back.");
  expect(page).not.toContain("Take it back");
});
