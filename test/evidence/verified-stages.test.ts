import { sql } from "kysely";
import { expect, test } from "vitest";
import { dealsAhead } from "../../src/domain/evidence/deals-ahead.ts";
import { prospectFacts } from "../../src/domain/evidence/prospect-facts.ts";
import { verifiedStages } from "../../src/domain/evidence/verified-stages.ts";
import { opportunitiesAsOf } from "../../src/domain/opportunities/opportunities-as-of.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makePair, makePerson } from "../builders/company.ts";
import { makeHistories } from "../builders/histories.ts";
import { makeEvidence, makeProcess } from "../builders/processes.ts";
import { makeTestApp } from "../support/test-app.ts";

const app = await makeTestApp();

const threeStages = [
  { stage: "Prospecting", verifiers: ["Customer accepted the meeting"] },
  { stage: "Engaging", verifiers: ["Customer sent the data", "Customer named who decides"] },
  { stage: "Closing", verifiers: ["Customer agreed a plan with dates"] },
];

async function world() {
  const pair = await makePair(app);
  const process = await makeProcess(app, pair.company, { stages: threeStages });
  const [id = ""] = await makeHistories(app, pair.company, [
    {
      steps: [
        { at: "2026-01-05T10:00Z", owner: pair.rep, stage: "Prospecting", amount: 500_000, name: "Big one" },
        { at: "2026-01-20T10:00Z", stage: "Engaging" },
        { at: "2026-02-10T10:00Z", stage: "Closing" },
      ],
    },
  ]);
  return { ...pair, process, id };
}

const verified = async (ctx: Ctx, at = app.clock.now()) =>
  ctx.tx(async (db) => {
    const deals = await opportunitiesAsOf(db, { orgId: ctx.viewer.orgId, ownerIds: [ctx.viewer.personId], at });
    return verifiedStages(db, { orgId: ctx.viewer.orgId, deals, at });
  });

test("a deal claimed ahead says by how much, since when, and what is missing", async () => {
  const { company, rep, process, id } = await world();
  await makeEvidence(app, company, { opportunity: id, verifier: process.verifiers.get("Customer accepted the meeting"), by: rep });
  expect((await verified(rep)).get(id)).toMatchObject({
    verifiedName: "Engaging",
    aheadBy: 1,
    aheadSince: new Date("2026-02-10T10:00Z"),
    missing: [
      { words: "Customer sent the data", who: "Anybody", stageName: "Engaging" },
      { words: "Customer named who decides", stageName: "Engaging" },
    ],
  });
});

test("nothing as of a day reads evidence recorded, or withdrawn, later", async () => {
  const { company, rep, process, id } = await world();
  const verifier = process.verifiers.get("Customer accepted the meeting");
  await makeEvidence(app, company, { opportunity: id, verifier, by: rep }, { at: "2026-02-01T10:00Z", withdrawnAt: "2026-02-20T10:00Z" });
  expect((await verified(rep, new Date("2026-01-25T10:00Z"))).get(id)).toMatchObject({ verifiedName: "Prospecting", aheadBy: 1 });
  expect((await verified(rep, new Date("2026-02-05T10:00Z"))).get(id)).toMatchObject({ verifiedName: "Engaging", aheadBy: 0 });
  expect((await verified(rep)).get(id)).toMatchObject({
    verifiedName: "Prospecting",
    aheadBy: 2,
    aheadSince: new Date("2026-01-20T10:00Z"),
  });
});

test("a changed process never rewrites the past", async () => {
  const { company, rep, process, id } = await world();
  const kept = process.verifiers.get("Customer accepted the meeting") ?? "";
  await makeEvidence(app, company, { opportunity: id, verifier: kept, by: rep }, { at: "2026-02-01T10:00Z" });
  await makeProcess(app, company, {
    version: 2,
    validFrom: "2026-02-25T00:00Z",
    stages: [
      { stage: "Prospecting", verifiers: [{ id: kept, words: "Customer took the first meeting" }, "Customer told us the budget"] },
      { stage: "Closing" },
    ],
  });
  expect((await verified(rep, new Date("2026-02-24T10:00Z"))).get(id)).toMatchObject({ verifiedName: "Engaging" });
  const now = (await verified(rep)).get(id);
  expect(now).toMatchObject({ verifiedName: "Prospecting", aheadBy: 1, missing: [{ words: "Customer told us the budget" }] });
});

test("a stage taken out of the process leaves the deals in it where they were, and won deals have no verified stage", async () => {
  const { company, rep, id } = await world();
  const before = (await verified(rep)).get(id);
  await makeProcess(app, company, {
    version: 2,
    validFrom: "2026-02-27T09:00Z",
    stages: threeStages.slice(0, 2),
  });
  const [won = ""] = await makeHistories(app, company, [{ steps: [{ at: "2026-01-05T10:00Z", owner: rep, stage: "Won" }] }]);
  const found = await verified(rep);
  expect(found.get(id)).toMatchObject({ inProcess: false, wasInProcess: true, aheadBy: before?.aheadBy, aheadSince: before?.aheadSince });
  expect(found.get(id)?.verifiedName).toBe(before?.verifiedName);
  expect(found.has(won)).toBe(false);
});

test("without a process, or with one that asks nothing, there is no verified stage", async () => {
  const { company, rep } = await makePair(app);
  await makeHistories(app, company, [{ steps: [{ at: "2026-01-05T10:00Z", owner: rep, stage: "Engaging" }] }]);
  expect((await verified(rep)).size).toBe(0);
  await makeProcess(app, company, { stages: [{ stage: "Prospecting" }, { stage: "Engaging" }] });
  expect((await verified(rep)).size).toBe(0);
});

test("deals claimed ahead of what the customer has paid for are told to whoever may see them", async () => {
  const { company, manager, rep } = await world();
  const other = await makePerson(app, company, { manager });
  const asked = { orgId: company.orgId, ownerIds: [rep.viewer.personId, other.viewer.personId], at: app.clock.now() };
  const { ahead } = await manager.tx((db) => dealsAhead(db, asked));
  expect(ahead).toMatchObject([{ ownerId: rep.viewer.personId, amountMinor: 500_000, currency: "USD", verified: { aheadBy: 2 } }]);
  const since = ahead[0]?.verified.aheadSince?.getTime() ?? 0;
  expect(Math.floor((app.clock.now().getTime() - since) / 86_400_000)).toBe(40);
  expect(await other.tx((db) => dealsAhead(db, asked))).toEqual({ verified: new Map(), ahead: [] });
});

test("which tolls are paid is said to whoever sees the deal, and to nobody else", async () => {
  const { company, manager, rep, process, id } = await world();
  const peer = await makePerson(app, company, { manager });
  const admin = await makePerson(app, company, { roles: ["admin"] });
  await makeEvidence(app, company, { opportunity: id, verifier: process.verifiers.get("Customer accepted the meeting"), by: rep });
  const paid = async (ctx: Ctx) =>
    (await ctx.tx((db) => sql`select * from paid_tolls(${[id]}::uuid[], ${app.clock.now()}::timestamptz)`.execute(db))).rows.length;
  expect(await Promise.all([rep, manager, peer, admin].map(paid))).toEqual([1, 1, 0, 0]);
});

test("the rules grade a deal by what the customer has paid for, a hand sets it aside, and gives it back", async () => {
  const { company, manager, rep, process, id } = await world();
  const graded = async (at = app.clock.now()) =>
    rep.tx(async (db) => {
      const deals = await opportunitiesAsOf(db, { orgId: company.orgId, ownerIds: [rep.viewer.personId], at });
      return (await prospectFacts(db, rep, { deals, at })).grades.get(id);
    });
  await makeProcess(app, company, {
    version: 2,
    stages: threeStages.map(({ stage, verifiers }) => ({
      stage,
      verifiers: verifiers.map((words) => ({ id: process.verifiers.get(words) ?? "", words })),
    })),
    rules: [
      { grade: "A", field: "verified stage", stage: "Closing" },
      { grade: "B", field: "stage", stage: "Engaging" },
    ],
  });
  expect(await graded()).toEqual({ grade: "B", byHand: null });
  for (const words of ["Customer accepted the meeting", "Customer sent the data", "Customer named who decides"])
    await makeEvidence(app, company, { opportunity: id, verifier: process.verifiers.get(words), by: rep }, { at: "2026-02-26T10:00Z" });
  expect(await graded()).toEqual({ grade: "A", byHand: null });
  const byHand = (grade: "C" | null, at: string) =>
    asActor(app, "set-up", company.orgId, (db) =>
      db
        .insertInto("prospect_grade")
        .values({ org_id: company.orgId, id: newId(), opportunity_id: id, grade, by_id: manager.viewer.personId, at })
        .execute(),
    );
  await byHand("C", "2026-02-27T10:00Z");
  expect(await graded()).toEqual({ grade: "C", byHand: { name: "Mara Manager", at: new Date("2026-02-27T10:00Z") } });
  expect(await graded(new Date("2026-02-26T12:00Z"))).toEqual({ grade: "A", byHand: null });
  await byHand(null, "2026-02-28T10:00Z");
  expect(await graded()).toEqual({ grade: "A", byHand: null });
});
