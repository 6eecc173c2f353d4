import { beforeEach, expect, test } from "vitest";
import { makeSetUpToken } from "../../src/platform/welcome.ts";
import { connectAsOwner } from "../../src/platform/database.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { cookieOf, forgetTries, signIn, wordsOf } from "./sign-in-as.ts";

const app = await makeTestApp();
beforeEach(async () => {
  await connectAsOwner(app.database.url, (client) => client.query("truncate organisation, access_link, auth_user cascade"));
  await forgetTries(app);
});

const tokenNow = async (): Promise<string> => (await makeSetUpToken(app)) ?? "none";
const answers = (values: Record<string, string> = {}): Record<string, string> => ({
  org: newId(),
  person: newId(),
  company: "Acme",
  currency: "EUR",
  time_zone: "Europe/Berlin",
  name: "Ada Admin",
  email: "Ada@acme.test",
  password: "correct horse 7",
  manages: "yes",
  ...values,
});
const companies = async () => app.database.auth.selectFrom("organisation").select(["name", "currency", "time_zone"]).execute();
const setUp = (token: string, form = answers()) => app.request(`/welcome/${token}/company`, { form });

test("the set-up link makes the company, its kinds and stages, and its admin, who is signed in", async () => {
  const token = await tokenNow();
  expect(await wordsOf(await app.request(`/welcome/${token}`))).toMatch(/Explore a sample company.*Set up my company/);
  const done = await setUp(token);
  expect(done.headers.get("location")).toBe("/set-up");
  const page = await wordsOf(await app.request("/set-up", { as: cookieOf(done) }));
  expect(page).toContain("Next: people.");
  expect(await companies()).toEqual([{ name: "Acme", currency: "EUR", time_zone: "Europe/Berlin" }]);
  const { rows } = await connectAsOwner(app.database.url, (client) =>
    client.query(
      "select (select count(*) from kind) as kinds, (select string_agg(name, ', ' order by position) from stage) as stages, (select string_agg(role, ', ' order by role) from person_role) as roles",
    ),
  );
  expect(rows).toEqual([{ kinds: 5, stages: "Prospecting, Engaging, Won, Lost", roles: "admin, manager" }]);
  expect((await signIn(app, "ada@acme.test", "correct horse 7")).status).toBe(303);
});

test("links of several starts all work until there is a company, then none does", async () => {
  const [first, second] = [await tokenNow(), await tokenNow()];
  expect((await app.request(`/welcome/${first}`)).status).toBe(200);
  await setUp(second);
  for (const token of [first, second]) {
    expect((await app.request(`/welcome/${token}`)).status).toBe(409);
    expect((await setUp(token, answers({ company: "Thief Ltd" }))).status).toBe(409);
    expect((await app.request(`/welcome/${token}/sample`, { form: {} })).status).toBe(409);
  }
  expect(await makeSetUpToken(app)).toBeUndefined();
  expect(await companies()).toHaveLength(1);
});

test("posted twice at the same moment, also from two tabs, it makes one company", async () => {
  const token = await tokenNow();
  const same = answers();
  const statuses = await Promise.all([setUp(token, same), setUp(token, same), setUp(token, answers({ company: "Other tab" }))]);
  expect(statuses.map(({ status }) => status).toSorted()).toEqual([303, 409, 409]);
  expect(await companies()).toHaveLength(1);
});

test("a wrong link is refused and makes nothing", async () => {
  await tokenNow();
  for (const token of ["wrong", "a".repeat(3000), "%00", "..%2F"]) {
    expect((await app.request(`/welcome/${token}`)).status).toBe(404);
    expect((await setUp(token)).status).toBe(404);
  }
  expect(await companies()).toEqual([]);
});

test("what is wrong is said at its field, what was typed stays, and the link still works", async () => {
  const token = await tokenNow();
  const cases: [Record<string, string>, string][] = [
    [{ company: " " }, "Write a name."],
    [{ email: "ada" }, "This is not a mail address."],
    [{ password: "short" }, "This is too short: at least 10 characters."],
    [{ password: "x".repeat(201) }, "At most 200 characters."],
    [{ currency: "XYZ1" }, "Choose a currency."],
    [{ time_zone: "Nowhere" }, "Choose a time zone."],
  ];
  for (const [change, words] of cases) {
    const response = await setUp(token, answers({ name: "Ada <i>", ...change }));
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain(words);
    expect(html).toContain('value="Ada &lt;i&gt;"');
    expect(html).not.toContain("correct horse");
  }
  expect((await setUp(token)).status).toBe(303);
});

test("without the tick the admin does not manage", async () => {
  const { manages: _, ...form } = answers();
  const me = cookieOf(await setUp(await tokenNow(), form));
  const page = await (await app.request("/set-up", { as: me })).text();
  expect(page).toContain('href="/set-up"');
  expect(page).not.toContain('href="/pipeline"');
});

test("one click makes the sample company, the second goes there, and a real one can still be set up", async () => {
  const token = await tokenNow();
  const clicks = await Promise.all([1, 2].map(() => app.request(`/welcome/${token}/sample`, { form: {} })));
  expect(clicks.map((response) => response.headers.get("location"))).toEqual(["/sign-in", "/sign-in"]);
  expect(await companies()).toHaveLength(1);
  expect(await wordsOf(await app.request(`/welcome/${token}`))).toContain("Go to the sample company");
  expect((await setUp(token)).status).toBe(303);
  expect(await companies()).toHaveLength(2);
}, 120_000);

test("an admin changes name, currency, time zone and the two notices; nonsense is refused and stays to be mended", async () => {
  const company = await makeCompany(app);
  const admin = await makePerson(app, company, { roles: ["admin"] });
  const rep = await makePerson(app, company);
  const form = { name: "Acme & Sons", currency: "JPY", time_zone: "Asia/Tokyo", agenda_notice_hours: "48", missed_grace_hours: "12" };
  expect((await app.request("/set-up/organisation", { as: admin, form })).status).toBe(303);
  expect(await companies()).toEqual([{ name: "Acme & Sons", currency: "JPY", time_zone: "Asia/Tokyo" }]);
  for (const hours of ["-1", "1.5", "a", "", "99999"]) {
    const response = await app.request("/set-up/organisation", { as: admin, form: { ...form, missed_grace_hours: hours } });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('value="Acme &amp; Sons"');
  }
  for (const path of ["/set-up", "/set-up/audit"]) expect((await app.request(path, { as: rep })).status).toBe(404);
  expect((await app.request("/set-up/organisation", { as: rep, form })).status).toBe(404);
});
