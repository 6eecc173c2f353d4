import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { importJob } from "../../src/jobs/run-imports.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { outcomeOf, rowsOf } from "./bring-in.ts";

const folder = mkdtempSync(join(tmpdir(), "kept-uploads-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const app = await makeTestApp({ KEPT_DATA: folder });
const company = await makeCompany(app);
const admin = await makePerson(app, company, { name: "Ada Admin", email: "ada@example.com", roles: ["admin"] });
const ann = await makePerson(app, company, { name: "Ann Rep", email: "ann@example.com" });

interface Sent {
  as?: Ctx;
  id?: string;
  what?: string;
  fileName?: string;
}

/** Sends the upload form as a browser does. */
async function upload(content: string, { as = admin, id = newId(), what = "", fileName = "deals.csv" }: Sent = {}) {
  const mark = "----kept-test";
  const part = (name: string, value: string, more = "") =>
    `--${mark}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  const body = `${part("id", id)}${part("what", what)}${part("file", content, `; filename="${fileName}"\r\ncontent-type: text/csv`)}--${mark}--\r\n`;
  const response = await app.request("/imports", { as, body, headers: { "content-type": `multipart/form-data; boundary=${mark}` } });
  return { id, response };
}

const work = (id: string) => importJob(app, { orgId: company.orgId, runId: id });
const page = async (path: string, as: Ctx = admin) => {
  const html = await (await app.request(path, { as })).text();
  return html.replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&quot;", '"');
};
const words = async (path: string) => (await page(path)).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

test("only an admin sees and brings in files", async () => {
  for (const path of ["/imports", "/imports/new"]) {
    expect((await app.request(path, { as: ann })).status).toBe(404);
    expect((await app.request(path)).headers.get("location")).toContain("/sign-in");
  }
  expect((await upload("product\nA\n", { as: ann })).response.status).toBe(404);
});

test("another organisation's import is not there", async () => {
  const { id } = await upload("product,series\nA,B\n");
  const stranger = await makePerson(app, await makeCompany(app), { roles: ["admin"] });
  expect((await app.request(`/imports/${id}`, { as: stranger })).status).toBe(404);
  for (const verb of ["answers", "apply", "cancel", "undo", "look"])
    expect((await app.request(`/imports/${id}/${verb}`, { as: stranger, form: {} })).status).toBe(404);
  expect((await app.request(`/imports/${id}/rows.csv`, { as: stranger })).status).toBe(404);
  expect((await app.request("/imports/not-an-id", { as: admin })).status).toBe(404);
});

test("a file is uploaded, looked over, shown, and taken in when the admin says so", async () => {
  const { id, response } = await upload(
    "opportunity_id,owner,stage,close_date,amount\nU1,Ann Rep,Won,2026-02-03,500\nU2,Nobody,Won,2026-02-03,5\n",
  );
  expect([response.status, response.headers.get("location")]).toEqual([303, `/imports/${id}`]);
  expect(await words(`/imports/${id}`)).toContain("It is being looked over");
  await work(id);
  const preview = await words(`/imports/${id}`);
  expect(preview).toContain("What will happen new 1 changed 0 the same 0 left out 1");
  expect(preview).toContain("3 Nobody Nobody here is called “Nobody”.");
  expect(preview).toContain("Take in 1 opportunity");
  expect(await rowsOf(app, company, "opportunity")).toEqual([]);
  await app.request(`/imports/${id}/apply`, { as: admin, form: {} });
  await work(id);
  expect(await words(`/imports/${id}`)).toContain("Taken in");
  expect(await rowsOf(app, company, "opportunity")).toHaveLength(1);
  expect(existsSync(join(folder, "uploads", `${company.orgId}-${id}`))).toBe(false);
  expect(await words("/imports")).toContain(`deals.csv Taken in Opportunities 2 Mar 2026, 9:00 ${admin.viewer.name} 1 0 0 1 row`);
});

test("the same form sent twice is one import; applied twice it is taken in once", async () => {
  const { id } = await upload("product,series\nTwice,B\n");
  await upload("product,series\nTwice,B\n", { id });
  await work(id);
  for (const _ of [1, 2]) expect((await app.request(`/imports/${id}/apply`, { as: admin, form: {} })).status).toBe(303);
  await Promise.all([work(id), work(id)]);
  expect((await outcomeOf(app, company.orgId, id)).counts).toMatchObject({ new: 1 });
  expect((await rowsOf(app, company, "product")).filter(({ name }) => name === "Twice")).toHaveLength(1);
});

test("the very same bytes are announced at once, and looked over all the same when the admin wants it", async () => {
  const content = "account,sector\nHalden,paper\nHalden,glass\n";
  const { id: first } = await upload(content);
  await work(first);
  await app.request(`/imports/${first}/apply`, { as: admin, form: {} });
  await work(first);
  const { id } = await upload(content);
  const announced = await words(`/imports/${id}`);
  expect(announced).toContain("This is the same file as on 2 March 2026: nothing to take in");
  expect(announced).toContain("Nothing new");
  expect(announced).toContain("1 row was left out then");
  expect((await outcomeOf(app, company.orgId, id)).counts).toEqual({ new: 0, changed: 0, same: 1, failed: 1 });
  await work(id);
  expect(await words(`/imports/${id}`)).toContain("This is the same file");
  await app.request(`/imports/${id}/look`, { as: admin, form: {} });
  await work(id);
  expect(await words(`/imports/${id}`)).toContain("Kept has all of it already");
  const { id: other } = await upload("account,sector\nHalden,steel\n");
  await work(other);
  await app.request(`/imports/${other}/apply`, { as: admin, form: {} });
  await work(other);
  const { id: again } = await upload(content);
  await work(again);
  expect((await outcomeOf(app, company.orgId, again)).counts).toEqual({ new: 0, changed: 1, same: 0, failed: 1 });
});

test("no file, an empty file and half a file are refused in words, and leave nothing behind", async () => {
  const none = await app.request("/imports", { as: admin, form: { what: "people" } });
  expect([none.status, (await none.text()).includes("Choose a file.")]).toEqual([422, true]);
  const { response: empty } = await upload("");
  expect([empty.status, (await empty.text()).includes("deals.csv is empty.")]).toEqual([422, true]);
  const cut = await app.request("/imports", {
    as: admin,
    body: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nname,team\r\nAnn',
    headers: { "content-type": "multipart/form-data; boundary=x" },
  });
  expect([cut.status, (await cut.text()).includes("did not arrive whole")]).toEqual([422, true]);
  expect(readdirSync(join(folder, "uploads")).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("an ambiguous date is asked, answered, and read so", async () => {
  const { id } = await upload("opportunity_id,owner,stage,close_date,amount\nV1,Ann Rep,Won,3/4/2026,5\n");
  await work(id);
  const asked = await words(`/imports/${id}`);
  expect(asked).toContain("One question first Close date: what is “3/4/2026”?");
  expect(asked).toContain("3 April 2026: the day comes first 4 March 2026: the month comes first");
  expect(
    (await app.request(`/imports/${id}/answers`, { as: admin, form: { what: "opportunities", delimiter: "", date_close_on: "dmy" } }))
      .status,
  ).toBe(303);
  await work(id);
  await app.request(`/imports/${id}/apply`, { as: admin, form: {} });
  await work(id);
  expect((await rowsOf(app, company, "opportunity")).find(({ external_id }) => external_id === "V1")?.close_on).toBe("2026-04-03");
});

test("an owner nobody knows is named by the admin; a name that is nobody's comes back at its field with all that was typed", async () => {
  const { id } = await upload("opportunity_id,owner,stage\nW1,Old Name,Engaging\nW2,Other Old,Engaging\n");
  await work(id);
  const form = { what: "opportunities", delimiter: "", owner_0: "ann@example.com", owner_1: "Nobody At All", exported_on: "2026-02-01" };
  const wrong = await app.request(`/imports/${id}/answers`, { as: admin, form });
  const html = await wrong.text();
  expect(wrong.status).toBe(422);
  expect(html).toContain("Nobody here has that name.");
  expect(html).toContain('value="Nobody At All"');
  expect(html).toContain('value="ann@example.com"');
  await app.request(`/imports/${id}/answers`, { as: admin, form: { ...form, owner_1: "" } });
  await work(id);
  expect((await outcomeOf(app, company.orgId, id)).counts).toEqual({ new: 1, changed: 0, same: 0, failed: 1 });
  const wrongDay = await app.request(`/imports/${id}/answers`, { as: admin, form: { ...form, owner_1: "", exported_on: "2026-02-31" } });
  expect([wrongDay.status, (await wrongDay.text()).includes("That is no day that exists.")]).toEqual([422, true]);
});

test("where another column of the file settles what comes first, that is filled in, and still asked", async () => {
  const { id } = await upload("opportunity_id,owner,stage,created,close_date,amount\nV2,Ann Rep,Engaging,2/3/2026,19/12/2026,5\n");
  await work(id);
  expect(await words(`/imports/${id}`)).toContain("In another column “19/12/2026” does: it is filled in as there.");
  expect(await page(`/imports/${id}`)).toMatch(/name="date_created_on" value="dmy" required="" checked=""/);
  expect(await page(`/imports/${id}`)).not.toMatch(/name="date_created_on" value="mdy" required="" checked=""/);
});

test("columns can be mapped by hand, also in a file nobody recognises", async () => {
  const { id } = await upload("erstens,zweitens,drittens\nX1,Ann Rep,Anders\n");
  await work(id);
  expect(await words(`/imports/${id}`)).toContain("Its columns (erstens, zweitens, drittens) fit nothing that Kept takes in.");
  await app.request(`/imports/${id}/answers`, { as: admin, form: { what: "opportunities", delimiter: "" } });
  await work(id);
  expect(await words(`/imports/${id}`), "what could not be guessed is asked").toContain(
    "No column was found for Stage or Status of opportunities.",
  );
  expect(await words(`/imports/${id}`), "a column is chosen by what stands in it").toMatch(
    /zweitens: Ann Rep .* drittens not taken yet .* Anders/,
  );
  const columns = { column_external_id: "0", column_owner: "1", column_stage: "2", column_amount: "" };
  await app.request(`/imports/${id}/answers`, { as: admin, form: { what: "opportunities", delimiter: "", ...columns } });
  await work(id);
  expect((await outcomeOf(app, company.orgId, id)).counts).toMatchObject({ new: 1, failed: 0 });
});

test("rows left out are downloaded as they stood, with reasons, and no formula runs", async () => {
  const { id } = await upload(
    `opportunity_id,owner,account,stage\nY1,Nobody,"=cmd|'/c calc'!A1",Engaging\nY2,Nobody,"two\nlines, and ""quotes""",Engaging\n`,
    { fileName: "My deals (1).csv" },
  );
  await work(id);
  const response = await app.request(`/imports/${id}/rows.csv`, { as: admin });
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="My-deals-1--left-out.csv"');
  // Reading it as text takes the byte order mark away.
  expect([...new Uint8Array(await response.clone().arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(await response.text()).toBe(
    [
      "opportunity_id,owner,account,stage,line,value,reason",
      "Y1,Nobody,'=cmd|'/c calc'!A1,Engaging,2,Nobody,nobody here is called “Nobody”",
      'Y2,Nobody,"two\nlines, and ""quotes""",Engaging,3,Nobody,nobody here is called “Nobody”',
      "",
    ].join("\r\n"),
  );
});

test("what stands in a file is shown as text", async () => {
  const { id } = await upload("product,series\n<script>alert(1)</script>,B\n", { fileName: '<img src=x onerror="1">.csv' });
  await work(id);
  const html = await page(`/imports/${id}`);
  expect(html).not.toContain("<script>alert");
  expect(html).not.toContain("<img src=x");
});

test("a file is dropped, and gone", async () => {
  const { id } = await upload("product,series\nDropped,B\n");
  await work(id);
  await app.request(`/imports/${id}/cancel`, { as: admin, form: {} });
  expect(existsSync(join(folder, "uploads", `${company.orgId}-${id}`))).toBe(false);
  await app.request(`/imports/${id}/apply`, { as: admin, form: {} });
  await work(id);
  expect((await rowsOf(app, company, "product")).filter(({ name }) => name === "Dropped")).toEqual([]);
});

test("what an admin does with files is written down, without their content", async () => {
  const { rows } = await app.database.ownerPool.query(
    "select distinct verb from event where org_id = $1 and noun = 'import' order by verb",
    [company.orgId],
  );
  expect(rows.map(({ verb }: { verb: string }) => verb)).toEqual(["answer", "drop", "take in", "upload"]);
});

/** Takes in one deal in euros, with this amount, as a file exported on that day tells it; returns the words of the page. */
const take = async (amount: number, day: string): Promise<string> => {
  const { id } = await upload(`opportunity_id,owner,stage,created,amount,currency\nCUR1,Ann Rep,Engaging,2026-01-05,${amount},EUR\n`);
  await work(id);
  await app.request(`/imports/${id}/answers`, { as: admin, form: { what: "opportunities", covers: "part", exported_on: day } });
  await work(id);
  await app.request(`/imports/${id}/apply`, { as: admin, form: {} });
  await work(id);
  return words(`/imports/${id}`);
};

test("what an import did to an amount is told in the currency of the deal", async () => {
  await take(100, "2026-02-10");
  expect(await take(250, "2026-02-15")).toMatch(/Amount €100 €250/);
});

test("a name much like somebody here is suggested, never taken by itself; once said the page does not call it unknown", async () => {
  const { id } = await upload('opportunity_id,owner,stage\nLIKE1,"Rep, Änn",Engaging\n');
  await work(id);
  expect(await words(`/imports/${id}`)).toContain("1 name that Kept does not know");
  expect(await words(`/imports/${id}`)).toContain("1 row; much like Ann Rep, ann@example.com");
  expect((await outcomeOf(app, company.orgId, id)).counts).toMatchObject({ new: 0, failed: 1 });
  await app.request(`/imports/${id}/answers`, { as: admin, form: { what: "opportunities", delimiter: "", owner_0: "ann@example.com" } });
  await work(id);
  expect(await words(`/imports/${id}`)).toContain("1 name, and who it is");
});
