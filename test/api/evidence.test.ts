import { expect, test } from "vitest";
import { newId } from "../../src/platform/new-id.ts";
import { makeMeeting, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { makeProcess } from "../builders/processes.ts";
import { makeTestApp } from "../support/test-app.ts";
import { clientOf } from "./api-client.ts";

const app = await makeTestApp();
const { company, manager, rep } = await makePair(app);
const deal = await makeOpportunity(app, company, rep, { name: "Big one", stage: "Engaging" });
const asRep = await clientOf(app, rep);
const asManager = await clientOf(app, manager);
const asPeer = await clientOf(app, await makePerson(app, company, { manager }));

test("until there is a process there is none to read, and no verified stage", async () => {
  expect((await asRep("/process")).status).toBe(404);
  expect((await asRep(`/opportunities/${deal}`)).body).toMatchObject({ verified: null, grade: null });
});

test("a program reads the process, records evidence once, sees the stage verified, and withdraws it with a word why", async () => {
  const { verifiers, stages } = await makeProcess(app, company, {
    stages: [{ stage: "Prospecting", verifiers: ["Customer accepted the meeting"] }, { stage: "Engaging" }],
    rules: [{ grade: "A", field: "verified stage", stage: "Engaging" }],
  });
  const verifierId = verifiers.get("Customer accepted the meeting") ?? "";
  expect((await asRep("/process")).body).toMatchObject({
    version: 1,
    stages: [
      { name: "Prospecting", probability: 10, verifiers: [{ id: verifierId, words: "Customer accepted the meeting" }] },
      { verifiers: [] },
    ],
    rules: [{ grade: "A", field: "verified stage", stageId: stages.get("Engaging"), number: null }],
  });
  expect((await asRep("/process?asOf=2019-12-31")).status).toBe(404);
  expect((await asManager(`/opportunities?ownerId=${rep.viewer.personId}`)).body).toMatchObject({
    data: [{ verified: { stage: { name: "Prospecting" }, aheadBy: 1, missing: [{ verifierId, stage: "Prospecting" }] }, grade: "C" }],
  });
  const path = `/opportunities/${deal}/evidence`;
  const given = { id: newId(), verifierId, givenOn: "2026-03-02", customerPerson: "Carla", words: "Yes." };
  for (let i = 0; i < 2; i++)
    expect(await asRep(path, { json: given })).toMatchObject({
      status: 201,
      body: { id: given.id, verifier: { stage: "Prospecting" }, withdrawnAt: null },
    });
  expect((await asManager(`${path}?limit=1`)).body).toMatchObject({ data: [{ id: given.id }], next: null });
  expect((await asRep(`/opportunities/${deal}`)).body).toMatchObject({
    verified: { stage: { name: "Engaging" }, aheadBy: 0, missing: [] },
    grade: "A",
  });
  const withdrawn = await asManager(`${path}/${given.id}/withdrawal`, { json: { why: "It was somebody else." } });
  expect(withdrawn).toMatchObject({ status: 200, body: { withdrawnBy: "Mara Manager", withdrawnWhy: "It was somebody else." } });
  expect((await asRep(`/opportunities/${deal}`)).body).toMatchObject({ verified: { aheadBy: 1 } });

  const wrong = [
    { givenOn: "2026-03-03" },
    { verifierId: newId() },
    { words: "" },
    { words: "", link: "javascript:alert(1)" },
    { customerPerson: " " },
    { words: "\0" },
  ];
  for (const bad of wrong) expect((await asRep(path, { json: { ...given, id: newId(), ...bad } })).status).toBe(422);
  for (const answer of [
    await asPeer(path),
    await asPeer(path, { json: { ...given, id: newId() } }),
    await asPeer(`${path}/${given.id}/withdrawal`, { json: { why: "x" } }),
  ])
    expect(answer.status).toBe(404);
  expect((await asRep(`${path}/${newId()}/withdrawal`, { json: { why: "x" } })).status).toBe(404);
});

test("a program grades by hand, once however often it says so, and gives the deal back to the rules", async () => {
  const path = `/opportunities/${deal}/grade`;
  for (let i = 0; i < 2; i++)
    expect(await asManager(path, { method: "PUT", json: { grade: "B" } })).toMatchObject({
      status: 200,
      body: { id: deal, grade: "B", gradedByHand: { by: "Mara Manager" } },
    });
  const kept = await rep.tx((db) => db.selectFrom("prospect_grade").select("grade").where("opportunity_id", "=", deal).execute());
  expect(kept).toEqual([{ grade: "B" }]);
  expect((await asRep(path, { method: "PUT", json: { grade: null } })).body).toMatchObject({ grade: "C", gradedByHand: null });
  for (const json of [{ grade: "D" }, { grade: "" }, { grade: 1 }, {}])
    expect((await asRep(path, { method: "PUT", json })).status).toBe(422);
  expect((await asPeer(path, { method: "PUT", json: { grade: "A" } })).status).toBe(404);
});

test("a program promises a verifier once, and the commitment names it", async () => {
  const path = `/opportunities/${deal}/promises`;
  const { body } = await asRep<{ stages: { verifiers: { id: string }[] }[] }>("/process");
  const verifierId = body.stages[0]?.verifiers[0]?.id;
  const wanted = { id: newId(), verifierId };
  expect((await asRep(path, { json: wanted })).body).toMatchObject({ status: 422, detail: /No one-on-one of you two is planned/ });
  const meetingId = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-04T15:00:00Z" });
  for (let i = 0; i < 2; i++)
    expect(await asRep(path, { json: wanted })).toMatchObject({
      status: 201,
      body: { id: wanted.id, meetingId, words: "Get from the customer: Customer accepted the meeting", hangsOn: "opportunity", verifierId },
    });
  const told = await asManager(path, { json: { verifierId, owner: "manager", words: "I call Carla.", dueOn: "2026-03-06" } });
  expect(told.body).toMatchObject({ owner: { name: "Mara Manager" }, words: "I call Carla.", dueOn: "2026-03-06", verifierId });
  expect((await asManager("/commitments")).body).toMatchObject({ data: [{ verifierId, opportunityId: deal }, { verifierId }] });
  for (const bad of [{ verifierId: newId() }, { verifierId: "x" }, { dueOn: "2026-03-01" }, { owner: "admin" }, { words: "\0" }])
    expect((await asRep(path, { json: { verifierId, ...bad } })).status).toBe(422);
  expect((await asPeer(path, { json: { verifierId } })).status).toBe(404);
});
