import { expect, test } from "vitest";
import { makeCommitment } from "../../src/domain/commitments/make-commitment.ts";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import { closeMeeting } from "../../src/domain/records/close-meeting.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeMeeting, makePair } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();

/** A pair with one open promise, and a preparation of the next one-on-one that the rep has written but not handed in. */
async function makePrepared() {
  const { company, manager, rep } = await makePair(app);
  const first = await makeMeeting(app, company, manager, rep);
  await openMeeting(manager, first);
  const promise = newId();
  await makeCommitment(manager, {
    id: promise,
    meetingId: first,
    owner: "rep",
    words: "Call Zoomit",
    dueOn: "2026-03-06",
    hangsOn: "action",
    hangsWords: "",
    opportunityId: null,
  });
  await closeMeeting(manager, first, "");
  const meeting = await makeMeeting(app, company, manager, rep, { kind: "weekly-hour", planned_start: "2026-03-09T09:00:00Z" });
  const form = {
    "typed month_result stated": "500",
    [`promise ${promise}`]: "Called, no answer",
    "section Deals in motion": "Sonron has the paper",
    working: "Demos on site",
    "not working": "Contracts wait a week",
  };
  const said = await app.request(`/meetings/${meeting}/preparation/figures`, { as: rep, form });
  expect(said.status).toBe(303);
  return { manager, rep, meeting };
}

const handIn = (rep: Ctx, meeting: string) => app.request(`/meetings/${meeting}/preparation/hand-in`, { as: rep, form: {} });

async function roomOf(as: Ctx, meeting: string, title: string): Promise<{ section: string; html: string; words: string }> {
  const first = await (await app.request(`/meetings/${meeting}/room`, { as })).text();
  const links = [...first.matchAll(/room\?section=([0-9a-f-]{36})"[^>]*>.*?<span class="title">([^<]*)/gs)];
  const section = links.find(([, , name]) => name?.trim() === title)?.[1] ?? "";
  const html = await (await app.request(`/meetings/${meeting}/room?section=${section}`, { as })).text();
  return { section, html, words: wordsOf(html) };
}

test("what the rep prepared stands in the room beside its section, once handed in", async () => {
  const { manager, rep, meeting } = await makePrepared();
  await handIn(rep, meeting);
  await openMeeting(manager, meeting);
  expect((await roomOf(manager, meeting, "Last promises")).words).toContain("Rico prepared: Called, no answer");
  expect((await roomOf(manager, meeting, "Deals in motion")).words).toContain("Rico prepared Sonron has the paper");
  expect((await roomOf(manager, meeting, "Results")).words).toMatch(/said \$500 , was \$0: \$500 too high/);
  expect((await roomOf(manager, meeting, "Pipeline balance")).words).not.toContain("Rico prepared");
});

test("what was not handed in stays the rep's alone, in the room too", async () => {
  const { manager, rep, meeting } = await makePrepared();
  await openMeeting(manager, meeting);
  for (const title of ["Last promises", "Deals in motion", "Results", "Working and not working"])
    expect((await roomOf(manager, meeting, title)).words).not.toMatch(/prepared|Called, no answer|Sonron|\$500|Demos|Contracts/);
  expect((await roomOf(rep, meeting, "Deals in motion")).words).toContain("not handed in: only you see this) Sonron has the paper");
});

test("what is working or not becomes an entry by one press that says what it is about", async () => {
  const { manager, rep, meeting } = await makePrepared();
  await handIn(rep, meeting);
  await openMeeting(manager, meeting);
  const { section, html } = await roomOf(manager, meeting, "Working and not working");
  expect(html).toContain("Demos on site");
  const form = { id: newId(), section, side: "not working", theme: "", words: "Contracts wait a week", about: "process" };
  expect((await app.request(`/meetings/${meeting}/room/entries`, { as: manager, form })).status).toBe(303);
  const after = await roomOf(manager, meeting, "Working and not working");
  expect(after.html).not.toContain('value="Contracts wait a week"');
  expect(after.words).toContain("Not working process Contracts wait a week");
  expect(after.html).toContain('value="Demos on site"');
});
