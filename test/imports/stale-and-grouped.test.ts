import { expect, test } from "vitest";
import { startApplying } from "../../src/domain/imports/start-applying.ts";
import { undoImport } from "../../src/domain/imports/undo-import.ts";
import { applyImport, checkImport } from "../../src/imports/run-import.ts";
import { makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, companyWithRep, outcomeOf, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();

const head = "id,name,owner,stage,amount";
const first = `${head}\n1,Mill,Ann Rep,Engaging,100\n`;
const second = `${head}\n1,Mill,Ann Rep,Engaging,200\n2,Kiln,Ann Rep,Engaging,50\n`;
const pageOf = async (id: string, as: Awaited<ReturnType<typeof makePerson>>) => (await app.request(`/imports/${id}`, { as })).text();

test("a file looked over before another was taken in says so, and looks again when asked", async () => {
  const { made, admin } = await companyWithRep(app);
  const open = await bringIn(app, made, second, { onlyCheck: true });
  expect(open.counts).toMatchObject({ new: 2 });
  expect(await pageOf(open.id, admin)).toContain("Take in 2 opportunities");
  const taken = await bringIn(app, made, first);
  const stale = await pageOf(open.id, admin);
  expect(stale).toContain("What is here has changed since this file was looked over: test.csv was taken in");
  expect(stale).not.toContain("Take in 2 opportunities");
  await app.request(`/imports/${open.id}/look`, { as: admin, form: {} });
  await checkImport(app, made.orgId, open.id);
  expect((await outcomeOf(app, made.orgId, open.id)).counts).toMatchObject({ new: 1, changed: 1 });
  expect(await pageOf(open.id, admin)).toContain("Take in 2 opportunities");
  await undoImport(admin, taken.id);
  expect(await pageOf(open.id, admin)).toContain("test.csv was taken back");
});

test("taken in all the same, a file that would do something else than was shown is shown again instead", async () => {
  const { made, admin } = await companyWithRep(app);
  const open = await bringIn(app, made, second, { onlyCheck: true });
  await bringIn(app, made, first);
  await startApplying(admin, open.id);
  await applyImport(app, made.orgId, open.id);
  const now = await outcomeOf(app, made.orgId, open.id);
  expect(now.run.state).toBe("checked");
  expect(now.counts).toMatchObject({ new: 1, changed: 1 });
  expect(now.run.settings.found?.notes.join(" ")).toContain("Nothing was taken in yet.");
  expect(await rowsOf(app, made, "opportunity")).toHaveLength(1);
  await startApplying(admin, open.id);
  await applyImport(app, made.orgId, open.id);
  expect((await outcomeOf(app, made.orgId, open.id)).run.state).toBe("applied");
});

test("what was taken in meanwhile and changes nothing about the file does not stop it", async () => {
  const { made, admin } = await companyWithRep(app);
  const open = await bringIn(app, made, second, { onlyCheck: true });
  await bringIn(app, made, "product,series\nRack,A\n");
  await startApplying(admin, open.id);
  await applyImport(app, made.orgId, open.id);
  expect((await outcomeOf(app, made.orgId, open.id)).run.state).toBe("applied");
});

test("names of people who are not here are one line each with their rows, and people first is the way out", async () => {
  const { made, admin } = await companyWithRep(app);
  const rows = Array.from({ length: 60 }, (_, i) => `${i},Deal ${i},${i % 3 === 0 ? "Zoe New" : "Yan New"},Engaging,5`);
  const { id, counts } = await bringIn(app, made, [head, ...rows].join("\n"), { onlyCheck: true });
  expect(counts.failed).toBe(60);
  const page = await pageOf(id, admin);
  expect(page).toMatch(/60 rows name\s+2 people who are\s+not here\. Bring in people first/);
  expect(page).toContain('href="/imports/new?what=people"');
  expect(page).toMatch(/Nobody here is called “Yan New”\.<\/td><td class="num">40<\/td>/);
});

test("the pipeline as Kept writes it carries an id and comes back in unchanged", async () => {
  const { made } = await companyWithRep(app);
  const leader = await makePerson(app, made, { name: "Lea Leader", roles: ["leader", "manager", "rep"] });
  await bringIn(app, made, "product,series,sales_price\nRack,R,1200\n");
  await bringIn(
    app,
    made,
    `id,name,owner,stage,amount,product,account,created,expected close,next step\n1,-Mill,Lea Leader,Engaging,,Rack,Halden,2026-03-01,2026-12-01,call\n2,"Kiln, two",Lea Leader,Prospecting,12.5,,Ostrava,2026-03-02,,\n`,
  );
  const text = await (await app.request("/pipeline.csv", { as: leader })).text();
  expect(text.split("\r\n")[0]).toContain("kept id");
  const back = await bringIn(app, made, text);
  expect(back.reasons).toEqual([]);
  expect(back.counts).toEqual({ new: 0, changed: 0, same: 2, failed: 0 });
  const edited = await bringIn(
    app,
    made,
    text.replace("12.5", "14").replace(/([0-9a-f]{8}-[0-9a-f-]+)\r\n$/, "00000000-0000-4000-8000-000000000000\r\n"),
  );
  expect(edited.counts.new).toBe(0);
  expect(edited.counts.failed).toBe(1);
  expect(edited.reasons[0]).toContain("no deal here has the id “00000000-0000-4000-8000-000000000000” of Kept");
});

test("columns under names in German and short English are recognised", async () => {
  const { made } = await companyWithRep(app);
  const people = await bringIn(app, made, "Mitarbeiter,E-Mail,Vorgesetzter\nTom Neu,tom@example.com,Ann Rep\n");
  expect(people.run.what).toBe("people");
  expect(people.counts).toMatchObject({ new: 1 });
  const deals = await bringIn(app, made, "Deal id,Deal,Vertriebsmitarbeiter,Stage,Closes\n1,Mill,Tom Neu,Engaging,2026-12-24\n");
  expect(deals.counts).toMatchObject({ new: 1 });
  expect((await rowsOf(app, made, "opportunity"))[0]?.close_on).toBe("2026-12-24");
});
