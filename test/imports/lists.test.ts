import { expect, test } from "vitest";
import { questionWords } from "../../src/commands/import-words.ts";
import { undoImport } from "../../src/domain/imports/undo-import.ts";
import { checkImport } from "../../src/imports/run-import.ts";
import type { Company } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, companyWithRep, outcomeOf, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();

const north = "deal id,title,rep,customer,stage,amount\n1,Mill,Ann Rep,Halden,Prospecting,100\n2,Kiln,Ann Rep,Ostrava,Engaging,200\n";
const northLater =
  "deal id,title,rep,customer,stage,amount,next step\n1,Mill,Ann Rep,Halden,Won,120,\n2,Kiln,Ann Rep,Ostrava,Engaging,200,call\n";
const south = "ID;Name;Owner;Company;Stage;Value\n1;Harbour;Ann Rep;Lisboa;Prospecting;900\n2;Crane;Ann Rep;Porto;Engaging;800\n";

const deals = async (of: Company) =>
  (await rowsOf(app, of, "opportunity"))
    .map(({ source, external_id, name, outcome }) => `${source} ${external_id} ${name} ${outcome}`)
    .toSorted();

test("ids of another file that are other deals are asked about with examples, and nothing is written over until somebody says so", async () => {
  const { made, admin } = await companyWithRep(app);
  await bringIn(app, made, north);
  const before = await deals(made);
  const { id, run } = await bringIn(app, made, south);
  expect(run.state).toBe("needs_answers");
  expect(run.settings.found?.questions).toEqual([{ kind: "list", field: "list", example: "new" }]);
  const page = await (await app.request(`/imports/${id}`, { as: admin })).text();
  expect(page).toContain("Is this the same list as test.csv of");
  expect(page).toContain("2 ids are other deals there and would be written over");
  expect(page).toContain("Mill, Halden");
  expect(page).toContain("Harbour, Lisboa");
  expect(await deals(made)).toEqual(before);
  await app.request(`/imports/${id}/answers`, { as: admin, form: { what: "opportunities", list: "new" } });
  await checkImport(app, made.orgId, id, { thenApply: true });
  expect((await outcomeOf(app, made.orgId, id)).counts).toMatchObject({ new: 2, changed: 0 });
  expect(await deals(made)).toEqual([...before, "csv:test 1 Harbour open", "csv:test 2 Crane open"].toSorted());
});

test("what was said is remembered: the next file of each kind goes to its own list, and only its own deals can have gone", async () => {
  const { made } = await companyWithRep(app);
  await bringIn(app, made, north);
  await bringIn(app, made, south, { answers: { list: "new" } });
  const next = await bringIn(app, made, south.replace("2;Crane;Ann Rep;Porto;Engaging;800", "3;Dock;Ann Rep;Faro;Engaging;70"), {
    answers: { covers: "whole" },
  });
  expect(next.run.settings.found?.questions).toEqual([]);
  expect(next.counts).toEqual({ new: 1, changed: 0, same: 1, failed: 0 });
  expect(await deals(made)).toEqual([
    "csv 1 Mill open",
    "csv 2 Kiln open",
    "csv:test 1 Harbour open",
    "csv:test 2 Crane vanished",
    "csv:test 3 Dock open",
  ]);
  const again = await bringIn(app, made, north.replace("Prospecting", "Won"));
  expect(again.counts).toEqual({ new: 0, changed: 1, same: 1, failed: 0 });
});

test("with a further column and the same deals the same list is suggested, and once said not asked again", async () => {
  const { made, admin } = await companyWithRep(app);
  await bringIn(app, made, north);
  const { id, run } = await bringIn(app, made, northLater);
  expect(run.settings.found?.questions).toEqual([{ kind: "list", field: "list", example: "csv" }]);
  const page = await (await app.request(`/imports/${id}`, { as: admin })).text();
  expect(page).toMatch(/value="csv"[^>]*checked/);
  await app.request(`/imports/${id}/answers`, { as: admin, form: { what: "opportunities", list: "csv" } });
  await checkImport(app, made.orgId, id, { thenApply: true });
  expect((await outcomeOf(app, made.orgId, id)).counts).toMatchObject({ new: 0, changed: 2 });
  const next = await bringIn(app, made, northLater.replace("call", "meet"));
  expect(next.counts).toEqual({ new: 0, changed: 1, same: 1, failed: 0 });
});

test("the same columns over other deals are asked about as well", async () => {
  const { made } = await companyWithRep(app);
  await bringIn(app, made, north);
  const { run } = await bringIn(
    app,
    made,
    north.replace("Mill", "Harbour").replace("Halden", "Lisboa").replace("Kiln", "Crane").replace("Ostrava", "Porto"),
  );
  expect(run.settings.found?.questions).toEqual([{ kind: "list", field: "list", example: "new" }]);
  expect(await deals(made)).toEqual(["csv 1 Mill open", "csv 2 Kiln open"]);
});

test("a file with neither the columns nor an id of an earlier one is a list of its own without a question", async () => {
  const { made } = await companyWithRep(app);
  await bringIn(app, made, north);
  const { run, counts } = await bringIn(app, made, "Ref id,Id,Name,Owner,Stage\nx,77,Harbour,Ann Rep,Engaging\n");
  expect(counts).toMatchObject({ new: 1 });
  expect(run.source).toBe("csv:test");
  expect((await deals(made)).filter((words) => words.endsWith("vanished"))).toEqual([]);
});

const report = `"Opportunity Owner","Opportunity ID","Opportunity Name","Stage","Fiscal Period","Amount"
"Ann Rep","006A000000AbCdE","Mill","Engaging","Q4-2026","100"
"Ann Rep","006A000000AbCdF","Kiln","Engaging","Q4-2026","200"
`;

test("deals that came in by a plain file are known again in the report of their program, and back as they were when it is taken back", async () => {
  const { made, admin } = await companyWithRep(app);
  await bringIn(
    app,
    made,
    "deal id,title,rep,stage,amount\n006A000000AbCdE,Mill,Ann Rep,Prospecting,100\n006A000000AbCdF,Another,Ann Rep,Engaging,5\n",
  );
  const before = await deals(made);
  const { id, counts, run } = await bringIn(app, made, report);
  expect(run.source).toBe("salesforce");
  expect(counts).toEqual({ new: 1, changed: 1, same: 0, failed: 0 });
  expect(run.settings.found?.notes.join(" ")).toContain("One deal is here already from a file of another kind");
  const now = await deals(made);
  expect(now).toHaveLength(3);
  expect(now.filter((words) => words.startsWith("salesforce")).map((words) => words.split(" ")[2])).toEqual(["Mill", "Kiln"]);
  await undoImport(admin, id);
  expect(await deals(made)).toEqual(before);
});

test("a file of the terminal says which lists there are, and takes the answer", async () => {
  const { made } = await companyWithRep(app);
  await bringIn(app, made, north);
  const { run } = await bringIn(app, made, south);
  expect(questionWords(run)).toContain("such as 1: Mill, Halden here, Harbour, Lisboa in the file. Say --answers list=same");
  const { counts } = await bringIn(app, made, northLater, { answers: { list: "same" } });
  expect(counts).toMatchObject({ changed: 2 });
});

test("where deals would go from the list of an earlier file, the file can be said to be another list", async () => {
  const { made, admin } = await companyWithRep(app);
  await bringIn(app, made, north);
  const { id, run } = await bringIn(app, made, "deal id,title,rep,customer,stage,amount\n7,Dock,Ann Rep,Faro,Engaging,70\n");
  expect([run.state, run.settings.found?.vanishing?.gone]).toEqual(["needs_answers", 2]);
  const page = await (await app.request(`/imports/${id}`, { as: admin })).text();
  expect(page).toContain("Other deals than that: a list of its own");
  const form = { what: "opportunities", list: "csv", covers: "another" };
  expect((await app.request(`/imports/${id}/answers`, { as: admin, form })).status).toBe(303);
  await checkImport(app, made.orgId, id, { thenApply: true });
  expect((await outcomeOf(app, made.orgId, id)).run.state).toBe("applied");
  expect(await deals(made)).toEqual(["csv 1 Mill open", "csv 2 Kiln open", "csv:test 7 Dock open"]);
});

test("while it is not known which column is which, the list is not asked about", async () => {
  const { made, admin } = await companyWithRep(app);
  const columns = { external_id: 0, owner: 1, stage: 2, name: 3 };
  await bringIn(app, made, "nr,wer,stand,art\n1,Ann Rep,Engaging,Mill\n", { what: "opportunities", answers: { columns } });
  const { id, run } = await bringIn(app, made, "nr,wer,stand,art,neu\n1,Ann Rep,Engaging,Mill,x\n", { what: "opportunities" });
  expect([run.state, run.settings.found?.questions]).toEqual(["needs_answers", []]);
  const page = await (await app.request(`/imports/${id}`, { as: admin })).text();
  expect(page).toContain("do not say which is which");
  expect(page.indexOf("Which column is which"), "what is asked for stands first").toBeLessThan(page.indexOf("It comes from"));
});
