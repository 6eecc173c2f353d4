import { expect, test } from "vitest";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makePair, makePerson } from "../builders/company.ts";
import { makeHeld, makeSlot, makeTimeOff, meetingsSeenBy } from "../builders/slots.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

const get = async (as: Ctx, path: string): Promise<string> => {
  const response = await app.request(path, { as });
  expect(response.status).toBe(200);
  return response.text();
};
const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .replaceAll("&#39;", "'");

const slotForm = (rep: Ctx, values: Record<string, string> = {}): Record<string, string> => ({
  id: newId(),
  kind: "deal-strategy",
  reps: rep.viewer.personId,
  cadence: "every 2 weeks",
  day: "TU",
  week: "1",
  rule: "",
  from: "2026-03-03",
  time: "09:30",
  time_zone: "UTC",
  minutes: "45",
  place: "Room 4",
  gap: "0",
  co_coach: "",
  ...values,
});

test("the kinds are offered with their purpose and rhythm, then the form with the kind's own defaults", async () => {
  const { manager, rep } = await makePair(app);
  const kinds = plain(await get(manager, "/series/new"));
  expect(kinds).toContain("The deals in hand");
  expect(kinds).toContain("The first Monday of the month");
  const form = await get(manager, `/series/new?kind=results-review&rep=${rep.viewer.personId}`);
  expect(form).toMatch(/name="minutes"[^>]*value="20"|value="20"[^>]*name="minutes"/);
  expect(plain(form)).toContain("Monday 6 Apr, 09:00");
});

test("a rep is told that the manager schedules", async () => {
  const { rep } = await makePair(app);
  expect(plain(await get(rep, "/series/new?kind=deal-strategy"))).toContain("Your manager schedules one-on-ones");
});

test("the form makes the slot and its meetings", async () => {
  const { manager, rep } = await makePair(app);
  const response = await app.request("/series", { as: manager, form: slotForm(rep) });
  expect(response.headers.get("location")).toBe("/series");
  const meetings = await meetingsSeenBy(rep);
  expect(meetings.map(({ occurrence_on }) => occurrence_on).slice(0, 3)).toEqual(["2026-03-03", "2026-03-17", "2026-03-31"]);
  const list = plain(await get(manager, "/series"));
  expect(list).toContain("Rico Rep");
  expect(list).toContain("Every second Tuesday, 09:30");
  expect(list).toContain("Tue 3 Mar, 9:30");
});

test("several reps at once come one after another", async () => {
  const company = await makeCompany(app);
  const manager = await makePerson(app, company, { roles: ["manager"] });
  const anna = await makePerson(app, company, { name: "Anna", manager });
  const ben = await makePerson(app, company, { name: "Ben", manager });
  const form = new URLSearchParams(slotForm(anna, { gap: "15" }));
  form.append("reps", ben.viewer.personId);
  const response = await app.request("/series", {
    as: manager,
    body: form.toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  expect(response.status).toBe(303);
  expect((await meetingsSeenBy(anna))[0]?.planned_start.toISOString()).toBe("2026-03-03T09:30:00.000Z");
  expect((await meetingsSeenBy(ben))[0]?.planned_start.toISOString()).toBe("2026-03-03T10:30:00.000Z");
});

test("the dates shown before saving say who is off and what they overlap", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeSlot(company, manager, rep, { kind: "weekly-hour", rrule: "FREQ=WEEKLY;BYDAY=TU", localTime: "09:00" });
  await makeTimeOff(app, company, rep, "2026-03-17");
  const query = new URLSearchParams({ ...slotForm(rep), show: "dates" });
  const page = plain(await get(manager, `/series/new?${query}`));
  expect(page).toContain("Tuesday 3 Mar, 09:30 · overlaps Weekly hour with Rico Rep");
  expect(page).toContain("Tuesday 17 Mar, 09:30 · Rico Rep off that day");
  expect(await meetingsSeenBy(rep)).toHaveLength(9);
});

test.each([
  ["reps", "", "Choose at least one rep."],
  ["time", "25:00", "Give a time, such as 09:00."],
  ["from", "2026-02-30", "Give a day that exists"],
  ["minutes", "0", "Between 5 and 480 minutes."],
  ["time_zone", "Mars/Olympus", "Choose a time zone from the list."],
  ["cadence", "daily", "Choose how often."],
  ["place", "x".repeat(501), "A place has 500 signs at most."],
])("a wrong %s is said at its field, and what was typed stays", async (field, value, message) => {
  const { manager, rep } = await makePair(app);
  const response = await app.request("/series", { as: manager, form: slotForm(rep, { place: "Café <b>", [field]: value }) });
  expect(response.status).toBe(422);
  const html = await response.text();
  expect(html).toContain(message);
  expect(html.includes("Café &lt;b&gt;") || field === "place").toBe(true);
});

test("a rule of one's own is checked and told what is wrong", async () => {
  const { manager, rep } = await makePair(app);
  const wrong = await app.request("/series", { as: manager, form: slotForm(rep, { cadence: "custom", rule: "FREQ=HOURLY" }) });
  expect(wrong.status).toBe(422);
  expect(plain(await wrong.text())).toContain("A rule begins with FREQ=WEEKLY");
  const good = await app.request("/series", { as: manager, form: slotForm(rep, { cadence: "custom", rule: "freq=monthly;byday=-1fr" }) });
  expect(good.status).toBe(303);
  expect((await meetingsSeenBy(rep))[0]?.occurrence_on).toBe("2026-03-27");
});

test("somebody else's rep is refused at the field", async () => {
  const { company, manager } = await makePair(app);
  const stranger = await makePerson(app, company);
  const response = await app.request("/series", { as: manager, form: slotForm(stranger) });
  expect(response.status).toBe(422);
  expect(await response.text()).toContain("Choose people from the list");
});

test("odd input is answered, never broken", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeSlot(company, manager, rep);
  for (const odd of ["", "\u0000", "‮", "'; drop table series;--", "💥".repeat(300), "-1", "null"]) {
    const form = Object.fromEntries(Object.keys(slotForm(rep)).map((name) => [name, odd]));
    for (const path of ["/series", `/series/${id}`, `/series/${id}/end`]) {
      const { status } = await app.request(path, { as: manager, form: { ...form, last_day: odd } });
      expect([303, 422]).toContain(status);
    }
    const { status } = await app.request(`/series/new?${new URLSearchParams({ ...form, kind: "deal-strategy", show: "dates" })}`, {
      as: manager,
    });
    expect(status).toBe(200);
  }
});

test("a change shows on the series that follows, and the old one says when it ends", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeSlot(company, manager, rep);
  const past = await app.request(`/series/${id}`, { as: manager, form: slotForm(rep, { from: "2026-02-20" }) });
  expect(past.status).toBe(422);
  const response = await app.request(`/series/${id}`, { as: manager, form: slotForm(rep, { from: "2026-03-16", time: "15:00" }) });
  const next = response.headers.get("location") ?? "";
  expect(next).not.toBe(`/series/${id}`);
  expect(plain(await get(rep, next))).toContain("Every second Tuesday at 15:00, 45 minutes, Room 4.");
  expect(plain(await get(manager, `/series/${id}`))).toContain("It ends on 15 March 2026.");
});

test("a rep sees the slot but no way to change it", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeSlot(company, manager, rep);
  const page = plain(await get(rep, `/series/${id}`));
  expect(page).toContain("Mon 2 Mar, 10:00");
  expect(page).not.toContain("End the series");
  expect((await app.request(`/series/${id}/end`, { as: rep, form: { last_day: "2026-03-09" } })).status).toBe(403);
});

test("held in a row and gaps show beside each slot", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeSlot(company, manager, rep);
  for (const day of ["2026-02-09", "2026-02-16", "2026-02-23"]) await makeHeld(app, company, manager, rep, `${day}T10:00:00Z`);
  expect(plain(await get(rep, "/series"))).toContain("3 held in a row");
});

test("an admin looks at the slots of anybody; another rep finds none of them", async () => {
  const { company, manager, rep } = await makePair(app);
  const admin = await makePerson(app, company, { roles: ["admin"] });
  const other = await makePerson(app, company, { manager });
  const id = await makeSlot(company, manager, rep);
  expect(plain(await get(admin, `/series?person=${rep.viewer.personId}`))).toContain("Rico Rep and Mara Manager");
  expect((await app.request(`/series?person=${rep.viewer.personId}`, { as: other })).status).toBe(404);
  expect((await app.request(`/series/${id}`, { as: other })).status).toBe(404);
  expect((await app.request("/series/nonsense", { as: manager })).status).toBe(404);
});

test("an admin sees every slot of the organisation by names and times, and nothing more of it", async () => {
  const { company, manager, rep } = await makePair(app);
  const admin = await makePerson(app, company, { roles: ["admin"] });
  expect(plain(await get(admin, "/series"))).toContain("No one-on-one is scheduled");
  const second = await makePerson(app, company, { name: "Sina Second", roles: ["manager"] });
  const theirs = await makePerson(app, company, { name: "Tara Theirs", manager: second });
  await makeSlot(company, manager, rep, { place: "Secret Room" });
  await makeSlot(company, second, theirs, { kind: "weekly-hour", localTime: "15:30" });
  const page = plain(await get(admin, "/series"));
  expect(page).toContain("2 slots");
  expect(page).toMatch(/Mara Manager Rico Rep Deal strategy .*Monday, 10:00 45 min .*Sina Second Tara Theirs Weekly hour/);
  expect(page).not.toContain("Secret Room");
  expect(page).not.toContain("in a row");
  const found = plain(await get(admin, "/series?of=everybody&q=tara"));
  expect(found).toContain("Tara Theirs");
  expect(found).not.toContain("Rico Rep");
  expect(plain(await get(admin, "/series?of=everybody&q=%25"))).toContain("Nobody of that name");
  const other = await makeCompany(app);
  expect(plain(await get(await makePerson(app, other, { roles: ["admin"] }), "/series"))).toContain("No one-on-one is scheduled");
});

test("everybody's slots are an admin's to see: a manager sees their own, an admin who manages chooses", async () => {
  const { company, manager, rep } = await makePair(app);
  const both = await makePerson(app, company, { name: "Bo Both", roles: ["manager", "admin"] });
  await makeSlot(company, manager, rep);
  const other = await makePerson(app, company, { name: "Sina Second", roles: ["manager"] });
  expect(plain(await get(other, "/series?of=everybody"))).not.toContain("Rico Rep");
  expect(plain(await get(both, "/series"))).not.toContain("Rico Rep");
  expect(plain(await get(both, "/series?of=everybody"))).toContain("Rico Rep");
});

test("an admin schedules for a rep who reports to nobody yet, when they say who holds it", async () => {
  const { company, manager } = await makePair(app);
  const admin = await makePerson(app, company, { roles: ["admin"] });
  const alone = await makePerson(app, company, { name: "Ada Alone" });
  expect(plain(await get(admin, "/series/new?kind=deal-strategy"))).toContain("Ada Alone");
  expect((await app.request("/series", { as: admin, form: slotForm(alone, { manager: "" }) })).status).toBe(422);
  const form = slotForm(alone, { manager: manager.viewer.personId });
  expect((await app.request("/series", { as: admin, form })).status).toBe(303);
  expect((await meetingsSeenBy(alone))[0]?.manager_id).toBe(manager.viewer.personId);
});

test("an admin schedules for others: with their own manager, unless they report to different ones", async () => {
  const { company, manager, rep } = await makePair(app);
  const admin = await makePerson(app, company, { roles: ["admin"] });
  const second = await makePerson(app, company, { name: "Sina Second", roles: ["manager"] });
  const theirs = await makePerson(app, company, { manager: second });
  const one = await app.request("/series", { as: admin, form: slotForm(rep, { manager: "" }) });
  expect(one.headers.get("location")).toBe(`/series?person=${rep.viewer.personId}`);
  expect((await meetingsSeenBy(rep))[0]?.manager_id).toBe(manager.viewer.personId);
  const both = new URLSearchParams(slotForm(rep, { manager: "" }));
  both.append("reps", theirs.viewer.personId);
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const refused = await app.request("/series", { as: admin, body: both.toString(), headers });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("report to different managers");
  both.set("manager", second.viewer.personId);
  expect((await app.request("/series", { as: admin, body: both.toString(), headers })).status).toBe(303);
  expect((await meetingsSeenBy(theirs))[0]?.manager_id).toBe(second.viewer.personId);
});
