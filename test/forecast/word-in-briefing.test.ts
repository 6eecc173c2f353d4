import { expect, test } from "vitest";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import { sayOwnWord } from "../../src/domain/own-words/say-own-word.ts";
import { closeMeeting } from "../../src/domain/records/close-meeting.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeMeeting, makePair } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();

test("the briefing and the room say the rep’s word and what has changed in it since the pair last met", async () => {
  app.setNow("2026-03-09T09:00:00Z");
  const { company, manager, rep } = await makePair(app);
  const say = (horizon: "month" | "quarter", likely: number) =>
    sayOwnWord(rep, { id: newId(), horizon, on: "2026-03-09", likely, least: null, most: null });
  await say("month", 40_000_00);
  await say("quarter", 90_000_00);
  const first = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-10T09:00:00Z" });
  app.setNow("2026-03-10T09:00:00Z");
  await openMeeting(manager, first);
  await closeMeeting(manager, first, "Nothing to promise.");
  app.setNow("2026-03-12T09:00:00Z");
  await say("month", 35_000_00);
  const next = await makeMeeting(app, company, manager, rep, { kind: "weekly-hour", planned_start: "2026-03-13T09:00:00Z" });
  const expected = "March 2026 $35,000 ($5,000 less than when you last met) ; Q1 2026 $90,000 (not said anew since you last met) .";
  const briefing = wordsOf(await (await app.request(`/meetings/${next}/briefing`, { as: manager })).text());
  expect(briefing).toContain(`Rico’s word: ${expected}`);
  await openMeeting(manager, next);
  const room = await (await app.request(`/meetings/${next}/room`, { as: manager })).text();
  const links = [...room.matchAll(/room\?section=([0-9a-f-]{36})"[^>]*>.*?<span class="title">([^<]*)/gs)];
  const results = links.find(([, , title]) => title === "Results")?.[1] ?? "";
  expect(wordsOf(await (await app.request(`/meetings/${next}/room?section=${results}`, { as: manager })).text())).toContain(expected);
});
