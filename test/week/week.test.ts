import { expect, test } from "vitest";
import { asActor } from "../../src/platform/context.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makeMeeting, makeNextStep, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { makeHeld, makeSlot, makeTimeOff } from "../builders/slots.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();
const words = async (as: Ctx, path = "/week"): Promise<string> => {
  const response = await app.request(path, { as });
  expect(response.status).toBe(200);
  const html = await response.text();
  return html
    .replace(/^.*<main/s, "<main")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
};

test("a manager without any series is told what to do first", async () => {
  const { manager } = await makePair(app);
  const page = await words(manager);
  expect(page).toContain("Week of 2 March");
  expect(page).toContain("Schedule your first one-on-one");
  expect(page).toContain("has no one-on-one planned");
});

test("the week shows each one-on-one with its time, kind, place and whether the rep has prepared", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeSlot(company, manager, rep);
  const page = await words(manager);
  expect(page).toContain("One one-on-one. One rep has not prepared yet.");
  expect(page).toMatch(/Monday 2 Mar.*10:00 Rico Rep Deal strategy · 45 min · Room 4/);
  expect(page).toContain("Not prepared Send a nudge");
  const [meeting] = await rep.tx((db) => db.selectFrom("meeting").select("id").orderBy("planned_start").limit(1).execute());
  await rep.tx((db) =>
    db
      .insertInto("preparation")
      .values({
        org_id: company.orgId,
        meeting_id: meeting?.id ?? "",
        rep_id: rep.viewer.personId,
        started_at: app.clock.now(),
        submitted_at: app.clock.now(),
      })
      .execute(),
  );
  expect(await words(manager)).toContain("Prepared today");
  expect(await words(rep)).toContain("Mara Manager");
});

test("times show on the viewer's own clock", async () => {
  const company = await makeCompany(app);
  const manager = await makePerson(app, company, { roles: ["manager"], time_zone: "America/New_York" });
  const rep = await makePerson(app, company, { manager, time_zone: "Asia/Tokyo" });
  await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-03T16:00:00Z" });
  expect(await words(manager)).toMatch(/Tuesday 3 Mar.* 11:00/);
  expect(await words(rep)).toMatch(/Wednesday 4 Mar.* 1:00/);
});

test("another week is one link away, and an impossible one is this week", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeSlot(company, manager, rep);
  expect(await words(manager, "/week?of=2026-03-18")).toContain("Week of 16 March");
  expect(await words(manager, "/week?of=2026-02-31")).toContain("Week of 2 March");
  expect(await words(manager, "/week?of=%27--")).toContain("Week of 2 March");
});

test("it says what is new since the two last met: made, moved and won, each counted once", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeHeld(app, company, manager, rep, "2026-02-23T10:00:00Z", "kept");
  await makeSlot(company, manager, rep);
  await makeOpportunity(app, company, rep, { created_at: "2026-02-25T10:00:00Z" });
  await makeOpportunity(app, company, rep, { created_at: "2026-02-26T10:00:00Z" });
  const moved = await makeOpportunity(app, company, rep, { created_at: "2026-01-10T10:00:00Z", stage: "Prospecting" });
  const won = await makeOpportunity(app, company, rep, { name: "Isdom", created_at: "2026-01-11T10:00:00Z", amount_minor: 2_676_800 });
  await makeOpportunity(app, company, rep, { created_at: "2026-03-02T15:00:00Z" });
  await asActor(app, "import", company.orgId, async (db) => {
    const stages = new Map((await db.selectFrom("stage").select(["name", "id"]).execute()).map(({ name, id }) => [name, id]));
    for (const [id, from, to] of [
      [moved, "Prospecting", "Engaging"],
      [won, "Engaging", "Won"],
    ] as const) {
      const change = { org_id: company.orgId, opportunity_id: id, source: "test", field: "stage" as const };
      await db
        .insertInto("opportunity_change")
        .values({ ...change, at: "2026-02-27T10:00:00Z", before: stages.get(from) ?? "", after: stages.get(to) ?? "" })
        .execute();
      await db
        .updateTable("opportunity")
        .set({ stage_id: stages.get(to) ?? "", last_change_at: "2026-02-27T10:00:00Z" })
        .where("id", "=", id)
        .execute();
    }
    await db.updateTable("opportunity").set({ outcome: "won" }).where("id", "=", won).execute();
    // Corrected tomorrow: today it is not known yet.
    const later = { at: "2026-03-03T10:00:00Z", field: "amount" as const, before: "2676800", after: "100", source: "test" };
    await db
      .insertInto("opportunity_change")
      .values({ org_id: company.orgId, opportunity_id: won, ...later })
      .execute();
    await db.updateTable("opportunity").set({ amount_minor: 100, last_change_at: later.at }).where("id", "=", won).execute();
  });
  const page = await words(manager);
  // The one of this afternoon is not known yet this morning.
  expect(page).toContain("2 new, 1 moved since Mon 23 Feb. Isdom closed, $26,768.");
  expect(page).toContain("1 of 1 promise kept");
});

test("a results review says the month against plan, and the next step after two months below it", async () => {
  const { company, manager, rep } = await makePair(app);
  const meeting = await makeMeeting(app, company, manager, rep, { kind: "results-review", planned_start: "2026-03-03T10:00:00Z" });
  await makeOpportunity(app, company, rep, {
    stage: "Won",
    amount_minor: 3_812_000,
    close_on: "2026-02-20",
    created_at: "2026-01-05T10:00:00Z",
  });
  await asActor(app, "set-up", company.orgId, (db) =>
    db
      .insertInto("quota")
      .values(
        ["2025-12-01", "2026-01-01", "2026-02-01"].map((month, i) => ({
          org_id: company.orgId,
          person_id: rep.viewer.personId,
          month,
          amount_minor: i === 0 ? 0 : 5_200_000,
          currency: "USD",
        })),
      )
      .execute(),
  );
  expect(await words(manager)).toContain("February $38,120 of $52,000 . Second month below plan: agree the next step .");
  await makeNextStep(app, company, meeting, manager);
  expect(await words(manager)).toContain("Second month below plan: the next step was agreed on 2 March.");
  expect(await words(rep), "the rep says own numbers first").not.toMatch(/38,120|below plan/);
  await rep.tx((db) =>
    db
      .insertInto("preparation")
      .values({
        org_id: company.orgId,
        meeting_id: meeting,
        rep_id: rep.viewer.personId,
        started_at: app.clock.now(),
        submitted_at: app.clock.now(),
      })
      .execute(),
  );
  expect(await words(rep)).toContain("February $38,120 of $52,000");
});

test("the strip counts what was held, kept, looked ahead and raised; before the first it says none yet", async () => {
  const { company, manager, rep } = await makePair(app);
  expect(await words(manager)).toMatch(
    /Held, last 13 weeks None yet.*Commitments kept None yet.*On what comes next None yet.*Points raised by reps None yet/,
  );
  await makeHeld(app, company, manager, rep, "2026-02-16T10:00:00Z", "kept");
  await makeHeld(app, company, manager, rep, "2026-02-23T10:00:00Z", "missed");
  const page = await words(manager);
  expect(page).toContain("2 of 2 0 moved, 0 excused, 0 missed");
  expect(page).toContain("50 % yours none, reps 50 %");
  expect(page).toContain("75 % 25 % on the past, aim for 10");
});

test("one held before its planned time counts from the moment it was held, for the leader above too", async () => {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const manager = await makePerson(app, company, { name: "Mara Manager", roles: ["manager"], manager: leader });
  const rep = await makePerson(app, company, { manager });
  const id = await makeHeld(app, company, manager, rep, "2026-03-02T08:00:00Z");
  const point = {
    org_id: company.orgId,
    id: newId(),
    meeting_id: id,
    added_by: rep.viewer.personId,
    words: "The board",
    created_at: app.clock.now(),
  };
  await asActor(app, "set-up", company.orgId, (db) => db.insertInto("point").values(point).execute());
  await app.database.ownerPool.query("update meeting set planned_start = '2026-03-04T10:00:00Z' where id = $1", [id]);
  for (const as of [manager, rep]) {
    const page = await words(as);
    expect(page).toContain("1 of 1 0 moved, 0 excused, 0 missed");
    expect(page).toContain("75 % 25 % on the past, aim for 10");
    expect(page).toContain("100 % 1 of 1 point");
  }
  expect(await words(leader)).toMatch(/Mara Manager.*1 of 1/);
  app.setNow("2026-03-02T07:00:00Z");
  const before = await words(manager);
  app.setNow("2026-03-02T09:00:00Z");
  expect(before).toContain("None yet counted once the first is due");
});

test("a one-on-one that falls on time off asks to be moved or excused", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeSlot(company, manager, rep);
  await makeTimeOff(app, company, rep, "2026-03-02");
  expect(await words(manager)).toContain("Falls on time off Move or excuse");
  expect(await words(rep)).toContain("Falls on your time off");
});

test("a nudge reaches the rep by mail, once a day", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-04T10:00:00Z" });
  const nudge = () => app.request(`/meetings/${id}/nudge`, { as: manager, form: { of: "2026-03-02" } });
  const mails = () => rep.tx((db) => db.selectFrom("mail").select("subject").where("purpose", "=", "nudge").execute());
  expect((await nudge()).headers.get("location")).toBe("/week?of=2026-03-02");
  await nudge();
  expect(await mails()).toEqual([{ subject: "Ten minutes to prepare Deal strategy" }]);
  expect(await words(manager)).toContain("reminded today");
  app.setNow("2026-03-03T08:00:00Z");
  await nudge();
  expect(await mails()).toHaveLength(2);
  app.setNow("2026-03-02T09:00:00Z");
  await app.request(`/meetings/${id}/nudge`, { as: rep, form: {} });
  expect(await mails()).toHaveLength(2);
});

test("somebody outside the pair sees nothing of it, and cannot nudge, move or excuse", async () => {
  const { company, manager, rep } = await makePair(app);
  const other = await makePerson(app, company, { name: "Otto Other", manager });
  const id = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-03T10:00:00Z" });
  expect(await words(other)).not.toContain("Deal strategy");
  for (const path of ["nudge", "move", "excuse"])
    expect((await app.request(`/meetings/${id}/${path}`, { as: other, form: {} })).status).toBe(404);
});

test("a leader sees counts of the managers below, and their own one-on-ones", async () => {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const manager = await makePerson(app, company, { name: "Mara Manager", roles: ["manager"], manager: leader });
  const rep = await makePerson(app, company, { name: "Rico Rep", manager });
  await makeHeld(app, company, manager, rep, "2026-02-23T10:00:00Z", "kept");
  await makeMeeting(app, company, leader, manager, { planned_start: "2026-03-05T10:00:00Z" });
  const page = await words(leader);
  expect(page).toMatch(/Thursday 5 Mar .*Mara Manager/);
  expect(page).toMatch(/Your managers, last 13 weeks.*Mara Manager 1 1 of 1, 100 % 0 0 0/);
  expect(page).not.toContain("Rico Rep Deal strategy");
});

test("one that was missed and not made good stays in sight", async () => {
  const { company, manager, rep } = await makePair(app);
  const id = await makeMeeting(app, company, manager, rep, { planned_start: "2026-02-20T10:00:00Z" });
  await asActor(app, "job", company.orgId, (db) =>
    db.updateTable("meeting").set({ state: "missed", missed_at: app.clock.now() }).where("id", "=", id).execute(),
  );
  expect(await words(manager)).toMatch(/Overdue Rico Rep Deal strategy of 20 Feb was missed; you have not met yet.*Hold it late/);
  await makeHeld(app, company, manager, rep, "2026-02-25T10:00:00Z");
  expect(await words(manager)).not.toContain("was missed");
});

test("what was held says how long it took and what was promised; what falls out says why", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeHeld(app, company, manager, rep, "2026-02-24T10:00:00Z", "kept");
  const page = await words(manager, "/week?of=2026-02-24");
  expect(page).toContain("One one-on-one, held.");
  expect(page).toContain("Took 20 min. 1 promise made.");
  const id = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-04T10:00:00Z" });
  await app.request(`/meetings/${id}/excuse`, { as: rep, form: { id: newId(), excuse: "Other", words: "Jury duty" } });
  expect(await words(manager)).toContain("Jury duty");
});

test("when nothing more waits this week, the next one is a click away", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeHeld(app, company, manager, rep, "2026-03-02T08:00:00Z");
  expect(await words(manager)).toContain("Nothing more waits this week. Prepare for next week");
  await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-05T08:00:00Z" });
  expect(await words(manager)).not.toContain("Nothing more waits this week");
});

test("a week without a one-on-one says when the next one is, to both", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-10T10:00:00Z" });
  for (const who of [manager, rep]) expect(await words(who)).toContain("Your next one-on-one is on Tuesday, 10 March. See that week");
  expect(await words(rep, "/week?of=2026-03-16")).toContain("Your manager schedules your one-on-ones; they appear here.");
});
