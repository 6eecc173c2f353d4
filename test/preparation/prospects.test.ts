import { describe, expect, test } from "vitest";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import { keptProspects } from "../../src/domain/prospects/kept-prospects-queries.ts";
import { preparedProspects } from "../../src/domain/prospects/prospect-queries.ts";
import { storyPast } from "../../src/domain/stories/story-queries.ts";
import { storyName } from "../../src/parts/story-panel.tsx";
import type { Ctx } from "../../src/platform/context.ts";
import { makeMeeting, makeOpportunity, makePair } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
const page = async (path: string, as: Ctx) => (await app.request(path, { as })).text();

/** A pair with a deal that closes soon, one that does not, and a one-on-one on 3 March. */
async function makePrepared(kind = "deal-strategy") {
  app.setNow("2026-03-02T09:00:00Z");
  const { company, manager, rep } = await makePair(app);
  const soon = await makeOpportunity(app, company, rep, { name: "Sonron scales", close_on: "2026-03-20" });
  const late = await makeOpportunity(app, company, rep, { name: "Zoomit line", close_on: "2026-09-01" });
  const meeting = await makeMeeting(app, company, manager, rep, { kind, planned_start: "2026-03-03T10:00:00Z" });
  const owners = { orgId: company.orgId, repId: rep.viewer.personId, managerId: manager.viewer.personId };
  return { company, manager, rep, soon, late, meeting, owners, path: `/meetings/${meeting}/preparation` };
}

const save = (path: string, as: Ctx, field: string, value: string, version = 0) =>
  app.request(path, { as, form: { field, value, version: String(version) }, headers: { accept: "application/json" } });
const preparedBy = (ctx: Ctx, meeting: string) => ctx.tx((db) => preparedProspects(db, ctx.viewer.orgId, meeting));
const keptOf = (ctx: Ctx, meeting: string) => ctx.tx((db) => keptProspects(db, ctx.viewer.orgId, meeting));

describe("prospects in the preparation", () => {
  test("a deal about to close is there by itself, another one when the rep adds it", async () => {
    const { rep, late, path } = await makePrepared();
    const before = await page(path, rep);
    expect(before).toContain("1 deal to go through");
    expect(before).not.toContain(storyName(late, "needs"));
    const added = await app.request(`${path}/prospects`, { as: rep, form: { choose: late } });
    expect(added.headers.get("location")).toBe(`${path}#prospects`);
    expect(await page(path, rep)).toContain(storyName(late, "needs"));
    await app.request(`${path}/prospects/${late}/take-away`, { as: rep, form: {} });
    expect(await page(path, rep)).not.toContain(storyName(late, "needs"));
  });

  test("what is typed besides is not lost when a deal is added without script", async () => {
    const { rep, soon, late, path } = await makePrepared();
    const needs = storyName(soon, "needs");
    await app.request(`${path}/prospects`, {
      as: rep,
      form: { choose: late, working: "Demos", [needs]: "Four trucks", [`version ${needs}`]: "0" },
    });
    const html = await page(path, rep);
    expect(html).toContain("Four trucks");
    expect(html).toContain("Demos");
  });

  test("a one-on-one whose agenda looks at no deals asks for none", async () => {
    const { rep, path } = await makePrepared("results-review");
    expect(await page(path, rep)).not.toContain('id="prospects"');
  });

  test("last time's story stands there; one tick says that it is still true", async () => {
    const { company, manager, rep, soon, path, meeting } = await makePrepared();
    await save(path, rep, storyName(soon, "needs"), "Four trucks");
    await app.request(`${path}/hand-in`, { as: rep, form: {} });
    app.setNow("2026-03-09T09:00:00Z");
    const next = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-10T10:00:00Z" });
    const html = wordsOf(await page(`/meetings/${next}/preparation`, rep));
    expect(html).toContain("Unchanged since 2 Mar: still true");
    expect(html).toContain("Four trucks");
    expect((await preparedBy(rep, meeting))[0]?.reviewedAt).not.toBeNull();
    expect(await preparedBy(rep, next)).toEqual([]);
    expect((await save(`/meetings/${next}/preparation`, rep, `reviewed ${soon}`, "yes")).status).toBe(200);
    expect((await preparedBy(rep, next))[0]?.reviewedAt).toEqual(new Date("2026-03-09T09:00:00Z"));
    await save(`/meetings/${next}/preparation`, rep, `reviewed ${soon}`, "");
    expect((await preparedBy(rep, next))[0]?.reviewedAt).toBeNull();
  });

  test("writing a line is going through it, also when the box beside it was not ticked", async () => {
    const { rep, soon, meeting, path } = await makePrepared();
    const needs = storyName(soon, "needs");
    await app.request(path, { as: rep, form: { [needs]: "Four trucks", [`version ${needs}`]: "0", [`was reviewed ${soon}`]: "" } });
    expect((await preparedBy(rep, meeting))[0]?.reviewedAt).not.toBeNull();
  });

  test("what changed in the pipeline since the two last met is said", async () => {
    const { company, manager, rep, soon } = await makePrepared();
    const first = await makeMeeting(app, company, manager, rep);
    await openMeeting(manager, first);
    await app.request(`/meetings/${first}/finish`, { as: manager, form: { why: "Only a look" } });
    await app.database.ownerPool.query(
      "insert into opportunity_change (org_id, opportunity_id, at, field, before, after, source) values ($1, $2, '2026-03-04T09:00Z', 'close_on', '2026-03-20', '2026-03-27', 'test')",
      [company.orgId, soon],
    );
    await app.database.ownerPool.query(
      "update opportunity set close_on = '2026-03-27', last_change_at = '2026-03-04T09:00Z' where id = $1",
      [soon],
    );
    app.setNow("2026-03-05T09:00:00Z");
    const next = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-06T10:00:00Z" });
    expect(wordsOf(await page(`/meetings/${next}/preparation`, rep))).toContain("Since 2 Mar: slipped from 20 Mar to 27 Mar.");
  });

  test("two tabs never lose words; a bad day keeps what was typed, the rest is saved", async () => {
    const { rep, soon, path } = await makePrepared();
    const needs = storyName(soon, "needs");
    await save(path, rep, needs, "Four trucks");
    const other = await app.request(path, { as: rep, form: { [needs]: "Paper", [`version ${needs}`]: "0" } });
    expect(other.status).toBe(409);
    expect(await other.text()).toContain("Four trucks\nPaper");
    const next = storyName(soon, "next_step_on");
    const bad = await app.request(`${path}/hand-in`, {
      as: rep,
      form: { [next]: "31.2.", working: "Demos", [storyName(soon, "motive")]: "Audit" },
    });
    expect(bad.status).toBe(422);
    const html = await bad.text();
    expect(html).toContain('value="31.2."');
    expect(html).toContain("That day does not exist.");
    expect(html).toContain("Audit");
  });
});

describe("handed in", () => {
  test("the state then is kept, whatever is written later; the manager reads it", async () => {
    const { manager, rep, soon, meeting, path, owners } = await makePrepared();
    await save(path, rep, storyName(soon, "needs"), "Four trucks");
    expect(await preparedBy(manager, meeting)).toEqual([]);
    await app.request(`${path}/hand-in`, { as: rep, form: {} });
    await app.request(`/opportunities/${soon}/story/${owners.managerId}`, {
      as: manager,
      form: { [storyName(soon, "needs")]: "Six trucks", [`version ${storyName(soon, "needs")}`]: "1" },
    });
    const kept = await keptOf(manager, meeting);
    expect(kept.map(({ name, grade, handedIn }) => [name, grade, handedIn.get("needs")])).toEqual([["Sonron scales", "A", "Four trucks"]]);
    expect(wordsOf(await page(path, manager))).toContain("Four trucks");
    expect(await rep.tx((db) => storyPast(db, owners, soon))).toHaveLength(1);
    await app.request(`${path}/hand-in`, { as: rep, form: {} });
    expect((await keptOf(manager, meeting))[0]?.handedIn.get("needs")).toBe("Six trucks");
  });

  test("a deal added afterwards is in the room and the record too", async () => {
    const { manager, rep, late, meeting, path } = await makePrepared();
    await app.request(`${path}/hand-in`, { as: rep, form: {} });
    await app.request(`${path}/prospects`, { as: rep, form: { choose: late } });
    app.setNow("2026-03-03T10:00:00Z");
    await openMeeting(manager, meeting);
    expect((await keptOf(manager, meeting)).map(({ name }) => name).toSorted()).toEqual(["Sonron scales", "Zoomit line"]);
  });

  test("nobody else writes into it", async () => {
    const { manager, soon, path } = await makePrepared();
    expect((await save(path, manager, storyName(soon, "needs"), "x")).status).toBe(403);
    expect((await save(path, manager, `reviewed ${soon}`, "yes")).status).toBe(403);
  });
});
