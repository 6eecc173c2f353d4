import { join } from "node:path";
import { expect, test } from "vitest";
import { findShape, listShapes } from "../../src/domain/imports/import-shapes.ts";
import { asActor } from "../../src/platform/context.ts";
import { makeCompany, makePerson } from "../builders/company.ts";
import { workbook } from "../builders/workbook.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, bringInFile, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();
const fixtures = join(import.meta.dirname, "fixtures");

async function here() {
  const company = await makeCompany(app, { currency: "USD" });
  const admin = await makePerson(app, company, { name: "Ada Admin", roles: ["admin"] });
  await makePerson(app, company, { name: "Ann Rep" });
  return { company, admin };
}
const words = async (path: string, as: Awaited<ReturnType<typeof here>>["admin"]) =>
  (await (await app.request(path, { as })).text()).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

test("columns said once are known in the next file of that shape, in whatever order they stand", async () => {
  const { company } = await here();
  const answers = { columns: { external_id: 0, name: 1, stage: 2, owner: 3, amount: 4, close_on: 5 }, source: "hubspot" as const };
  await bringInFile(app, company, join(fixtures, "hubspot/in-german.csv"), { what: "opportunities", answers });
  const next =
    "Deal-Name,Betrag,Abschlussdatum,Deal-Phase,Datensatz-ID,Zuständiger Mitarbeiter für Deal\nLund,7.5,2026-12-24,Angebot,8802,Ann Rep\nHalden,25000.0,2026-12-01,Angebot,8801,Ann Rep\n";
  const { run, counts } = await bringIn(app, company, next);
  expect([run.state, run.what, run.source, counts.new]).toEqual(["applied", "opportunities", "hubspot", 1]);
  expect((await rowsOf(app, company, "opportunity")).find(({ external_id }) => external_id === "8802")).toMatchObject({
    name: "Lund",
    amount_minor: 750,
    close_on: "2026-12-24",
  });
  expect(run.settings.found?.notes).toContain(
    "Read as “test.csv” was, which had the same columns: what was said about it then is remembered.",
  );
});

const askedFile = (day: string) =>
  `id,owner,stage,pipeline,close date,amount\nA,Ann Rep,Offer,New,${day},1.234\nB,Ann Rep,Offer,Old,${day},5\n`;

test("the order of a date, the decimal mark, stages and pipelines are asked once", async () => {
  const { company } = await here();
  expect((await bringIn(app, company, askedFile("3/4/2026"))).run.settings.found?.questions.map(({ kind }) => kind)).toEqual([
    "date",
    "number",
    "pipelines",
  ]);
  const answers = {
    dates: { close_on: "dmy" as const },
    numbers: { amount: "comma" as const },
    pipelines: ["New"],
    stages: { Offer: "Prospecting" },
  };
  await bringIn(app, company, askedFile("3/4/2026"), { answers });
  const { run, reasons } = await bringIn(app, company, askedFile("5/4/2026"));
  expect([run.state, reasons]).toEqual(["applied", ["3: its pipeline “Old” is left out"]]);
  expect(await rowsOf(app, company, "opportunity")).toMatchObject([{ close_on: "2026-04-05", amount_minor: 123400 }]);
});

test("the sheet of a workbook is chosen once", async () => {
  const { company } = await here();
  const rows = [
    ["product", "series"],
    ["Rack", "R"],
  ];
  const file = workbook({
    sheets: [
      { name: "Old", rows },
      { name: "New", rows: [rows[0] ?? [], ["Drum", "D"]] },
    ],
  });
  expect((await bringIn(app, company, file)).run.settings.found?.questions).toMatchObject([{ kind: "sheet" }]);
  await bringIn(app, company, file, { answers: { sheet: "New" } });
  expect((await bringIn(app, company, file)).counts).toMatchObject({ same: 1, failed: 0 });
});

test("what was only looked over teaches nothing, and another organisation learns nothing", async () => {
  const { company } = await here();
  const other = await here();
  const content = "id,who,stage\n1,Ann Rep,Engaging\n";
  const told = { what: "opportunities" as const, answers: { columns: { owner: 1 } } };
  await bringIn(app, company, content, { ...told, onlyCheck: true });
  expect((await bringIn(app, company, content, { what: "opportunities" })).run.state).toBe("needs_answers");
  await bringIn(app, company, content, told);
  expect((await bringIn(app, company, content)).run.state).toBe("applied");
  expect((await bringIn(app, other.company, content, { what: "opportunities" })).run.state).toBe("needs_answers");
  const found = await asActor(app, "import", other.company.orgId, (db) => findShape(db, company.orgId, ["id", "who", "stage"], null));
  expect(found).toBeUndefined();
});

test("an admin sees what is remembered and has it forgotten", async () => {
  const { company, admin } = await here();
  expect(await words("/imports/remembered", admin)).toContain("Nothing is remembered yet");
  const content = "id,who,stage\n1,Ann Rep,Engaging\n";
  await bringIn(app, company, content, { what: "opportunities", answers: { columns: { owner: 1 }, stages: { Engaging: "Prospecting" } } });
  expect(await words("/imports/remembered", admin)).toMatch(
    /test\.csv id, who, stage Opportunities Columns chosen for Owner Stage “Engaging” is “Prospecting”/,
  );
  const [shape] = await asActor(app, "import", company.orgId, (db) => listShapes(db, company.orgId));
  const stranger = (await here()).admin;
  await app.request(`/imports/remembered/${shape?.id}/forget`, { as: stranger, form: {} });
  expect(await asActor(app, "import", company.orgId, (db) => listShapes(db, company.orgId))).toHaveLength(1);
  for (let twice = 0; twice < 2; twice++)
    expect((await app.request(`/imports/remembered/${shape?.id}/forget`, { as: admin, form: {} })).headers.get("location")).toBe(
      "/imports/remembered",
    );
  expect((await bringIn(app, company, content, { what: "opportunities" })).run.state).toBe("needs_answers");
});

const deals = (n: number) => `id,title,owner,stage\n${Array.from({ length: n }, (_, i) => `${i},Deal ${i},Ann Rep,Engaging\n`).join("")}`;

test("once forgotten, the next file of these columns is asked about its list and about what has gone again", async () => {
  const { company, admin } = await here();
  await bringIn(app, company, deals(9));
  await bringIn(app, company, deals(5), { answers: { covers: "whole" } });
  expect((await bringIn(app, company, deals(4))).run.state, "remembered").toBe("applied");
  expect(await words("/imports/remembered", admin)).toContain("The whole pipeline: a deal that is not in it has gone");
  const [shape] = await asActor(app, "import", company.orgId, (db) => listShapes(db, company.orgId));
  await app.request(`/imports/remembered/${shape?.id}/forget`, { as: admin, form: {} });
  const asked = await bringIn(app, company, deals(3));
  expect(asked.run.settings.found?.questions).toEqual([{ kind: "list", field: "list", example: "csv" }]);
  const again = await bringIn(app, company, deals(3), { answers: { list: "same" } });
  expect(again.run.settings.found?.vanishing).toMatchObject({ gone: 1, mustAsk: true });
});

test("an admin sees who a name was said to be, and has it forgotten", async () => {
  const { company, admin } = await here();
  const content = "id,owner,stage\n1,Annie,Engaging\n";
  const { id } = await bringIn(app, company, content, { onlyCheck: true });
  await app.request(`/imports/${id}/answers`, { as: admin, form: { what: "opportunities", owner_0: "Ann Rep" } });
  expect(await words("/imports/remembered", admin)).toMatch(/another system Person Annie Ann Rep/);
  const form = { source: "csv", kind: "person", value: "Annie" };
  await app.request("/imports/remembered/forget-name", { as: (await here()).admin, form });
  expect(await words("/imports/remembered", admin)).toContain("Annie");
  await app.request("/imports/remembered/forget-name", { as: admin, form });
  expect(await words("/imports/remembered", admin)).not.toMatch(/Person Annie/);
  expect((await bringIn(app, company, content)).counts).toMatchObject({ new: 0, failed: 1 });
});
