import { expect, test } from "vitest";
import { rememberMatches } from "../../src/domain/imports/import-matches.ts";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import { handInPreparation } from "../../src/domain/preparations/hand-in-preparation.ts";
import { makeMeeting, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { clientOf } from "./api-client.ts";

const app = await makeTestApp();
app.setNow("2026-11-22T12:00:00Z");

interface Prospects {
  isLive: boolean;
  prospects: { name: string; isChosen: boolean; reviewedAt: string | null; handedIn: object; story: object }[];
  others: { name: string; opportunityId: string }[];
  fiveP: { p: string; isDone: boolean; words: string }[];
}
interface Play {
  id: string;
  situation: string;
  branches: object[];
  feedback: string;
  doneAt: string | null;
  versions: Record<string, number>;
}

async function makeSlot() {
  const { company, rep, manager } = await makePair(app);
  const [soon, later] = [
    await makeOpportunity(app, company, rep, { name: "Soon", close_on: "2026-12-01" }),
    await makeOpportunity(app, company, rep, { name: "Later", close_on: "2027-06-01" }),
  ];
  const meeting = await makeMeeting(app, company, manager, rep, { planned_start: "2026-11-23T09:00:00Z" });
  const calls = { asRep: await clientOf(app, rep), asManager: await clientOf(app, manager) };
  return { company, rep, manager, soon, later, meeting, ...calls };
}

test("the rep chooses and goes through prospects; the manager reads them once they are handed in", async () => {
  const { rep, later, meeting, asRep, asManager } = await makeSlot();
  const first = (await asRep<Prospects>(`/meetings/${meeting}/prospects`)).body;
  expect([first.isLive, first.prospects.map(({ name }) => name), first.others.map(({ name }) => name)]).toEqual([
    true,
    ["Soon"],
    ["Later"],
  ]);
  const path = `/meetings/${meeting}/prospects/${later}`;
  const chosen = await asRep<Prospects>(path, { method: "PATCH", json: { isChosen: true, isReviewed: true } });
  expect(chosen.body.prospects).toMatchObject([
    { name: "Soon", isChosen: false, reviewedAt: null },
    { name: "Later", isChosen: true, reviewedAt: "2026-11-22T12:00:00.000Z" },
  ]);
  expect(chosen.body.fiveP.find(({ p }) => p === "prospects")).toMatchObject({ isDone: false, words: "gone through for 1 of 2" });
  await asRep(`/opportunities/${later}/story`, { method: "PATCH", json: { next_step: "Call Kai" } });
  const early = (await asManager<Prospects>(`/meetings/${meeting}/prospects`)).body;
  expect([early.isLive, early.prospects, early.others]).toEqual([false, [], []]);
  expect(early.fiveP.find(({ p }) => p === "prospects")?.words).toBe("not handed in");
  await handInPreparation(rep, meeting);
  const handed = (await asManager<Prospects>(`/meetings/${meeting}/prospects`)).body;
  expect(handed.prospects.map(({ name, handedIn }) => [name, handedIn])).toEqual([
    ["Soon", {}],
    ["Later", { next_step: "Call Kai" }],
  ]);
});

test("only the rep of the pair changes prospects, and nobody outside reads them", async () => {
  const { company, soon, meeting, asManager } = await makeSlot();
  const path = `/meetings/${meeting}/prospects`;
  expect((await asManager(`${path}/${soon}`, { method: "PATCH", json: { isChosen: true } })).status).toBe(403);
  const other = await clientOf(app, await makePerson(app, company, { roles: ["admin", "leader"] }));
  for (const of of [path, `/meetings/${meeting}/role-plays`]) expect((await other(of)).status).toBe(404);
  expect((await other(`${path}/${soon}`, { method: "PATCH", json: { isChosen: true } })).status).toBe(404);
  expect((await asManager(`${path}/${soon}`, { method: "PATCH", json: {} })).status).toBe(422);
});

test("a role-play is begun, written by both, and ended with what was good", async () => {
  const { manager, meeting, soon, asRep, asManager } = await makeSlot();
  const path = `/meetings/${meeting}/role-plays`;
  expect((await asRep(path, { json: { opportunityId: soon } })).status).toBe(409);
  await openMeeting(manager, meeting);
  const made = await asRep<Play>(path, { json: { opportunityId: soon } });
  expect([made.status, made.body]).toMatchObject([201, { about: "Soon", opportunityId: soon, versions: {} }]);
  const one = `${path}/${made.body.id}`;
  expect((await asManager(`${one}/end`, { method: "POST" })).status).toBe(422);
  const lines = { situation: "They wait", "answer 1": "Too much", "reply 1": "Compared to what?" };
  const written = (await asRep<Play>(one, { method: "PATCH", json: { lines } })).body;
  expect(written).toMatchObject({ situation: "They wait", branches: [{ answer: "Too much", reply: "Compared to what?" }] });
  const late = await asManager(one, { method: "PATCH", json: { lines: { feedback: "Calm", situation: "Other" } } });
  expect(late.status).toBe(409);
  expect((await asRep<{ data: Play[] }>(path)).body.data).toMatchObject([{ feedback: "", situation: "They wait" }]);
  await asManager(one, {
    method: "PATCH",
    json: { lines: { feedback: "Calm", situation: "They wait for us" }, versions: written.versions },
  });
  expect((await asRep<Play>(`${one}/end`, { method: "POST" })).body).toMatchObject({
    feedback: "Calm",
    doneAt: "2026-11-22T12:00:00.000Z",
  });
  expect((await asRep(one, { method: "PATCH", json: { lines: { joke: "x" } } })).status).toBe(422);
});

test("what names of files were said to mean can be read and forgotten by an admin alone", async () => {
  const { company, rep, asRep } = await makeSlot();
  const admin = await makePerson(app, company, { name: "Ada", roles: ["admin"] });
  const asAdmin = await clientOf(app, admin);
  await admin.tx((db) =>
    rememberMatches(db, admin, "hubspot", { owners: { Noor: rep.viewer.personId, "N. Haddad": rep.viewer.personId } }),
  );
  const read = async (query = "") =>
    (await asAdmin<{ data: { value: string; targetId: string; decidedBy: string }[]; next: string | null }>(`/import-matches${query}`))
      .body;
  const first = await read("?limit=1");
  expect(first.data).toMatchObject([
    { value: "N. Haddad", targetId: rep.viewer.personId, decidedBy: "Ada", source: "hubspot", kind: "person" },
  ]);
  expect((await read(`?limit=1&cursor=${first.next}`)).data.map(({ value }) => value)).toEqual(["Noor"]);
  expect((await read("?source=csv")).data).toEqual([]);
  const forget = "/import-matches?source=hubspot&kind=person&value=Noor";
  expect((await asRep(forget, { method: "DELETE" })).status).toBe(403);
  expect((await asRep("/import-matches")).status).toBe(403);
  expect((await asAdmin(forget, { method: "DELETE" })).status).toBe(204);
  expect((await asAdmin(forget, { method: "DELETE" })).status).toBe(404);
  expect((await read()).data.map(({ value }) => value)).toEqual(["N. Haddad"]);
});
