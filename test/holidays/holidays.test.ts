import { expect, test } from "vitest";
import { missMeetings } from "../../src/domain/meetings/miss-meetings.ts";
import { moveMeeting } from "../../src/domain/meetings/move-meeting.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makeMeeting, makePair, makePerson, type Company } from "../builders/company.ts";
import { makeSlot, meetingsSeenBy } from "../builders/slots.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const words = async (as: Ctx, path: string): Promise<string> => {
  const response = await app.request(path, { as });
  expect(response.status).toBe(200);
  return (await response.text())
    .replace(/^.*<main/s, "<main")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&quot;", '"')
    .replace(/\s+/g, " ");
};
const bring = (as: Ctx, name: string, lines: string, more: Record<string, string> = {}) =>
  app.request("/set-up/holidays", { as, form: { id: newId(), name, lines, do: "bring", ...more } });
const adminOf = (company: Company) => makePerson(app, company, { roles: ["admin"] });
const calendarsOf = (as: Ctx) =>
  as.tx((db) => db.selectFrom("holiday_calendar").selectAll().orderBy("created_at").orderBy("name").execute());
const daysOf = (as: Ctx) => as.tx((db) => db.selectFrom("holiday").select(["on_day", "name"]).orderBy("on_day").orderBy("name").execute());
const boundary = "----a-line-between-the-parts-of-it";
const withFile = (as: Ctx, name: string, fileName: string, content: string) => {
  const part = (head: string, body: string) => `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
  const fields = Object.entries({ id: newId(), name, lines: "2026-05-01, Typed before", do: "look" });
  const body = `${fields.map(([key, value]) => part(`name="${key}"`, value)).join("")}${part(`name="file"; filename="${fileName}"\r\nContent-Type: text/calendar`, content)}--${boundary}--\r\n`;
  return app.request("/set-up/holidays", { as, body, headers: { "content-type": `multipart/form-data; boundary=${boundary}` } });
};
const miss = (orgId: string) => asActor(app, "job", orgId, (db) => missMeetings(db, { orgId, now: app.clock.now() }));
const reasons = (as: Ctx) => as.tx((db) => db.selectFrom("meeting_reason").select(["what", "reason"]).execute());

test("nothing is changed by looking; bringing makes the calendar, the first one for everybody", async () => {
  const company = await makeCompany(app);
  const admin = await adminOf(company);
  expect(await words(admin, "/set-up/holidays")).toContain("No holiday calendar yet");
  const looked = await bring(admin, "Ireland", "2026-03-17, Saint Patrick’s Day\nrubbish", { do: "look" });
  expect(looked.status).toBe(200);
  const page = (await looked.text()).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
  expect(page).toContain("Line 2: “rubbish” has no day");
  expect(page).toContain("Tuesday, 17 March 2026 Saint Patrick’s Day New");
  expect(await calendarsOf(admin)).toEqual([]);
  expect((await bring(admin, "Ireland", "2026-03-17, Saint Patrick’s Day\nrubbish")).status).toBe(303);
  expect(await calendarsOf(admin)).toMatchObject([{ name: "Ireland", is_default: true }]);
  expect(await words(admin, "/set-up/holidays")).toContain("Next: Saint Patrick’s Day, 17 March 2026.");
});

test("the same days again change nothing; a new name or day of the same calendar does, and says so before", async () => {
  const company = await makeCompany(app);
  const admin = await adminOf(company);
  const lines = "2026-04-06, Easter Monday\n2026-05-04, May Day";
  await bring(admin, "Ireland", lines);
  const before = await calendarsOf(admin);
  const again = await bring(admin, " ireland ", lines);
  expect(again.status).toBe(303);
  expect(await words(admin, again.headers.get("location") ?? "")).toContain("Easter Monday");
  expect(await calendarsOf(admin)).toEqual(before);
  const look = await bring(admin, "Ireland", "2026-05-04, First Monday\n2026-06-01, June Day", { do: "look" });
  expect((await look.text()).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ")).toContain("1 new day, 1 new name, 0 here already");
  await bring(admin, "Ireland", "2026-05-04, First Monday\n2026-06-01, June Day");
  expect(await daysOf(admin)).toEqual([
    { on_day: "2026-04-06", name: "Easter Monday" },
    { on_day: "2026-05-04", name: "First Monday" },
    { on_day: "2026-06-01", name: "June Day" },
  ]);
});

test("a calendar file fills the lines beneath what was typed, and names the calendar", async () => {
  const company = await makeCompany(app);
  const admin = await adminOf(company);
  const file =
    "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Irish holidays\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  const response = await withFile(admin, "", "ie.ics", file);
  expect(response.status).toBe(200);
  const html = await response.text();
  expect(html).toContain('value="Irish holidays"');
  expect(html).toContain("2026-05-01, Typed before\n2026-12-25, Christmas Day</textarea>");
  expect(html).toContain("Bring in 2 days");
});

test("a bad file is refused in a sentence at its field and loses nothing typed", async () => {
  const company = await makeCompany(app);
  const admin = await adminOf(company);
  const response = await withFile(admin, "Ireland", "ie.ics", "BEGIN:VCALENDAR\r\nnonsense");
  expect(response.status).toBe(422);
  const html = await response.text();
  expect(html).toContain("This calendar file is broken or empty");
  expect(html).toContain('value="Ireland"');
  expect(html).toContain("2026-05-01, Typed before</textarea>");
});

test.each([
  [{ name: "", lines: "2026-05-01, A" }, "Give the calendar a name"],
  [{ name: "x".repeat(121), lines: "2026-05-01, A" }, "At most 120 characters"],
  [{ name: "Ireland", lines: "  " }, "write a day and a name in each line"],
])("a form that says too little is shown again: %#", async ({ name, lines }, message) => {
  const company = await makeCompany(app);
  const admin = await adminOf(company);
  const response = await bring(admin, name, lines);
  expect(response.status).toBe(422);
  expect(await response.text()).toContain(message);
  expect(await calendarsOf(admin)).toEqual([]);
});

test("only an admin sees the pages", async () => {
  const { manager } = await makePair(app);
  for (const path of ["/set-up/holidays", "/set-up/holidays/new"]) expect((await app.request(path, { as: manager })).status).toBe(404);
  expect((await bring(manager, "Ireland", "2026-05-01, A")).status).toBe(404);
});

test("single days are taken away, and a calendar is removed with its days; its people have the default again", async () => {
  const { company, rep } = await makePair(app);
  const admin = await adminOf(company);
  await bring(admin, "Ireland", "2026-03-17, Saint Patrick’s Day\n2026-04-06, Easter Monday");
  await bring(admin, "Spain", "2026-01-06, Epiphany");
  const [, spain] = await calendarsOf(admin);
  const [ireland] = await calendarsOf(admin);
  await app.request(`/set-up/holidays/${ireland?.id}/days/2026-03-17/remove`, { as: admin, form: {} });
  expect((await daysOf(admin)).map(({ name }) => name)).toEqual(["Epiphany", "Easter Monday"]);
  await admin.tx((db) =>
    db
      .updateTable("person")
      .set({ holiday_calendar_id: spain?.id ?? "" })
      .where("id", "=", rep.viewer.personId)
      .execute(),
  );
  await app.request(`/set-up/holidays/${spain?.id}/default`, { as: admin, form: { default: "yes" } });
  expect((await calendarsOf(admin)).map(({ is_default }) => is_default)).toEqual([false, true]);
  await app.request(`/set-up/holidays/${spain?.id}/remove`, { as: admin, form: {} });
  expect(await daysOf(admin)).toEqual([{ on_day: "2026-04-06", name: "Easter Monday" }]);
  expect(
    await rep.tx((db) => db.selectFrom("person").select("holiday_calendar_id").where("id", "=", rep.viewer.personId).execute()),
  ).toEqual([{ holiday_calendar_id: null }]);
  expect((await app.request(`/set-up/holidays/${spain?.id}`, { as: admin })).status).toBe(404);
});

test("an admin gives a person a calendar of their own, and one of nobody's is refused at its field", async () => {
  const { company, rep } = await makePair(app);
  const admin = await adminOf(company);
  await bring(admin, "Ireland", "2026-03-17, Saint Patrick’s Day");
  await bring(admin, "Spain", "2026-01-06, Epiphany");
  const spain = (await calendarsOf(admin)).find(({ name }) => name === "Spain");
  const form = { name: "Rico Rep", email: "", roles: "rep", team: "", time_zone: "UTC", started_on: "", left_on: "", experience: "new" };
  const save = (id: string) =>
    app.request(`/people/${rep.viewer.personId}/edit`, { as: admin, form: { ...form, holiday_calendar_id: id } });
  expect((await save(spain?.id ?? "")).status).toBe(303);
  expect(await words(admin, `/people/${rep.viewer.personId}`)).toContain("Holidays Spain");
  const unknown = await save(newId());
  expect(unknown.status).toBe(422);
  expect(await unknown.text()).toContain("This calendar is not here any more");
  await save("");
  expect(await words(rep, `/people/${rep.viewer.personId}`)).toContain("Holidays Ireland");
});

test("a one-on-one on a holiday says which, on Week, before it is made and where it is moved", async () => {
  const { company, manager, rep } = await makePair(app);
  const admin = await adminOf(company);
  await bring(admin, "Everywhere", "2026-03-09, Founders’ Day\n2026-03-12, Town Day");
  await makeSlot(company, manager, rep);
  const asked = new URLSearchParams({
    id: newId(),
    manager: "",
    kind: "weekly-hour",
    show: "dates",
    week: "1",
    rule: "",
    gap: "0",
    place: "",
    co_coach: "",
    reps: rep.viewer.personId,
    cadence: "weekly",
    day: "MO",
    from: "2026-03-03",
    time: "15:00",
    time_zone: "UTC",
    minutes: "60",
  });
  for (const as of [manager, rep]) expect(await words(as, "/week?of=2026-03-09")).toContain("Falls on Founders’ Day Move or excuse");
  expect(await words(manager, "/week?of=2026-03-16")).not.toContain("Falls on");
  expect(await words(manager, `/series/new?${asked}`)).toContain("Monday 9 Mar, 15:00 · Founders’ Day Monday 16 Mar");
  const [, next] = await meetingsSeenBy(manager);
  const move = await words(manager, `/meetings/${next?.id}/move`);
  expect(move).toContain("10:00, which is Founders’ Day.");
  expect(move).toContain("12 Mar is Town Day");
});

test("a holiday of only one of the two says whose it is", async () => {
  const { company, manager, rep } = await makePair(app);
  const admin = await adminOf(company);
  await bring(admin, "Here", "2026-07-01, Elsewhen");
  await bring(admin, "There", "2026-03-09, Town Day");
  const there = (await calendarsOf(admin)).find(({ name }) => name === "There");
  await admin.tx((db) =>
    db
      .updateTable("person")
      .set({ holiday_calendar_id: there?.id ?? "" })
      .where("id", "=", rep.viewer.personId)
      .execute(),
  );
  await makeSlot(company, manager, rep);
  expect(await words(manager, "/week?of=2026-03-09")).toContain("Falls on Town Day for Rico");
  expect(await words(rep, "/week?of=2026-03-09")).toContain("Falls on Town Day for you");
  const [, next] = await meetingsSeenBy(manager);
  expect(await words(manager, `/meetings/${next?.id}/move`)).toContain("9 Mar is Town Day for Rico Rep");
});

test("one that nobody moved is excused by its holiday; one moved there knowing is not", async () => {
  const { company, manager, rep } = await makePair(app);
  const admin = await adminOf(company);
  await bring(admin, "Everywhere", "2026-03-03, Town Day\n2026-03-04, Village Day");
  await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-03T10:00:00Z" });
  const moved = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-05T10:00:00Z" });
  await moveMeeting(manager, moved, { id: newId(), start: new Date("2026-03-04T10:00:00Z"), reason: "" });
  app.setNow("2026-03-08T09:00:00Z");
  expect(await miss(company.orgId)).toEqual({ missed: 1, excused: 1 });
  app.setNow("2026-03-02T09:00:00Z");
  expect((await meetingsSeenBy(manager)).map(({ state }) => state)).toEqual(["excused", "missed"]);
  expect(await reasons(manager)).toEqual([{ what: "excused", reason: "Holiday: Town Day" }]);
  expect(await words(rep, "/week?of=2026-03-02")).toContain("Holiday: Town Day");
});

test("the day is that of the slot's own zone, across the change of the clocks and the end of a month", async () => {
  const { company, manager, rep } = await makePair(app);
  const admin = await adminOf(company);
  // In New York clocks go forward on 8 March, in Berlin on 29 March; 31 March there ends while UTC has long begun April.
  await bring(admin, "Everywhere", "2026-03-08, Clocks Day\n2026-03-31, Last Day");
  await makeSlot(company, manager, rep, {
    rrule: "FREQ=WEEKLY;BYDAY=SU",
    startsOn: "2026-03-02",
    timeZone: "America/New_York",
    localTime: "02:30",
  });
  await makeSlot(company, manager, rep, {
    rrule: "FREQ=MONTHLY;BYMONTHDAY=-1",
    startsOn: "2026-03-02",
    timeZone: "America/New_York",
    localTime: "23:30",
    kind: "weekly-hour",
  });
  const sunday = await words(manager, "/week?of=2026-03-02");
  expect(sunday).toContain("Falls on Clocks Day");
  // 31 March, 23:30 in New York is 1 April, 03:30 in UTC.
  const last = await words(manager, "/week?of=2026-03-30");
  expect(last).toMatch(/Wednesday 1 Apr.*3:30.*Falls on Last Day/);
  app.setNow("2026-04-02T09:00:00Z");
  await miss(company.orgId);
  app.setNow("2026-03-02T09:00:00Z");
  const seen = await meetingsSeenBy(manager);
  expect(
    seen.filter(({ state }) => state === "excused").map(({ occurrence_on, planned_start }) => [occurrence_on, planned_start.toISOString()]),
  ).toEqual([
    ["2026-03-08", "2026-03-08T07:30:00.000Z"],
    ["2026-03-31", "2026-04-01T03:30:00.000Z"],
  ]);
});

test("holidays of another organisation are nobody's here", async () => {
  const theirs = await makeCompany(app);
  await bring(await adminOf(theirs), "Everywhere", "2026-03-09, Founders’ Day");
  const { company, manager, rep } = await makePair(app);
  await makeSlot(company, manager, rep);
  expect(await words(manager, "/week?of=2026-03-09")).not.toContain("Falls on");
});
