import { describe, expect, test } from "vitest";
import { addEntry } from "../../src/domain/entries/add-entry.ts";
import { makeCommitment } from "../../src/domain/commitments/make-commitment.ts";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import { addPoint } from "../../src/domain/points/add-point.ts";
import { closeMeeting } from "../../src/domain/records/close-meeting.ts";
import { questionsToAsk } from "../../src/method/questions-to-ask.ts";
import { readingTime } from "../../src/method/reading-time.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeMeeting, makeNextStep, makePair, makePerson } from "../builders/company.ts";
import { meetingsSeenBy, makeSlot } from "../builders/slots.ts";
import { makeHistories } from "../builders/histories.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();

/** A pair that met on 2 March, promised one thing, noted one that does not work, and meets again on 9 March. */
async function makeBriefed() {
  app.setNow("2026-03-02T09:00:00Z");
  const { company, manager, rep } = await makePair(app);
  const first = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-02T09:00:00Z" });
  await openMeeting(manager, first);
  await makeCommitment(manager, {
    id: newId(),
    meetingId: first,
    owner: "rep",
    words: "Call the board of Zoomit",
    dueOn: "2026-03-06",
    hangsOn: "action",
    hangsWords: "",
    opportunityId: null,
  });
  await addEntry(rep, {
    id: newId(),
    meetingId: first,
    side: "not working",
    about: "process",
    theme: "Legal",
    words: "Contracts wait a week",
  });
  await closeMeeting(manager, first, "");
  const start = { owner: rep, stage: "Prospecting", close_on: "2026-06-30" };
  await makeHistories(app, company, [
    {
      steps: [
        { ...start, at: "2026-02-01T12:00:00Z", name: "Isdom", amount: 100_000 },
        { at: "2026-03-05T12:00:00Z", stage: "Engaging" },
      ],
    },
    {
      steps: [
        { ...start, at: "2026-02-01T12:00:00Z", name: "Sonron", amount: 100_000 },
        { at: "2026-03-05T12:00:00Z", close_on: "2026-07-15" },
      ],
    },
    {
      steps: [
        { ...start, at: "2026-01-01T12:00:00Z", name: "Zoomit", amount: 100_000 },
        { at: "2026-03-01T12:00:00Z", stage: "Engaging" },
      ],
    },
    { steps: [{ ...start, at: "2026-01-05T12:00:00Z", name: "Finhigh", amount: 100_000 }] },
    { steps: [{ ...start, at: "2026-03-04T12:00:00Z", name: "Cancity", amount: 250_000 }] },
  ]);
  const meeting = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-09T09:00:00Z" });
  app.setNow("2026-03-08T09:00:00Z");
  return { company, manager, rep, meeting, first };
}
const read = async (as: Ctx, meeting: string) => {
  const response = await app.request(`/meetings/${meeting}/briefing`, { as });
  return { status: response.status, words: wordsOf(await response.text()) };
};

describe("the briefing", () => {
  test("says what was promised, what is news since the pair last met, and what does not work", async () => {
    const { manager, meeting } = await makeBriefed();
    const { words } = await read(manager, meeting);
    expect(words).toContain("Call the board of Zoomit");
    expect(words).toContain("was due 6 Mar");
    expect(words).toContain("Since 2 March");
    expect(words).toMatch(/New 1 Cancity , \$2,500/);
    expect(words).toMatch(/Moved 1 Isdom , \$1,000 from Prospecting to Engaging/);
    expect(words).toMatch(/Slipped 1 Sonron , \$1,000 from 30 Jun to 15 Jul/);
    expect(words).toMatch(/Stuck, nothing for more than 30 days: 1 Finhigh , \$1,000 61 days in Prospecting/);
    expect(words).toContain("Contracts wait a week");
    expect(words).toContain("Sonron moved from 30 Jun to 15 Jul: what did the customer say that made it later?");
    expect(words).toContain("Open now: 5 opportunities, $6,500.");
  });

  test("stands the rep's own figures beside the results once handed in", async () => {
    const { manager, rep, meeting } = await makeBriefed();
    const path = `/meetings/${meeting}/preparation`;
    await app.request(`${path}/figures`, { as: rep, form: { "typed month_result stated": "500", "typed month_result wish": "9k" } });
    expect((await read(manager, meeting)).words).not.toContain("said $500");
    await app.request(`${path}/hand-in`, { as: rep, form: {} });
    expect((await read(manager, meeting)).words).toMatch(/said \$500 , was \$0: \$500 too high ?\. Would like \$9,000/);
  });

  test("fits into five minutes however much has happened, and says how long it takes", async () => {
    const { company, manager, rep, meeting } = await makeBriefed();
    await makeHistories(
      app,
      company,
      Array.from({ length: 120 }, (_, n) => ({
        steps: [{ at: "2026-03-05T12:00:00Z", owner: rep, name: `Deal with a name ${n}`, amount: n }],
      })),
    );
    for (let n = 0; n < 12; n++)
      await addPoint(rep, { id: newId(), meetingId: meeting, sectionId: null, words: `Point ${n} about something` });
    const { words } = await read(manager, meeting);
    const said = /(\d+) minutes? to read \((\d[\d,]*) words\)/.exec(words);
    expect(Number(said?.[1])).toBeLessThanOrEqual(5);
    expect(Number(said?.[2]?.replace(",", ""))).toBeGreaterThan(100);
    expect(words).toContain("And 115 more");
  });

  test("is the manager's and the co-coach's; the co-coach is told that the pipeline is not shown to them", async () => {
    const { company, manager, rep, meeting } = await makeBriefed();
    const coach = await makePerson(app, company, { name: "Cora Coach", roles: ["manager"] });
    await makeSlot(company, manager, rep, { startsOn: "2026-03-16", coCoachId: coach.viewer.personId });
    const coached = (await meetingsSeenBy(coach))[0]?.id ?? "";
    const { words } = await read(coach, coached);
    expect(words).toContain("They are shown to whom Rico reports");
    expect(words).not.toContain("Isdom");
    const leader = await makePerson(app, company, { roles: ["leader"] });
    expect((await read(leader, meeting)).status).toBe(404);
    expect((await read(rep, meeting)).status).toBe(303);
  });

  test("of a meeting that was held, says what was known when it began", async () => {
    const { company, manager, rep, meeting } = await makeBriefed();
    await openMeeting(manager, meeting);
    app.setNow("2026-03-20T09:00:00Z");
    await makeHistories(app, company, [{ steps: [{ at: "2026-03-15T12:00:00Z", owner: rep, name: "Later", amount: 1 }] }]);
    expect((await read(manager, meeting)).words).not.toContain("Later");
  });

  test("two months below plan ask for the next step", async () => {
    const { company, manager, rep, meeting } = await makeBriefed();
    await asActor(app, "set-up", company.orgId, (db) =>
      db
        .insertInto("quota")
        .values(
          ["2026-01-01", "2026-02-01"].map((month) => ({
            org_id: company.orgId,
            person_id: rep.viewer.personId,
            month,
            amount_minor: 1000,
            currency: "USD",
          })),
        )
        .execute(),
    );
    expect((await read(manager, meeting)).words).toContain("Second month in a row below plan: which next step do you two agree on?");
    await makeNextStep(app, company, meeting, manager);
    const after = (await read(manager, meeting)).words;
    expect(after).toContain("2 months in a row below plan. Agreed on 8 March: Two visits a week");
    expect(after).not.toContain("which next step");
  });

  test("before the first one-on-one says so and looks back thirty days", async () => {
    const { company, manager, rep } = await makePair(app);
    app.setNow("2026-03-08T09:00:00Z");
    await makeHistories(app, company, [{ steps: [{ at: "2026-02-20T12:00:00Z", owner: rep, name: "Cancity", amount: 1 }] }]);
    const meeting = await makeMeeting(app, company, manager, rep, { planned_start: "2026-03-09T09:00:00Z" });
    const { words } = await read(manager, meeting);
    expect(words).toContain("You two have not met yet; these are the last thirty days.");
    expect(words).toContain("Cancity");
  });
});

test("questions come from the facts, the weightiest first, and never more than seven", () => {
  const none = { overdue: [], missed: null, statedShareOff: null, slipped: [], stuck: [], lost: [], won: [], created: null };
  expect(questionsToAsk(none)).toEqual([]);
  expect(questionsToAsk({ ...none, missed: 1, created: 3, statedShareOff: 0.05 })).toEqual([]);
  const many = questionsToAsk({
    overdue: ["a", "b", "c"],
    missed: 3,
    statedShareOff: 0.5,
    slipped: [{ name: "S", from: "1 Jan", to: "2 Feb" }],
    stuck: [{ name: "T", days: 40 }],
    lost: ["L"],
    won: ["W"],
    created: 0,
  });
  expect(many).toHaveLength(7);
  expect(many[0]).toContain("Third month in a row");
});

test("the reading time counts what can be read, not the marks around it", () => {
  expect(readingTime("<p class='a b c'>One two <b>three</b> – 4</p>")).toEqual({ words: 4, minutes: 1 });
  expect(readingTime(`<p>${"word ".repeat(441)}</p>`).minutes).toBe(3);
});
