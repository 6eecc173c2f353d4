import { sql } from "kysely";
import { expect, test } from "vitest";
import { planMeetings } from "../../src/domain/meetings/plan-meetings.ts";
import { changeSeries, type SeriesChange } from "../../src/domain/series/change-series.ts";
import { endSeries } from "../../src/domain/series/end-series.ts";
import { handOverSeries, sweepHandOvers } from "../../src/domain/series/hand-over-series.ts";
import { makeSeries } from "../../src/domain/series/make-series.ts";
import { asActor } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makePair, makePerson } from "../builders/company.ts";
import { makeSlot, meetingsSeenBy } from "../builders/slots.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const days = (meetings: { occurrence_on: string }[]) => meetings.map(({ occurrence_on }) => occurrence_on);

const change = (values: Partial<SeriesChange> = {}): SeriesChange => ({
  id: newId(),
  from: "2026-03-16",
  rrule: "FREQ=WEEKLY;BYDAY=TH",
  localTime: "14:30",
  timeZone: "UTC",
  minutes: 30,
  place: "Call",
  coCoachId: null,
  ...values,
});

test("a new series has its meetings of the coming nine weeks, none in the past", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeSlot(company, manager, rep, { startsOn: "2026-02-02" });
  const planned = await meetingsSeenBy(rep);
  expect(planned).toHaveLength(10);
  expect(planned[0]?.planned_start.toISOString()).toBe("2026-03-02T10:00:00.000Z");
  expect(days(planned).at(-1)).toBe("2026-05-04");
});

test("planning again adds nothing, and a moved or excused one is not planned twice", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeSlot(company, manager, rep);
  const [first, second] = await meetingsSeenBy(manager);
  await manager.tx(async (db) => {
    await db
      .updateTable("meeting")
      .set({ planned_start: new Date("2026-03-05T09:00Z"), moved_from: first?.planned_start ?? null, moved_at: app.clock.now() })
      .where("id", "=", first?.id ?? "")
      .execute();
    await db
      .updateTable("meeting")
      .set({ state: "excused", excused_at: app.clock.now() })
      .where("id", "=", second?.id ?? "")
      .execute();
  });
  const again = await asActor(app, "job", company.orgId, (db) => planMeetings(db, { orgId: company.orgId, now: app.clock.now() }));
  expect(again).toBe(0);
  expect(await meetingsSeenBy(manager)).toHaveLength(10);
});

test("the same form sent twice makes one series", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = newId();
  await makeSlot(company, manager, rep, { id });
  await makeSlot(company, manager, rep, { id });
  expect(await manager.tx((db) => db.selectFrom("series").select("id").execute())).toHaveLength(1);
  expect(await meetingsSeenBy(manager)).toHaveLength(10);
});

test("a manager makes one-on-ones only with people who report to them; an admin with anyone", async () => {
  const company = await makeCompany(app);
  const manager = await makePerson(app, company, { roles: ["manager"] });
  const stranger = await makePerson(app, company, { roles: ["manager"] });
  const admin = await makePerson(app, company, { roles: ["admin"] });
  const rep = await makePerson(app, company, { manager });
  await expect(makeSlot(company, stranger, rep)).rejects.toMatchObject({ status: 403 });
  await expect(makeSlot(company, rep, manager)).rejects.toMatchObject({ status: 403 });
  await makeSeries(admin, {
    id: newId(),
    kindId: company.kinds.get("results-review") ?? "",
    managerId: manager.viewer.personId,
    reps: [{ repId: rep.viewer.personId, localTime: "09:00" }],
    rrule: "FREQ=WEEKLY;BYDAY=MO",
    startsOn: "2026-03-02",
    timeZone: "UTC",
    minutes: 20,
    place: "",
    coCoachId: null,
  });
  expect((await meetingsSeenBy(rep)).length).toBeGreaterThan(5);
});

test("a change holds from its day on; what was before keeps its slot", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeSlot(company, manager, rep);
  const { id: next, stays } = await changeSeries(manager, id, change());
  expect(stays).toEqual([]);
  const meetings = await meetingsSeenBy(rep);
  expect(days(meetings).slice(0, 4)).toEqual(["2026-03-02", "2026-03-09", "2026-03-19", "2026-03-26"]);
  expect(meetings[2]?.planned_start.toISOString()).toBe("2026-03-19T14:30:00.000Z");
  const rows = await manager.tx((db) => db.selectFrom("series").select(["id", "until_on", "follows_id"]).orderBy("starts_on").execute());
  expect(rows).toEqual([
    { id, until_on: "2026-03-15", follows_id: null },
    { id: next, until_on: null, follows_id: id },
  ]);
});

test("a meeting with a point stays where it is when the slot changes, and its week is not planned twice", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeSlot(company, manager, rep);
  const touched = (await meetingsSeenBy(rep)).find(({ occurrence_on }) => occurrence_on === "2026-03-23");
  await rep.tx((db) =>
    db
      .insertInto("point")
      .values({
        org_id: company.orgId,
        id: newId(),
        meeting_id: touched?.id ?? "",
        added_by: rep.viewer.personId,
        words: "The Isdom renewal",
        created_at: app.clock.now(),
      })
      .execute(),
  );
  const { stays } = await changeSeries(manager, id, change());
  expect(stays.map(({ id }) => id)).toEqual([touched?.id]);
  expect(days(await meetingsSeenBy(rep)).slice(2, 5)).toEqual(["2026-03-19", "2026-03-23", "2026-04-02"]);
});

test("changing twice with the same form changes once", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeSlot(company, manager, rep);
  const twice = change();
  await changeSeries(manager, id, twice);
  const before = days(await meetingsSeenBy(rep));
  await changeSeries(manager, id, twice);
  expect(days(await meetingsSeenBy(rep))).toEqual(before);
});

test("an ended series plans nothing after its last day", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeSlot(company, manager, rep);
  await endSeries(manager, id, "2026-03-09");
  expect(days(await meetingsSeenBy(rep))).toEqual(["2026-03-02", "2026-03-09"]);
});

test("a rep can neither change nor end the slot", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeSlot(company, manager, rep);
  await expect(changeSeries(rep, id, change())).rejects.toMatchObject({ status: 403 });
  await expect(endSeries(rep, id, "2026-03-09")).rejects.toMatchObject({ status: 403 });
});

test("somebody else's series is not here", async () => {
  const { company, manager, rep } = await makePair(app);
  const other = await makePerson(app, company, { manager });
  const id = await makeSlot(company, manager, rep);
  await expect(changeSeries(other, id, change())).rejects.toMatchObject({ status: 404 });
  expect(await meetingsSeenBy(other)).toEqual([]);
});

test("when a rep changes manager the old slots end on that day", async () => {
  const { company, manager, rep } = await makePair(app);
  const admin = await makePerson(app, company, { roles: ["admin"] });
  await makeSlot(company, manager, rep);
  const pair = { orgId: company.orgId, managerId: manager.viewer.personId, repId: rep.viewer.personId };
  const ended = await admin.tx((db) => handOverSeries(db, { ...pair, on: "2026-03-10", now: app.clock.now() }));
  expect(ended).toBe(1);
  expect(days(await meetingsSeenBy(rep))).toEqual(["2026-03-02", "2026-03-09"]);
});

test("the nightly round ends the slots of lines that have ended, and leaves a leader's own with somebody else's rep", async () => {
  const { company, manager, rep } = await makePair(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  await makeSlot(company, manager, rep);
  await asActor(app, "import", company.orgId, async (db) => {
    await db
      .insertInto("reporting_line")
      .values({ org_id: company.orgId, person_id: manager.viewer.personId, manager_id: leader.viewer.personId, from_on: "2020-01-01" })
      .execute();
  });
  await makeSlot(company, leader, rep, { kind: "skill-coaching", rrule: "FREQ=MONTHLY;BYDAY=2TU" });
  const sweep = () => asActor(app, "job", company.orgId, (db) => sweepHandOvers(db, { orgId: company.orgId, now: app.clock.now() }));
  expect(await sweep()).toBe(0);
  await asActor(app, "import", company.orgId, (db) =>
    db
      .updateTable("reporting_line")
      .set({ until_on: "2026-03-10" })
      .where("person_id", "=", rep.viewer.personId)
      .where("manager_id", "=", manager.viewer.personId)
      .execute(),
  );
  app.setNow("2026-03-10T09:30:00Z");
  expect(await sweep()).toBe(1);
  app.setNow("2026-03-02T09:00:00Z");
});

test("nobody is planned for after their last day", async () => {
  const { company, manager, rep } = await makePair(app);
  await asActor(app, "set-up", company.orgId, (db) =>
    sql`update person set left_on = '2026-03-20' where org_id = ${company.orgId} and id = ${rep.viewer.personId}`.execute(db),
  );
  await makeSlot(company, manager, rep);
  expect(days(await meetingsSeenBy(manager))).toEqual(["2026-03-02", "2026-03-09", "2026-03-16"]);
});
