import { describe, expect, test } from "vitest";
import { saveStoryLine } from "../../src/domain/stories/save-story-line.ts";
import { storiesOf, storyPast } from "../../src/domain/stories/story-queries.ts";
import { storyGaps, storyProblem } from "../../src/method/story-gaps.ts";
import { storyName } from "../../src/parts/story-panel.tsx";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { makeMeeting, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

async function makeDeal() {
  app.setNow("2026-03-02T09:00:00Z");
  const pair = await makePair(app);
  const deal = await makeOpportunity(app, pair.company, pair.rep, { name: "Sonron", close_on: "2026-03-20" });
  const path = `/opportunities/${deal}/story/${pair.manager.viewer.personId}`;
  const owners = { orgId: pair.company.orgId, repId: pair.rep.viewer.personId, managerId: pair.manager.viewer.personId };
  return { ...pair, deal, path, owners };
}

const reportTo = (orgId: string, person: Ctx, to: Ctx, from: string) =>
  asActor(app, "set-up", orgId, (db) =>
    db
      .insertInto("reporting_line")
      .values({ org_id: orgId, person_id: person.viewer.personId, manager_id: to.viewer.personId, from_on: from })
      .execute(),
  );

const autosave = (path: string, as: Ctx, field: string, value: string, version = 0) =>
  app.request(path, { as, form: { field, value, version: String(version) }, headers: { accept: "application/json" } });
const page = async (path: string, as: Ctx) => (await app.request(path, { as })).text();

describe("the story of a deal", () => {
  test("is written by the rep while typing, and read by the manager on the deal's page", async () => {
    const { manager, rep, deal, path } = await makeDeal();
    const saved = await autosave(path, rep, storyName(deal, "motive"), "Stop rework before the audit in May");
    expect([saved.status, await saved.json()]).toEqual([200, { version: 1 }]);
    await autosave(path, rep, storyName(deal, "agreed"), "yes");
    const seen = await page(`/opportunities/${deal}`, manager);
    expect(seen).toContain("Stop rework before the audit in May");
    expect(seen).toMatch(/value="yes"[^>]*checked/);
    expect(seen).toContain("Only Rico Rep and Mara Manager can read this");
  });

  test("a leader above and an admin see the deal or nothing, and never its story", async () => {
    const { company, rep, manager, deal, path } = await makeDeal();
    await autosave(path, rep, storyName(deal, "motive"), "Stop rework");
    const leader = await makePerson(app, company, { roles: ["leader"] });
    await reportTo(company.orgId, manager, leader, "2020-01-01");
    const above = await app.request(`/opportunities/${deal}`, { as: leader });
    expect(above.status).toBe(200);
    expect(await above.text()).not.toContain("Stop rework");
    const admin = await makePerson(app, company, { roles: ["admin"] });
    for (const other of [leader, admin]) {
      expect((await app.request(path, { as: other })).status).toBe(404);
      expect((await autosave(path, other, storyName(deal, "motive"), "x", 1)).status).toBe(404);
    }
  });

  test("what stood there before is kept, and shown; going on writing makes no copy", async () => {
    const { rep, manager, deal, path, owners } = await makeDeal();
    await autosave(path, rep, storyName(deal, "needs"), "Four trucks");
    await autosave(path, rep, storyName(deal, "needs"), "Four trucks by May", 1);
    expect(await rep.tx((db) => storyPast(db, owners, deal))).toEqual([]);
    await autosave(path, manager, storyName(deal, "needs"), "Six trucks", 2);
    const past = await rep.tx((db) => storyPast(db, owners, deal));
    expect(past).toMatchObject([{ field: "needs", words: "Four trucks by May", byName: "Rico Rep" }]);
    expect(await page(`/opportunities/${deal}`, rep)).toContain("Four trucks by May");
  });

  test("two tabs never lose words: the second gets the first one's back", async () => {
    const { rep, deal, path } = await makeDeal();
    const name = storyName(deal, "situation");
    await autosave(path, rep, name, "Three sites");
    await autosave(path, rep, name, "Three sites, one buyer", 1);
    const second = await autosave(path, rep, name, "Paper only", 1);
    expect([second.status, await second.json()]).toEqual([409, { version: 2, theirs: "Three sites, one buyer" }]);
    expect((await autosave(path, rep, name, "Three sites, one buyer\nPaper only", 2)).status).toBe(200);
  });

  test("without script two tabs get both texts in the field", async () => {
    const { rep, deal, path } = await makeDeal();
    const name = storyName(deal, "situation");
    await autosave(path, rep, name, "Three sites");
    const answer = await app.request(path, { as: rep, form: { [name]: "Paper only", [`version ${name}`]: "0" } });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain("Three sites\nPaper only");
  });

  test("a line left as it was is not signed anew", async () => {
    const { rep, manager, deal, path, owners } = await makeDeal();
    const name = storyName(deal, "situation");
    await autosave(path, rep, name, "Three sites");
    expect((await app.request(path, { as: manager, form: { [name]: "Three sites", [`version ${name}`]: "1" } })).status).toBe(303);
    const story = (await rep.tx((db) => storiesOf(db, owners, [deal]))).get(deal);
    expect(story?.lines.get("situation")).toMatchObject({ byName: "Rico Rep", version: 1 });
  });

  test("a day that cannot be is said at its field, and the rest is saved and kept", async () => {
    const { rep, deal, path, owners } = await makeDeal();
    const form = {
      [storyName(deal, "next_step_on")]: "2026-02-30",
      [storyName(deal, "agreed_on")]: "2026-12-24",
      [storyName(deal, "next_step")]: "Visit the line in Ghent",
    };
    const answer = await app.request(path, { as: rep, form });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain("That day does not exist.");
    expect(html).toContain("That day is still to come.");
    expect(html).toContain('value="2026-02-30"');
    expect((await rep.tx((db) => storiesOf(db, owners, [deal]))).get(deal)?.lines.get("next_step")?.words).toBe("Visit the line in Ghent");
  });

  test("only lines of this deal's story are taken", async () => {
    const { rep, deal, path, company } = await makeDeal();
    const other = await makeOpportunity(app, company, rep);
    for (const name of [storyName(other, "needs"), `story ${deal} price`, "needs"])
      expect((await autosave(path, rep, name, "x")).status).toBe(422);
  });
});

async function makeHandedOver() {
  const made = await makeDeal();
  const { company, rep, deal, path } = made;
  await autosave(path, rep, storyName(deal, "needs"), "Four trucks");
  const next = await makePerson(app, company, { name: "Nora Next", roles: ["manager"] });
  await app.database.ownerPool.query("update reporting_line set until_on = '2026-03-05' where person_id = $1", [rep.viewer.personId]);
  await reportTo(company.orgId, rep, next, "2026-03-05");
  app.setNow("2026-03-06T09:00:00Z");
  return { ...made, next };
}

describe("when the rep's manager changes", () => {
  test("what was written before stays with those who wrote it; the next one begins anew", async () => {
    const { next, deal, rep, manager, path } = await makeHandedOver();
    expect(await page(`/opportunities/${deal}`, next)).not.toContain("Four trucks");
    expect((await app.request(path, { as: next })).status).toBe(404);
    expect(await page(path, rep)).toContain("Four trucks");
    expect((await app.request(path, { as: manager })).status).toBe(404);
    expect((await autosave(path, rep, storyName(deal, "needs"), "Six trucks", 1)).status).toBe(404);
    const anew = `/opportunities/${deal}/story/${next.viewer.personId}`;
    expect((await autosave(anew, rep, storyName(deal, "needs"), "Six trucks")).status).toBe(200);
    expect(await page(`/opportunities/${deal}`, next)).toContain("Six trucks");
  });
});

test("in a one-on-one the pair is that of the meeting, also with somebody one does not report to", async () => {
  const { company, rep, manager, deal, owners } = await makeDeal();
  const skip = await makePerson(app, company, { name: "Lea Leader", roles: ["leader"] });
  await reportTo(company.orgId, manager, skip, "2020-01-01");
  const meeting = await makeMeeting(app, company, skip, rep);
  await saveStoryLine(rep, { opportunityId: deal, meetingId: meeting, field: "needs", words: "For Lea", version: 0 });
  const managerId = skip.viewer.personId;
  expect((await skip.tx((db) => storiesOf(db, { ...owners, managerId }, [deal]))).get(deal)?.lines.get("needs")?.words).toBe("For Lea");
  expect((await rep.tx((db) => storiesOf(db, owners, [deal]))).get(deal)?.lines.size).toBe(0);
});

test("what a story does not say is asked for, the next step first", () => {
  expect(storyGaps({}, "2026-03-02")[0]).toBe("What is the next step, and on which day?");
  const whole = {
    situation: "s",
    motive: "m",
    needs: "n",
    closed_on: "c",
    next_step: "x",
    next_step_on: "2026-03-05",
    agreed: "yes",
    agreed_by: "Ana",
    what_if: "w",
  };
  expect(storyGaps(whole, "2026-03-02")).toEqual([]);
  expect(storyGaps(whole, "2026-03-06")).toEqual(["The day of the next step has passed. What happened?"]);
  expect(storyGaps({ ...whole, agreed: "not asked" }, "2026-03-02")).toEqual([
    "What would it take for the customer to agree to the next step?",
  ]);
  expect(storyProblem("agreed", "maybe", "2026-03-02")).not.toBe("");
  expect(storyProblem("next_step_on", "2027-01-01", "2026-03-02")).toBe("");
});

test("the story of a pair that had the deal before is linked for those who told it, and only to be read", async () => {
  const { company, manager, rep, deal, path } = await makeDeal();
  await autosave(path, rep, storyName(deal, "needs"), "Four trucks");
  const other = await makePerson(app, company, { name: "Olga Other", manager });
  await app.database.ownerPool.query("update opportunity set owner_id = $1 where id = $2", [other.viewer.personId, deal]);
  const before = `/opportunities/${deal}/story/${manager.viewer.personId}?rep=${rep.viewer.personId}`;
  const seen = await page(`/opportunities/${deal}`, manager);
  expect(seen).toContain("As Rico Rep and Mara Manager told it");
  expect(seen).toContain(`href="${before}"`);
  const old = await page(before, manager);
  expect(old).toContain("Four trucks");
  expect(old).not.toContain("<textarea");
  expect(await page(`/opportunities/${deal}`, other)).not.toContain("told it");
  expect((await app.request(before, { as: other })).status).toBe(404);
});

test("a co-coach who sees the deal writes into its story like the manager, while a one-on-one with them is ahead", async () => {
  const { company, manager, rep, deal, path } = await makeDeal();
  const coach = await makePerson(app, company, { name: "Cora Coach", roles: ["leader"] });
  await reportTo(company.orgId, manager, coach, "2020-01-01");
  expect((await autosave(path, coach, storyName(deal, "needs"), "Six trucks")).status).toBe(404);
  const meeting = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-03T10:00:00Z" });
  await app.database.ownerPool.query("update meeting set co_coach_id = $1 where id = $2", [coach.viewer.personId, meeting]);
  expect(await page(`/opportunities/${deal}`, coach)).toContain(storyName(deal, "needs"));
  expect((await autosave(path, coach, storyName(deal, "needs"), "Six trucks")).status).toBe(200);
  expect(await page(`/opportunities/${deal}`, rep)).toContain("Six trucks");
});
