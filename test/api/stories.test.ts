import { expect, test } from "vitest";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import { beginRolePlay } from "../../src/domain/role-plays/begin-role-play.ts";
import { saveRolePlayLine } from "../../src/domain/role-plays/save-role-play-line.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeMeeting, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { clientOf } from "./api-client.ts";

const app = await makeTestApp();

interface StoryBody {
  lines: Record<string, { words: string; version: number }>;
}

async function makeDeal() {
  const pair = await makePair(app);
  const deal = await makeOpportunity(app, pair.company, pair.rep, { close_on: "2026-03-20" });
  return { ...pair, deal, rep: await clientOf(app, pair.rep), manager: await clientOf(app, pair.manager), people: pair };
}

test("the pair reads and writes the story of a deal, line by line", async () => {
  const { rep, manager, deal } = await makeDeal();
  const made = await rep<StoryBody>(`/opportunities/${deal}/story`, { method: "PATCH", json: { needs: "Four trucks", agreed: "yes" } });
  expect([made.status, made.body.lines.needs?.words]).toEqual([200, "Four trucks"]);
  const changed = { needs: "Six trucks", versions: { needs: 1 } };
  expect((await manager(`/opportunities/${deal}/story`, { method: "PATCH", json: changed })).status).toBe(200);
  const read = await rep<StoryBody>(`/opportunities/${deal}/story`);
  expect(read.body.lines).toMatchObject({ needs: { words: "Six trucks", version: 2 }, agreed: { words: "yes" } });
});

test("a line changed meanwhile is a conflict and nothing of the request is written", async () => {
  const { rep, deal } = await makeDeal();
  await rep(`/opportunities/${deal}/story`, { method: "PATCH", json: { needs: "Four trucks" } });
  const late = await rep(`/opportunities/${deal}/story`, { method: "PATCH", json: { motive: "Audit", needs: "Paper" } });
  expect(late.status).toBe(409);
  expect((await rep<StoryBody>(`/opportunities/${deal}/story`)).body.lines.motive).toBeUndefined();
});

test("what cannot be is said at its field; nobody else finds it", async () => {
  const { rep, deal, company } = await makeDeal();
  expect((await rep(`/opportunities/${deal}/story`, { method: "PATCH", json: { agreed: "maybe" } })).status).toBe(422);
  expect((await rep(`/opportunities/${deal}/story`, { method: "PATCH", json: { agreed_on: "2026-12-24" } })).status).toBe(422);
  const admin = await clientOf(app, await makePerson(app, company, { roles: ["admin"] }));
  expect((await admin(`/opportunities/${deal}/story`)).status).toBe(404);
  expect((await admin(`/opportunities/${deal}/story`, { method: "PATCH", json: { needs: "x" } })).status).toBe(404);
});

test("role-plays come with the record of their one-on-one", async () => {
  const { company, people, rep } = await makeDeal();
  const meeting = await makeMeeting(app, company, people.manager, people.rep);
  await openMeeting(people.manager, meeting);
  const id = newId();
  await beginRolePlay(people.rep, { id, meetingId: meeting, opportunityId: null, skill: "Opening" });
  for (const [part, words] of [
    ["answer 1", "No time"],
    ["reply 1", "Thursday?"],
    ["feedback", "Warm"],
  ] as const)
    await saveRolePlayLine(people.manager, { meetingId: meeting, rolePlayId: id, part, words, version: 0 });
  const { body } = await rep<{ rolePlays: object[] }>(`/meetings/${meeting}/record`);
  expect(body.rolePlays).toMatchObject([
    { about: "Opening", branches: [{ answer: "No time", reply: "Thursday?" }], tries: [], feedback: "Warm", doneAt: null },
  ]);
});
