import { describe, expect, test } from "vitest";
import { excuseMeeting } from "../../src/domain/meetings/excuse-meeting.ts";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeMeeting, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { makeEvidence, makeProcess } from "../builders/processes.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

async function world() {
  const pair = await makePair(app);
  const process = await makeProcess(app, pair.company, {
    stages: [{ stage: "Prospecting", verifiers: ["Customer accepted the meeting"] }, { stage: "Engaging" }],
  });
  const deal = await makeOpportunity(app, pair.company, pair.rep, { name: "Big one", stage: "Engaging" });
  return { ...pair, deal, verifier: process.verifiers.get("Customer accepted the meeting") ?? "" };
}

const promised = (ctx: Ctx) =>
  ctx.tx((db) =>
    db
      .selectFrom("commitment as c")
      .innerJoin("commitment_words as w", "w.commitment_id", "c.id")
      .selectAll("c")
      .select("w.words")
      .where("c.org_id", "=", ctx.viewer.orgId)
      .execute(),
  );
const text = async (path: string, as: Ctx) => (await app.request(path, { as })).text();

describe("make it a promise", () => {
  test("waits for a one-on-one: the deal says so to the two, and to nobody above them", async () => {
    const { company, manager, rep, deal } = await world();
    const leader = await makePerson(app, company, { name: "Lea Leader", roles: ["manager"] });
    await app.database.ownerPool.query(
      "insert into reporting_line (org_id, person_id, manager_id, from_on) values ($1, $2, $3, '2020-01-01')",
      [company.orgId, manager.viewer.personId, leader.viewer.personId],
    );
    const link = `href="/series/new?rep=${rep.viewer.personId}"`;
    expect(await text(`/opportunities/${deal}`, rep)).toContain("You have no one-on-one planned.");
    expect(await text(`/opportunities/${deal}`, manager)).toContain(link);
    expect(await text(`/opportunities/${deal}`, leader)).not.toContain("one-on-one planned");
    await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-05T10:00:00Z" });
    for (const one of [rep, manager]) expect(await text(`/opportunities/${deal}`, one)).not.toContain("one-on-one planned");
  });

  test("of a missing verifier is one click: the rep's, due at the one-on-one after the next, waiting for both in its wrap-up", async () => {
    const { company, manager, rep, deal, verifier } = await world();
    const meeting = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-05T10:00:00Z" });
    await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-12T10:00:00Z" });
    expect(await text(`/opportunities/${deal}`, rep)).toContain("Make it a promise");
    const form = { id: newId(), verifierId: verifier };
    for (let i = 0; i < 2; i++)
      expect((await app.request(`/opportunities/${deal}/promise`, { as: rep, form })).headers.get("location")).toBe(
        `/opportunities/${deal}#evidence`,
      );
    expect(await promised(rep)).toMatchObject([
      {
        meeting_id: meeting,
        owner_id: rep.viewer.personId,
        opportunity_id: deal,
        verifier_id: verifier,
        due_on: "2026-03-12",
        words: "Get from the customer: Customer accepted the meeting",
        manager_confirmed_at: null,
      },
    ]);
    const page = await text(`/opportunities/${deal}`, manager);
    expect(page).toContain("promised by Rico Rep until 12 Mar");
    expect(page).not.toContain("Make it a promise");
    expect(await text(`/meetings/${meeting}/room`, manager)).toContain("Promises waiting to be confirmed here");
    await openMeeting(manager, meeting);
    const sections = [...(await text(`/meetings/${meeting}/room`, manager)).matchAll(/room\?section=([0-9a-f-]{36})/g)].map(([, id]) => id);
    const pages = await Promise.all([...new Set(sections)].map((id) => text(`/meetings/${meeting}/room?section=${id}`, manager)));
    const wrapUp = pages.find((html) => html.includes('id="promise"')) ?? "";
    expect(wrapUp).toContain("Get from the customer: Customer accepted the meeting");
    expect(wrapUp).toContain("Not yet confirmed by Mara");
  });

  test("in an open one-on-one it is written there, with the owner and the day chosen", async () => {
    const { company, manager, rep, deal, verifier } = await world();
    const meeting = await makeMeeting(app, company, manager, rep);
    await openMeeting(rep, meeting);
    const form = { id: newId(), verifierId: verifier, owner: "manager", dueOn: "2026-03-04", back: `/meetings/${meeting}/room` };
    const response = await app.request(`/opportunities/${deal}/promise`, { as: manager, form });
    expect(response.headers.get("location")).toBe(`/meetings/${meeting}/room`);
    expect(await promised(manager)).toMatchObject([{ owner_id: manager.viewer.personId, due_on: "2026-03-04", rep_confirmed_at: null }]);
  });

  test("is refused with a word where it cannot be: no one-on-one, a day that has passed, a verifier nobody asks for, a way out", async () => {
    const { company, manager, rep, deal, verifier } = await world();
    expect(await text(`/opportunities/${deal}`, rep)).not.toContain("Make it a promise");
    const ask = (form: Record<string, string>, as = rep) =>
      app.request(`/opportunities/${deal}/promise`, { as, form: { id: newId(), verifierId: verifier, ...form } });
    expect((await ask({})).status).toBe(303);
    await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-05T10:00:00Z" });
    const wrongs: Record<string, string>[] = [
      { dueOn: "2026-03-01" },
      { dueOn: "2026-02-31" },
      { verifierId: newId() },
      { owner: "somebody" },
    ];
    for (const wrong of wrongs) await ask(wrong);
    expect(await promised(rep)).toEqual([]);
    expect((await ask({ back: "//elsewhere.example" })).headers.get("location")).toBe(`/opportunities/${deal}#evidence`);
    const peer = await makePerson(app, company, { manager });
    expect((await ask({}, peer)).status).toBe(404);
  });

  test("a leader above sees the deal, and promises nothing in somebody else's one-on-one", async () => {
    const { company, manager, rep, deal, verifier } = await world();
    await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-05T10:00:00Z" });
    const leader = await makePerson(app, company, { roles: ["leader"] });
    await app.database.ownerPool.query(
      "insert into reporting_line (org_id, person_id, manager_id, from_on) values ($1, $2, $3, '2020-01-01')",
      [company.orgId, manager.viewer.personId, leader.viewer.personId],
    );
    const page = await text(`/opportunities/${deal}`, leader);
    expect(page).toContain("Missing: Customer accepted the meeting.");
    expect(page).not.toContain("Make it a promise");
    await app.request(`/opportunities/${deal}/promise`, { as: leader, form: { id: newId(), verifierId: verifier } });
    expect(await promised(rep)).toEqual([]);
  });

  test("made for a one-on-one that then falls out, it comes back in the next", async () => {
    const { company, manager, rep, deal, verifier } = await world();
    const meeting = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-05T10:00:00Z" });
    await app.request(`/opportunities/${deal}/promise`, { as: rep, form: { id: newId(), verifierId: verifier } });
    await excuseMeeting(rep, meeting, { id: newId(), reason: "Ill." });
    expect(await text("/commitments", rep)).toContain("Get from the customer: Customer accepted the meeting");
  });

  test("settled as kept it offers to record the evidence, and no longer once that is done", async () => {
    const { company, manager, rep, deal, verifier } = await world();
    const meeting = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-05T10:00:00Z" });
    await app.request(`/opportunities/${deal}/promise`, { as: rep, form: { id: newId(), verifierId: verifier } });
    await excuseMeeting(rep, meeting, { id: newId(), reason: "Ill." });
    const [made] = await promised(rep);
    const settled = await app.request(`/commitments/${made?.id}/settle`, { as: rep, form: { outcome: "kept", words: "" } });
    const offer = settled.headers.get("location") ?? "";
    expect(offer).toBe(`/opportunities/${deal}/evidence?verifier=${verifier}&back=%2Fcommitments`);
    expect(await text(offer, rep)).toMatch(new RegExp(`value="${verifier}" selected`));
    expect(await text("/commitments", rep)).toContain("Record the evidence");
    await makeEvidence(app, company, { opportunity: deal, verifier, by: rep });
    expect(await text("/commitments", rep)).not.toContain("Record the evidence");
  });
});
