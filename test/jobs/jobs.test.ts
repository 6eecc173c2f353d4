import { expect, test } from "vitest";
import { missMeetings } from "../../src/domain/meetings/miss-meetings.ts";
import { sendAgendas } from "../../src/domain/meetings/send-agendas.ts";
import { changeFiscalCalendar } from "../../src/domain/organisations/change-fiscal-calendar.ts";
import { startJobs } from "../../src/jobs/start-jobs.ts";
import { calendarYear } from "../../src/method/fiscal-calendar.ts";
import { asActor } from "../../src/platform/context.ts";
import { Database } from "../../src/platform/database.ts";
import { makeMeeting, makePair, makePerson } from "../builders/company.ts";
import { makeSlot, makeTimeOff, meetingsSeenBy } from "../builders/slots.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const start = "2026-03-02T09:00:00Z";

const miss = (orgId: string) => asActor(app, "job", orgId, (db) => missMeetings(db, { orgId, now: app.clock.now() }));
const agendas = (orgId: string) => asActor(app, "job", orgId, (db) => sendAgendas(db, { orgId, clock: app.clock, env: app.env }));

test("a one-on-one that nobody opened is missed after the hours of grace, not before", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-02T10:00:00Z", minutes: 45 });
  app.setNow("2026-03-03T10:44:00Z");
  expect(await miss(company.orgId)).toEqual({ missed: 0, excused: 0 });
  app.setNow("2026-03-03T10:45:00Z");
  expect(await miss(company.orgId)).toEqual({ missed: 1, excused: 0 });
  expect(await meetingsSeenBy(rep)).toMatchObject([{ state: "missed", missed_at: new Date("2026-03-03T10:45:00Z") }]);
  app.setNow(start);
});

test("one that is open, excused or still to come is not missed", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-02T10:00:00Z" });
  await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-20T10:00:00Z" });
  await manager.tx((db) => db.updateTable("meeting").set({ state: "excused", excused_at: app.clock.now() }).where("id", "=", id).execute());
  app.setNow("2026-03-10T10:00:00Z");
  expect(await miss(company.orgId)).toEqual({ missed: 0, excused: 0 });
  app.setNow(start);
});

test("one that falls on time off is excused at its start if nobody acted, with that reason", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeSlot(company, manager, rep);
  await makeTimeOff(app, company, rep, "2026-03-06", "2026-03-09");
  app.setNow("2026-03-09T09:59:00Z");
  await miss(company.orgId);
  expect((await meetingsSeenBy(rep))[1]?.state).toBe("planned");
  app.setNow("2026-03-09T10:00:00Z");
  expect((await miss(company.orgId)).excused).toBe(1);
  expect((await meetingsSeenBy(rep))[1]?.state).toBe("excused");
  const reasons = await rep.tx((db) => db.selectFrom("meeting_reason").select(["what", "reason", "by_id"]).execute());
  expect(reasons).toEqual([{ what: "excused", reason: "Time off", by_id: rep.viewer.personId }]);
  app.setNow(start);
});

test("one that was moved onto a day off knowingly stays", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeTimeOff(app, company, rep, "2026-03-04");
  const id = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-03T10:00:00Z" });
  app.setNow("2026-03-02T12:00:00Z");
  await rep.tx((db) =>
    db
      .updateTable("meeting")
      .set({ planned_start: "2026-03-04T10:00:00Z", moved_from: "2026-03-03T10:00:00Z", moved_at: app.clock.now() })
      .where("id", "=", id)
      .execute(),
  );
  app.setNow("2026-03-04T10:05:00Z");
  expect(await miss(company.orgId)).toEqual({ missed: 0, excused: 0 });
  app.setNow(start);
});

test("the agenda goes to the rep once, within the organisation's notice, and says what to bring", async () => {
  const { company, manager, rep } = await makePair(app);
  const near = await makeMeeting(app, company, manager, rep, { kind: "results-review", planned_start: "2026-03-03T08:00:00Z" });
  await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-04T10:00:00Z" });
  expect(await agendas(company.orgId)).toBe(1);
  expect(await agendas(company.orgId)).toBe(0);
  const sent = (await meetingsSeenBy(rep)).filter(({ agenda_sent_at }) => agenda_sent_at !== null);
  expect(sent.map(({ id }) => id)).toEqual([near]);
  const [mail, ...none] = await rep.tx((db) =>
    db.selectFrom("mail").innerJoin("mail_body as b", "b.mail_id", "mail.id").select(["mail.subject", "mail.to_id", "b.words"]).execute(),
  );
  expect(none).toEqual([]);
  expect(mail?.subject).toBe("Results review with Mara Manager, Tue 3 Mar, 8:00");
  expect(mail?.words).toContain("Your own numbers against plan");
  expect(mail?.words).toContain("Enough in the pipeline, 6 min");
  expect(await manager.tx((db) => db.selectFrom("mail_body").select("words").execute())).toEqual([]);
});

test("two processes on one database do a job once", async () => {
  const { company, manager, rep } = await makePair(app);
  const slot = await makeSlot(company, manager, rep);
  await manager.tx((db) => db.deleteFrom("meeting").where("series_id", "=", slot).where("occurrence_on", ">", "2026-03-10").execute());
  const done: string[] = [];
  const count = { slow: async () => void done.push("slow") };
  const other = { ...app, database: new Database(app.database.url, 4) };
  const [one, two] = await Promise.all([startJobs(app, count), startJobs(other, count)]);
  for (let i = 0; i < 20; i++)
    await app.database.ownerPool.query("select graphile_worker.add_job('slow', '{}'::json, job_key => $1)", [`slow ${i}`]);
  await expect.poll(() => done.length, { timeout: 15_000 }).toBe(20);
  await expect.poll(async () => (await meetingsSeenBy(rep)).length, { timeout: 15_000 }).toBe(10);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(done).toHaveLength(20);
  const mails = await rep.tx((db) => db.selectFrom("mail").select("id").where("purpose", "=", "agenda").execute());
  expect(mails).toHaveLength(1);
  await Promise.all([one.stop(), two.stop()]);
  await other.database.close();
}, 40_000);

test("another fiscal calendar has the back-test run again, once for all that waits", async () => {
  const { company } = await makePair(app);
  const admin = await makePerson(app, company, { roles: ["admin"] });
  // There is a queue from the first start on.
  await (await startJobs(app, {})).stop();
  for (const startsIn of [4, 7]) await changeFiscalCalendar(admin, { ...calendarYear, startsIn });
  const ran: unknown[] = [];
  const jobs = await startJobs(app, { keep_back_test: async (_, payload) => void ran.push(payload) });
  await expect.poll(() => ran, { timeout: 10_000 }).toEqual([{ orgId: company.orgId }]);
  await jobs.stop();
});

test("a job that fails is written down and tried again", async () => {
  let tries = 0;
  const jobs = await startJobs(app, {
    brittle: async () => {
      tries++;
      throw new Error("not today");
    },
  });
  await app.database.ownerPool.query("select graphile_worker.add_job('brittle', '{}'::json)");
  await expect.poll(() => tries, { timeout: 10_000 }).toBe(1);
  const again = () =>
    app.database.ownerPool.query("select attempts, last_error from graphile_worker.jobs where task_identifier = 'brittle'");
  await expect
    .poll(async () => (await again()).rows[0], { timeout: 5_000 })
    .toMatchObject({ attempts: 1, last_error: expect.stringContaining("not today") });
  await jobs.stop();
}, 30_000);

test("a change queues its job in the same transaction", async () => {
  const jobs = await startJobs(app);
  await jobs.stop();
  const { company, manager } = await makePair(app);
  const rep = await makePerson(app, company, { manager });
  const before = await app.database.ownerPool.query("select count(*) from graphile_worker.jobs where key like 'send_mail %'");
  await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-02T12:00:00Z" });
  await agendas(company.orgId);
  const after = await app.database.ownerPool.query("select count(*) from graphile_worker.jobs where key like 'send_mail %'");
  expect(Number(after.rows[0].count) - Number(before.rows[0].count)).toBe(1);
});
