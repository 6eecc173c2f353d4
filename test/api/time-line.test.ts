import { expect, test } from "vitest";
import { recordEvidence } from "../../src/domain/evidence/record-evidence.ts";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import { closeMeeting } from "../../src/domain/records/close-meeting.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeMeeting, makePair, makePerson } from "../builders/company.ts";
import { makeProcess } from "../builders/processes.ts";
import { makeTestApp } from "../support/test-app.ts";
import { clientOf } from "./api-client.ts";

const app = await makeTestApp();
app.setNow("2026-11-22T12:00:00Z");

interface Line {
  data: { at: string; kind: string; change: { field: string } | null; activity: { subject: string; person: { name: string } } | null }[];
  next: string | null;
}

async function makeDeal() {
  const { company, rep, manager } = await makePair(app);
  const admin = await clientOf(app, await makePerson(app, company, { name: "Ada", roles: ["admin"] }));
  const push = (what: string, rows: object[]) => admin(`/${what}`, { json: { rows }, headers: { "idempotency-key": newId() } });
  app.setNow("2026-11-01T12:00:00Z");
  const row = { externalId: "A-1", name: "Refit", owner: rep.viewer.personId, stage: "Prospecting", closeOn: "2026-12-01" };
  await push("opportunities", [row]);
  app.setNow("2026-11-10T12:00:00Z");
  await push("opportunities", [{ externalId: "A-1", stage: "Engaging", closeOn: "2026-12-20" }]);
  await push("activities", [
    { externalId: "T-1", type: "call", person: rep.viewer.personId, at: "2026-11-12T09:00:00Z", opportunity: "A-1", subject: "Trial" },
  ]);
  app.setNow("2026-11-22T12:00:00Z");
  const asRep = await clientOf(app, rep);
  const { body } = await asRep<{ data: { id: string }[] }>("/opportunities?externalId=A-1");
  return { company, rep, manager, admin, asRep, asManager: await clientOf(app, manager), id: body.data[0]?.id ?? "" };
}

test("the time line of a deal comes newest first and page by page, without losing or repeating anything", async () => {
  const { asRep, asManager, id } = await makeDeal();
  const whole = (await asRep<Line>(`/opportunities/${id}/time-line?limit=200`)).body;
  expect(whole.data.slice(0, 3).map(({ kind, change, activity }) => change?.field ?? `${kind} ${activity?.subject}`)).toEqual([
    "activity Trial",
    "stage",
    "close_on",
  ]);
  expect(whole.data.find(({ change }) => change?.field === "stage")).toMatchObject({
    change: { before: "Prospecting", after: "Engaging", source: "csv" },
    activity: null,
  });
  const seen: Line["data"] = [];
  for (let next: string | null = ""; next !== null;) {
    const { body }: { body: Line } = await asManager<Line>(`/opportunities/${id}/time-line?limit=2${next && `&cursor=${next}`}`);
    seen.push(...body.data);
    next = body.next;
  }
  expect(seen).toEqual(whole.data);
});

test("evidence and its withdrawal are in it", async () => {
  const { company, rep, id, asRep } = await makeDeal();
  const process = await makeProcess(app, company, {
    validFrom: "2026-01-01T00:00:00Z",
    stages: [{ stage: "Prospecting", verifiers: ["A budget"] }],
  });
  const verifierId = process.verifiers.get("A budget") ?? "";
  const given = { id: newId(), opportunityId: id, verifierId, givenOn: "2026-11-20", customerPerson: "Kai", words: "Mail", link: "" };
  await recordEvidence(rep, given);
  const { body } = await asRep<Line>(`/opportunities/${id}/time-line?limit=1`);
  expect(body.data).toMatchObject([{ kind: "evidence", evidence: { words: "A budget", customerPerson: "Kai" } }]);
  await asRep(`/opportunities/${id}/evidence/${given.id}/withdrawal`, { json: { why: "Wrong deal" } });
  const after = (await asRep<Line>(`/opportunities/${id}/time-line?limit=2`)).body.data;
  expect(after.map(({ kind }) => kind)).toEqual(["withdrawal", "evidence"]);
});

test("nobody outside reads a time line, not even an admin", async () => {
  const { company, admin, id } = await makeDeal();
  expect((await admin(`/opportunities/${id}/time-line`)).status).toBe(404);
  expect((await (await clientOf(app, await makePerson(app, company)))(`/opportunities/${id}/time-line`)).status).toBe(404);
});

interface Since {
  since: string;
  lastMet: { meetingId: string } | null;
  moved: { name: string; fromStage: string; stage: string }[];
  slipped: { fromCloseOn: string; closeOn: string }[];
  openNow: object[];
}

test("what changed since a pair last met is the same for both, and nobody else's", async () => {
  const { company, rep, manager, admin, asRep, asManager } = await makeDeal();
  const never = (await asRep<Since>("/people/me/since-last-met")).body;
  expect([never.lastMet, never.since]).toEqual([null, "2026-10-23T12:00:00.000Z"]);
  app.setNow("2026-11-05T09:00:00Z");
  const meeting = await makeMeeting(app, company, manager, rep);
  await openMeeting(manager, meeting);
  await closeMeeting(manager, meeting, "Nothing to promise");
  app.setNow("2026-11-22T12:00:00Z");
  const { body } = await asManager<Since>(`/people/${rep.viewer.personId}/since-last-met`);
  expect(body).toMatchObject({
    since: "2026-11-05T09:00:00.000Z",
    lastMet: { meetingId: meeting },
    moved: [{ name: "Refit", fromStage: "Prospecting", stage: "Engaging" }],
    slipped: [{ fromCloseOn: "2026-12-01", closeOn: "2026-12-20" }],
  });
  expect((await asRep<Since>("/people/me/since-last-met")).body).toEqual(body);
  const before = (await asRep<Since>("/people/me/since-last-met?asOf=2026-11-06")).body;
  expect([before.moved, before.lastMet]).toEqual([[], expect.objectContaining({ meetingId: meeting })]);
  expect((await admin(`/people/${rep.viewer.personId}/since-last-met`)).status).toBe(404);
  const other = await clientOf(app, await makePerson(app, company));
  expect((await other(`/people/${rep.viewer.personId}/since-last-met`)).status).toBe(404);
});

test("stages and every version of the process can be read", async () => {
  const { asRep } = await makeDeal();
  const stages = (await asRep<{ data: { name: string; outcome: string }[] }>("/stages")).body.data;
  expect(stages.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(["Prospecting open", "Engaging open", "Won won", "Lost lost"]);
  expect((await asRep<{ data: object[] }>("/process/versions")).body.data).toEqual([]);
  expect((await asRep("/process/versions/1")).status).toBe(404);
  expect((await asRep("/process/versions/first")).status).toBe(400);
});
