import { describe, expect, test } from "vitest";
import { agendaOf } from "../../src/domain/agendas/agenda-queries.ts";
import type { Panel } from "../../src/domain/agendas/ready-made-kinds.ts";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import { closeMeeting } from "../../src/domain/records/close-meeting.ts";
import { meetingRecord } from "../../src/domain/records/record-queries.ts";
import { searchRecords } from "../../src/domain/records/search-records.ts";
import { rolePlaysOf } from "../../src/domain/role-plays/role-play-queries.ts";
import { fivePs } from "../../src/method/five-ps.ts";
import { branchParts, numbersOf, rolePlaySentences } from "../../src/method/role-play-parts.ts";
import { storyName } from "../../src/parts/story-panel.tsx";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeMeeting, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { makeSlot } from "../builders/slots.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
const json = { accept: "application/json" };

/** An open deal strategy whose rep prepared one deal that closes soon. */
async function makeOpen() {
  app.setNow("2026-03-02T09:00:00Z");
  const { company, manager, rep } = await makePair(app);
  const deal = await makeOpportunity(app, company, rep, { name: "Sonron scales", close_on: "2026-03-20" });
  const meeting = await makeMeeting(app, company, manager, rep);
  const needs = storyName(deal, "needs");
  await app.request(`/meetings/${meeting}/preparation/hand-in`, { as: rep, form: { [needs]: "Four trucks", [`version ${needs}`]: "0" } });
  await openMeeting(manager, meeting);
  const { sections } = await rep.tx((db) =>
    agendaOf(db, company.orgId, { agendaId: null, kindId: company.kinds.get("deal-strategy") ?? "" }),
  );
  const section = (panel: Panel) => sections.find((one) => one.panel === panel)?.id ?? "";
  const roomAt = async (as: Ctx, panel: Panel) => (await app.request(`/meetings/${meeting}/room?section=${section(panel)}`, { as })).text();
  return { company, manager, rep, deal, meeting, section, roomAt, room: `/meetings/${meeting}/room` };
}

async function makePlay() {
  const made = await makeOpen();
  const id = newId();
  const form = { id, section: made.section("practice"), deal: made.deal, skill: "" };
  expect((await app.request(`${made.room}/role-plays`, { as: made.rep, form })).status).toBe(303);
  const path = `${made.room}/role-plays/${id}`;
  const write = (as: Ctx, part: string, value: string, version = 0) =>
    app.request(path, { as, form: { field: `role-play ${id} ${part}`, value, version: String(version) }, headers: json });
  const plays = () => made.rep.tx((db) => rolePlaysOf(db, made.company.orgId, made.meeting));
  return { ...made, id, path, write, plays };
}

describe("prospects in the room", () => {
  test("both see the story, what to ask, and can write into it", async () => {
    const { manager, rep, deal, room, roomAt } = await makeOpen();
    const seen = wordsOf(await roomAt(manager, "prospects"));
    expect(seen).toContain("As Rico prepared them");
    expect(seen).toContain("Four trucks");
    expect(seen).toContain("What is the next step, and on which day?");
    const form = { field: storyName(deal, "next_step"), value: "Visit in Ghent", version: "0" };
    expect((await app.request(`${room}/stories`, { as: manager, form, headers: json })).status).toBe(200);
    expect(wordsOf(await roomAt(rep, "prospects"))).toContain("Visit in Ghent");
  });

  test("the co-coach of that one-on-one reads and writes too; somebody else does not", async () => {
    const { company, manager, rep, meeting, deal, room, roomAt } = await makeOpen();
    const coach = await makePerson(app, company, { name: "Cora Coach", roles: ["manager"] });
    await makeSlot(company, manager, rep, { coCoachId: coach.viewer.personId });
    await app.database.ownerPool.query("update meeting set co_coach_id = $1 where id = $2", [coach.viewer.personId, meeting]);
    const form = { field: storyName(deal, "motive"), value: "Audit in May", version: "0" };
    const stranger = await makePerson(app, company, { roles: ["manager"] });
    expect((await app.request(`${room}/stories`, { as: stranger, form, headers: json })).status).toBe(404);
    expect((await app.request(`${room}/stories`, { as: coach, form, headers: json })).status).toBe(200);
    const seen = wordsOf(await roomAt(coach, "prospects"));
    expect(seen).toContain("Audit in May");
    expect(seen).toContain("Four trucks");
  });

  test("without script what two wrote at once both stands in the field", async () => {
    const { manager, rep, deal, room, section } = await makeOpen();
    const name = storyName(deal, "needs");
    await app.request(`${room}/stories`, { as: rep, form: { field: name, value: "Five trucks", version: "1" }, headers: json });
    const form = { section: section("prospects"), [name]: "Paper", [`version ${name}`]: "1" };
    const answer = await app.request(`${room}/stories`, { as: manager, form });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("Five trucks\nPaper");
  });
});

describe("a role-play", () => {
  test("needs a deal or a skill", async () => {
    const { rep, room, section } = await makeOpen();
    const form = { id: newId(), section: section("practice"), deal: "", skill: " " };
    const answer = await app.request(`${room}/role-plays`, { as: rep, form });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("Pick a deal, or write which skill you practise.");
  });

  test("grows by branches and tries, each written by either of the two", async () => {
    const { manager, rep, write, plays, roomAt, id } = await makePlay();
    await write(rep, "situation", "Second call with the buyer");
    await write(manager, "answer 1", "Too expensive");
    await write(rep, "reply 1", "Compared with what?");
    await write(rep, "try 1", "Too fast");
    await write(manager, "polished 1", "Wait after the question");
    const html = await roomAt(manager, "practice");
    expect(html).toContain(`name="role-play ${id} answer 2"`);
    expect(html).toContain(`name="role-play ${id} try 2"`);
    expect(rolePlaySentences((await plays())[0]?.lines ?? new Map())).toEqual([
      "Second call with the buyer",
      "If they say: Too expensive → Compared with what?",
      "Try 1: Too fast; polished: Wait after the question",
    ]);
  });

  test("both at once in the same line: none is lost", async () => {
    const { manager, rep, write } = await makePlay();
    const answers = await Promise.all([write(rep, "answer 1", "Too expensive"), write(manager, "answer 1", "No time")]);
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, 409]);
    const [lost] = answers.filter(({ status }) => status === 409);
    expect(["Too expensive", "No time"]).toContain(lost && (await lost.json()).theirs);
  });

  test("is done only once something good was said and written", async () => {
    const { manager, path, write, plays, id, section } = await makePlay();
    const typed = {
      section: section("practice"),
      [`role-play ${id} situation`]: "At the fair",
      [`version role-play ${id} situation`]: "0",
    };
    const early = await app.request(`${path}/end`, { as: manager, form: typed });
    expect(early.status).toBe(422);
    const html = await early.text();
    expect(html).toContain("Say first what was good");
    expect(html).toContain("At the fair");
    await write(manager, "feedback", "You let them finish");
    expect((await app.request(`${path}/end`, { as: manager, form: {} })).status).toBe(303);
    expect((await plays())[0]?.doneAt).not.toBeNull();
    expect((await write(manager, "feedback", "", 1)).status).toBe(422);
  });

  test("whoever began it takes it back, the other cannot", async () => {
    const { manager, rep, path, plays } = await makePlay();
    await app.request(`${path}/withdraw`, { as: manager, form: {} });
    expect(await plays()).toHaveLength(1);
    await app.request(`${path}/withdraw`, { as: rep, form: {} });
    expect(await plays()).toEqual([]);
  });

  test("a stranger finds nothing, and only its own lines are taken", async () => {
    const { company, write, rep } = await makePlay();
    const stranger = await makePerson(app, company, {});
    expect((await write(stranger, "situation", "x")).status).toBe(404);
    expect((await write(rep, "answer 0", "x")).status).toBe(422);
    expect((await write(rep, "score", "x")).status).toBe(422);
    expect((await write(rep, "situation", "x".repeat(4001))).status).toBe(422);
  });
});

describe("closed", () => {
  test("record, summary mail, search and export hold stories and role-plays; nothing of it changes any more", async () => {
    const { company, manager, rep, deal, meeting, room, write, path } = await makePlay();
    await write(rep, "situation", "Second call about calibration");
    await write(manager, "try 1", "Calm");
    await write(manager, "feedback", "You waited for the answer");
    await app.request(`${path}/end`, { as: manager, form: {} });
    const next = { field: storyName(deal, "next_step"), value: "Visit in Ghent", version: "0" };
    await app.request(`${room}/stories`, { as: rep, form: next, headers: json });
    await closeMeeting(manager, meeting, "Only a look");
    const html = wordsOf(await (await app.request(`/meetings/${meeting}/record`, { as: rep })).text());
    for (const words of [
      "Four trucks",
      "Visit in Ghent",
      "Second call about calibration",
      "You waited for the answer",
      "As it was handed in",
    ])
      expect(html).toContain(words);
    const mail = await app.database.ownerPool.query("select words from mail_body where org_id = $1 and purpose = 'summary' limit 1", [
      company.orgId,
    ]);
    expect(mail.rows[0].words).toContain("Sonron scales: Visit in Ghent. Not agreed by the customer.");
    expect(mail.rows[0].words).toContain("Sonron scales. Good: You waited for the answer");
    const found = await rep.tx((db) => searchRecords(db, rep, { words: "calibration", limit: 5 }));
    expect(found.map(({ part }) => part)).toEqual(["role-play"]);
    const csv = await (await app.request("/records.csv", { as: rep })).text();
    expect(csv).toContain("role-play");
    expect(csv).toContain("prospect: Next step");
    expect((await write(rep, "situation", "Rewritten", 1)).status).toBe(409);
    await app.request(`/opportunities/${deal}/story/${manager.viewer.personId}`, {
      as: rep,
      form: { [storyName(deal, "next_step")]: "Changed later", [`version ${storyName(deal, "next_step")}`]: "1" },
    });
    const record = await rep.tx((db) => meetingRecord(db, rep, meeting));
    expect(record.prospects[0]?.atClose.get("next_step")).toBe("Visit in Ghent");
    expect(record.prospects[0]?.handedIn.has("next_step")).toBe(false);
  });
});

describe("the five P's", () => {
  test("come from what was really done", () => {
    const none = { isPlanned: true, agendaSent: false, hasBegun: false, prospects: undefined, rolePlays: [] };
    expect(fivePs(none).map(({ isDone }) => isDone)).toEqual([false, false, false, false, false]);
    const all = fivePs({
      isPlanned: true,
      agendaSent: true,
      hasBegun: true,
      prospects: [{ isReviewed: true, hasStrategy: true }],
      rolePlays: [{ tries: 1, hasFeedback: true }],
    });
    expect(all.map(({ isDone }) => isDone)).toEqual([true, true, true, true, true]);
    const half = fivePs({
      ...none,
      prospects: [
        { isReviewed: true, hasStrategy: false },
        { isReviewed: false, hasStrategy: false },
      ],
    });
    expect(half[1]).toMatchObject({ isDone: false, words: "gone through for 1 of 2" });
  });

  test("stand on the preparation, in the wrap-up, the briefing and the record", async () => {
    const { manager, rep, meeting, roomAt } = await makeOpen();
    expect(wordsOf(await roomAt(manager, "wrap_up"))).toMatch(/Prospects reviewed , done gone through for 1 of 1/);
    expect(wordsOf(await (await app.request(`/meetings/${meeting}/briefing`, { as: manager })).text())).toContain(
      "Practised , open no role-play yet",
    );
    await closeMeeting(manager, meeting, "Only a look");
    for (const page of ["record", "preparation"])
      expect(wordsOf(await (await app.request(`/meetings/${meeting}/${page}`, { as: rep })).text())).toContain("Strategy prepared");
  });

  test("numbers go on where the last one stands", () => {
    expect(
      numbersOf(
        new Map([
          ["answer 2", { words: "x" }],
          ["reply 5", { words: " " }],
        ]),
        branchParts,
      ),
    ).toEqual({ written: [2], next: 3 });
  });
});
