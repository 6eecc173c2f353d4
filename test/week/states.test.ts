import { expect, test } from "vitest";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makeMeeting, makePair, makePerson } from "../builders/company.ts";
import { makeHeld, makeTimeOff, meetingsSeenBy } from "../builders/slots.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const reasonsSeenBy = (ctx: Ctx) =>
  ctx.tx((db) => db.selectFrom("meeting_reason").select(["what", "reason"]).orderBy("at").orderBy("id").execute());
const mailTo = (ctx: Ctx) => ctx.tx((db) => db.selectFrom("mail").select("subject").execute());
const page = async (as: Ctx, path: string) =>
  (await (await app.request(path, { as })).text()).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

const planned = "2026-03-03T10:00:00Z";

test("the address of a one-on-one leads into its room, and to its record once it is closed", async () => {
  const { company, manager, rep } = await makePair(app);
  const ahead = await makeMeeting(app, company, manager, rep);
  const closed = await makeHeld(app, company, manager, rep, "2026-02-24T10:00:00Z");
  const goal = async (id: string) => (await app.request(`/meetings/${id}`, { as: rep })).headers.get("location");
  expect(await goal(ahead)).toBe(`/meetings/${ahead}/room`);
  expect(await goal(closed)).toBe(`/meetings/${closed}/record`);
  const stranger = await makePerson(app, company);
  expect((await app.request(`/meetings/${ahead}`, { as: stranger })).status).toBe(404);
});

test("a moved one-on-one keeps its first time, however often it moves, and the other is told", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeMeeting(app, company, manager, rep, { planned_start: planned });
  const move = (as: Ctx, day: string, time: string, reason = "") =>
    app.request(`/meetings/${id}/move`, { as, form: { id: newId(), day, time, reason } });
  expect((await move(manager, "2026-03-05", "14:00", "A customer visit")).headers.get("location")).toBe("/week?of=2026-03-02");
  await move(rep, "2026-03-10", "08:30");
  expect(await meetingsSeenBy(rep)).toMatchObject([
    { state: "planned", planned_start: new Date("2026-03-10T08:30:00Z"), moved_from: new Date(planned), moved_by: rep.viewer.personId },
  ]);
  expect(await reasonsSeenBy(rep)).toEqual([{ what: "moved", reason: "A customer visit" }]);
  expect(await mailTo(rep)).toEqual([{ subject: "Moved: Deal strategy is now Thu 5 Mar, 14:00" }]);
  expect(await page(manager, "/week?of=2026-03-09")).toContain("moved from Tue 3 Mar, 10:00");
});

test("a move is typed on one's own clock", async () => {
  const company = await makeCompany(app);
  const manager = await makePerson(app, company, { roles: ["manager"], time_zone: "America/New_York" });
  const rep = await makePerson(app, company, { manager });
  const id = await makeMeeting(app, company, manager, rep, { planned_start: planned });
  await app.request(`/meetings/${id}/move`, { as: manager, form: { id: newId(), day: "2026-03-09", time: "9:00", reason: "" } });
  expect((await meetingsSeenBy(rep))[0]?.planned_start.toISOString()).toBe("2026-03-09T13:00:00.000Z");
});

test.each([
  [{ day: "2026-03-01", time: "10:00" }, "That has passed"],
  [{ day: "2029-03-01", time: "10:00" }, "more than a year away"],
  [{ day: "2026-02-30", time: "10:00" }, "Give a day that exists"],
  [{ day: "2026-03-05", time: "noon" }, "Give a time"],
  [{ day: "2026-03-05", time: "10:00", reason: "x".repeat(1001) }, "1,000 signs"],
])("a move that cannot be is said at its field: %j", async (form, message) => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeMeeting(app, company, manager, rep, { planned_start: planned });
  const response = await app.request(`/meetings/${id}/move`, { as: manager, form: { id: newId(), reason: "", ...form } });
  expect(response.status).toBe(422);
  expect(await response.text()).toContain(message);
  expect((await meetingsSeenBy(rep))[0]?.planned_start.toISOString()).toBe("2026-03-03T10:00:00.000Z");
});

test("the move page says who is off and what the manager has around then", async () => {
  const { company, manager, rep } = await makePair(app);
  const other = await makePerson(app, company, { name: "Otto Other", manager });
  const id = await makeMeeting(app, company, manager, rep, { planned_start: planned });
  await makeMeeting(app, company, manager, other, { planned_start: "2026-03-04T10:00:00Z", kind: "weekly-hour" });
  await makeTimeOff(app, company, rep, "2026-03-05", "2026-03-06");
  const words = await page(manager, `/meetings/${id}/move`);
  expect(words).toContain("Rico Rep is off 5 Mar to 6 Mar");
  expect(words).toContain("Wed 4 Mar, 10:00: Weekly hour with Otto Other");
  expect(await page(rep, `/meetings/${id}/move`)).not.toContain("Otto Other");
});

test("excusing needs a reason; either of the pair may", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeMeeting(app, company, manager, rep, { planned_start: planned });
  const excuse = (form: Record<string, string>) => app.request(`/meetings/${id}/excuse`, { as: rep, form: { id: newId(), ...form } });
  const without: Record<string, string>[] = [{}, { excuse: "" }, { excuse: "Lazy" }, { excuse: "Other", words: "  " }];
  for (const form of without) expect((await excuse(form)).status).toBe(422);
  expect((await meetingsSeenBy(rep))[0]?.state).toBe("planned");
  expect((await excuse({ excuse: "Emergency", words: "The server room is flooded" })).status).toBe(303);
  expect(await meetingsSeenBy(manager)).toMatchObject([{ state: "excused", excused_by: rep.viewer.personId }]);
  expect(await reasonsSeenBy(manager)).toEqual([{ what: "excused", reason: "Emergency: The server room is flooded" }]);
  expect(await mailTo(manager)).toEqual([{ subject: "Excused: Deal strategy with Rico Rep" }]);
});

test("sent twice it is excused once", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeMeeting(app, company, manager, rep, { planned_start: planned });
  const form = { id: newId(), excuse: "Time off", words: "" };
  await app.request(`/meetings/${id}/excuse`, { as: manager, form });
  expect((await app.request(`/meetings/${id}/excuse`, { as: manager, form })).status).toBe(303);
  expect(await reasonsSeenBy(rep)).toEqual([{ what: "excused", reason: "Time off" }]);
  expect(await mailTo(rep)).toHaveLength(1);
});

test("why it was moved or excused is the pair's: a leader and an admin read nothing of it", async () => {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const admin = await makePerson(app, company, { roles: ["admin"] });
  const manager = await makePerson(app, company, { roles: ["manager"], manager: leader });
  const rep = await makePerson(app, company, { manager });
  const id = await makeMeeting(app, company, manager, rep, { planned_start: planned });
  await app.request(`/meetings/${id}/excuse`, { as: manager, form: { id: newId(), excuse: "Other", words: "Private" } });
  expect(await reasonsSeenBy(leader)).toEqual([]);
  expect(await reasonsSeenBy(admin)).toEqual([]);
  expect((await app.request(`/meetings/${id}/excuse`, { as: leader })).status).toBe(404);
});

test("what is open, excused or missed cannot be moved; a missed one can be held late", async () => {
  const { company, manager, rep } = await makePair(app);
  const move = (id: string) =>
    app.request(`/meetings/${id}/move`, { as: manager, form: { id: newId(), day: "2026-03-06", time: "10:00", reason: "" } });
  const missed = await makeMeeting(app, company, manager, rep, { planned_start: "2026-02-20T10:00:00Z" });
  await asActor(app, "job", company.orgId, (db) =>
    db.updateTable("meeting").set({ state: "missed", missed_at: app.clock.now() }).where("id", "=", missed).execute(),
  );
  expect((await move(missed)).status).toBe(409);
  expect(await page(manager, `/meetings/${missed}/move`)).toContain("it can still be held late");
  await openMeeting(manager, missed);
  expect((await meetingsSeenBy(rep))[0]?.state).toBe("open");
  expect((await move(missed)).status).toBe(409);
});
