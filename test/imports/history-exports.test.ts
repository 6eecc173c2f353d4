import { expect, test } from "vitest";
import { undoImport } from "../../src/domain/imports/undo-import.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();

async function company() {
  const made = await makeCompany(app);
  const admin = await makePerson(app, made, { name: "Ada Admin", roles: ["admin"] });
  await makePerson(app, made, { name: "Ann Rep" });
  await makePerson(app, made, { name: "Bob Rep" });
  return { made, admin };
}

const deals = (...rows: string[]) => ["opportunity_id,owner,deal_stage,created_on,close_date,amount", ...rows].join("\n");
const take = (to: Company, exportedOn: string, content: string) => bringIn(app, to, content, { answers: { exportedOn, covers: "whole" } });

/** `instant field before → after` of one field, in order. */
async function historyOf(of: Company, externalId: string, field: string): Promise<string[]> {
  const deal = (await rowsOf(app, of, "opportunity")).find((row) => row.external_id === externalId);
  const names = new Map<string, string>();
  for (const table of ["stage", "person"] as const) for (const row of await rowsOf(app, of, table)) names.set(row.id, row.name);
  const word = (value: string | null) => (value === null ? "–" : (names.get(value) ?? value));
  return (await rowsOf(app, of, "opportunity_change"))
    .filter((row) => row.opportunity_id === deal?.id && row.field === field)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map((row) => `${row.at.toISOString().slice(0, 16)} ${word(row.before)} → ${word(row.after)}`);
}

test("a field history is recognised and read as dated changes; what an export had only concluded gives way", async () => {
  const { made } = await company();
  await take(made, "2026-02-01", deals("A1,Ann Rep,Engaging,2026-01-05,,100"));
  await take(made, "2026-03-01", deals("A1,Bob Rep,Offering,2026-01-05,,300"));
  expect(await historyOf(made, "A1", "stage")).toEqual([
    "2026-01-05T12:00 – → Prospecting",
    "2026-02-01T12:00 Prospecting → Engaging",
    "2026-03-01T12:00 Engaging → Offering",
  ]);
  const history = [
    "Opportunity ID,Opportunity Name,Field / Event,Old Value,New Value,Edit Date,Edited By",
    "A1,A1,Stage,Prospecting,Engaging,2026-01-20 09:30,Ann Rep",
    "A1,A1,Stage,Engaging,Offering,2026-02-10 16:00,Ann Rep",
    'A1,A1,Amount,"$100","$300",2026-02-12 10:00,Ann Rep',
    "A1,A1,Owner,Ann Rep,Bob Rep,2026-02-20,Ann Rep",
    "A1,A1,Probability (%),10,20,2026-02-20,Ann Rep",
    "A9,A9,Stage,Engaging,Offering,2026-02-20,Ann Rep",
  ].join("\n");
  const { run, counts, reasons } = await bringIn(app, made, history);
  expect(run.what).toBe("changes");
  expect(counts).toEqual({ new: 4, changed: 0, same: 0, failed: 2 });
  expect(reasons).toEqual([
    "6: no history is kept of “Probability (%)”",
    "7: no opportunity with the id “A9” is here: bring in the opportunities first",
  ]);
  expect(await historyOf(made, "A1", "stage")).toEqual([
    "2026-01-05T12:00 – → Prospecting",
    "2026-01-20T09:30 Prospecting → Engaging",
    "2026-02-10T16:00 Engaging → Offering",
  ]);
  expect(await historyOf(made, "A1", "amount")).toEqual(["2026-02-01T12:00 – → 10000", "2026-02-12T10:00 10000 → 30000"]);
  expect(await historyOf(made, "A1", "owner")).toEqual(["2026-01-05T12:00 – → Ann Rep", "2026-02-20T12:00 Ann Rep → Bob Rep"]);
  expect((await rowsOf(app, made, "opportunity"))[0]).toMatchObject({ amount_minor: 30000 });
  expect((await bringIn(app, made, history)).counts).toEqual({ new: 0, changed: 0, same: 4, failed: 2 });
});

test("a history of stages and one of properties are read the same way, and taken back", async () => {
  const { made, admin } = await company();
  await take(made, "2026-02-01", deals("B1,Ann Rep,Offering,2026-01-05,,100"));
  const before = await rowsOf(app, made, "opportunity_change");
  const stages = await bringIn(app, made, "Opportunity ID,From Stage,To Stage,Last Modified\nB1,Engaging,Offering,2026-01-15 08:00\n");
  expect(stages.run.what).toBe("changes");
  expect(await historyOf(made, "B1", "stage")).toEqual(["2026-01-05T12:00 – → Engaging", "2026-01-15T08:00 Engaging → Offering"]);
  const properties = await bringIn(app, made, "Record ID,Property name,Value,Timestamp\nB1,dealstage,Prospecting,2026-01-10 08:00\n");
  expect(properties.counts).toMatchObject({ new: 1 });
  await undoImport(admin, properties.id);
  await undoImport(admin, stages.id);
  const byKey = (rows: typeof before) => rows.map((row) => JSON.stringify(row)).toSorted();
  expect(byKey(await rowsOf(app, made, "opportunity_change"))).toEqual(byKey(before));
});

test("a newer export after a history continues it", async () => {
  const { made } = await company();
  await take(made, "2026-02-01", deals("C1,Ann Rep,Engaging,2026-01-05,,100"));
  await bringIn(app, made, "Opportunity ID,Field,Old Value,New Value,Edit Date\nC1,Stage,Engaging,Offering,2026-02-10 08:00\n");
  expect((await rowsOf(app, made, "opportunity"))[0]).toMatchObject({ last_change_at: new Date("2026-02-10T08:00:00Z") });
  const { counts } = await take(made, "2026-03-01", deals("C1,Ann Rep,Won,2026-01-05,2026-02-20,100"));
  expect(counts).toMatchObject({ changed: 1 });
  expect((await historyOf(made, "C1", "stage")).at(-1)).toBe("2026-02-20T12:00 Offering → Won");
});
