import { expect, test } from "vitest";
import { openMeeting } from "../../src/domain/meetings/open-meeting.ts";
import { known, refused } from "../../src/method/estimate.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { type Company, makeMeeting, makeOpportunity, makePair } from "../builders/company.ts";
import { someNumbers, storeNumbers } from "../coverage/some-numbers.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
app.setNow("2026-02-20T09:00:00Z");

const words = (html: string): string => wordsOf(html.slice(Math.max(0, html.indexOf("<main"))));

async function roomOf(as: Ctx, meeting: string, title: string): Promise<{ section: string; html: string; words: string }> {
  const first = await (await app.request(`/meetings/${meeting}/room`, { as })).text();
  const links = [...first.matchAll(/room\?section=([0-9a-f-]{36})"[^>]*>.*?<span class="title">([^<]*)/gs)];
  const section = links.find(([, , name]) => name?.trim() === title)?.[1] ?? "";
  const html = await (await app.request(`/meetings/${meeting}/room?section=${section}`, { as })).text();
  return { section, html, words: words(html) };
}

const perWin = [
  { type: "call", done: 60, weeks: [], trend: refused("periods", 0, 8, "weeks"), perWin: known({ each: 5, low: 4, high: 6 }) },
  { type: "demo", done: 1, weeks: [], trend: refused("periods", 0, 8, "weeks"), perWin: refused("wins", 3, 5, "won deals") },
];
const activities = { from: "2025-02-20", until: "2026-02-21", won: 12, weeksFrom: "2025-12-29", types: perWin };

async function makeHeld(kind = "weekly-hour"): Promise<{ company: Company; manager: Ctx; rep: Ctx; meeting: string }> {
  const { company, manager, rep } = await makePair(app);
  const meeting = await makeMeeting(app, company, manager, rep, { kind });
  return { company, manager, rep, meeting };
}

const setQuota = (company: Company, rep: Ctx, month: string, amount: number) =>
  asActor(app, "set-up", company.orgId, (db) =>
    db
      .insertInto("quota")
      .values({ org_id: company.orgId, person_id: rep.viewer.personId, month, amount_minor: amount, currency: "USD" })
      .execute(),
  );

test("a month below plan is dug into with A prospects, what the result took in own activities, and what to find", async () => {
  const { company, manager, rep, meeting } = await makeHeld();
  await setQuota(company, rep, "2026-01-01", 29_300_00);
  await makeOpportunity(app, company, rep, {
    name: "Zoomit",
    amount_minor: 4_000_00,
    close_on: "2026-02-25",
    created_at: "2026-01-05T08:00:00Z",
  });
  await asActor(app, "import", company.orgId, (db) =>
    db
      .insertInto("activity")
      .values(
        ["2026-01-10", "2026-01-11", "2026-02-02"].map((day) => ({
          org_id: company.orgId,
          id: newId(),
          source: "test",
          external_id: newId(),
          type: "call",
          person_id: rep.viewer.personId,
          at: new Date(`${day}T10:00:00Z`),
        })),
      )
      .execute(),
  );
  await storeNumbers(app, rep, { quota: known(someNumbers({ activities })) });
  await openMeeting(manager, meeting);
  const room = await roomOf(manager, meeting, "Results");
  expect(room.words).toContain("January was $29,300 short");
  expect(room.words).toContain("1 deal ready to be closed, $4,000.");
  expect(room.words).toContain("$29,300 at $2,930 a deal takes 10 deals: 50 calls. Done in January: 2 calls.");
  expect(room.words).toContain("9 new opportunities by 13 March close the year-end gap");
  expect(room.html).toContain(`/people/${rep.viewer.personId}/results`);
});

test("deals in another currency count by its rate, and are named while it has none", async () => {
  const { company, manager, rep, meeting } = await makeHeld();
  await setQuota(company, rep, "2026-01-01", 29_300_00);
  const deal = { close_on: "2026-02-25", created_at: "2026-01-05T08:00:00Z" };
  await makeOpportunity(app, company, rep, { ...deal, name: "Zoomit", amount_minor: 4_000_00 });
  await makeOpportunity(app, company, rep, { ...deal, name: "Lyon", amount_minor: 1_000_00, currency: "EUR" });
  await openMeeting(manager, meeting);
  expect((await roomOf(manager, meeting, "Results")).words).toContain(
    "2 deals ready to be closed, $4,000, without those in EUR, which have no rate.",
  );
  expect((await roomOf(manager, meeting, "Pipeline balance")).words).toMatch(/1 deal in EUR has no rate and is left out.*Engaging \$4,000/);
  await app.database.ownerPool.query(
    "insert into exchange_rate (org_id, into_currency, currency, from_on, rate, set_at) values ($1, 'USD', 'EUR', '2026-01-01', 1.25, now())",
    [company.orgId],
  );
  expect((await roomOf(manager, meeting, "Results")).words).toContain("2 deals ready to be closed, $5,250.");
  expect((await roomOf(manager, meeting, "Pipeline balance")).words).toContain("Engaging $5,250");
});

test("a month that reached its plan is celebrated, and a goal that is won already too", async () => {
  const { company, manager, rep, meeting } = await makeHeld();
  await setQuota(company, rep, "2026-01-01", 1_000_00);
  await makeOpportunity(app, company, rep, {
    stage: "Won",
    amount_minor: 2_000_00,
    close_on: "2026-01-20",
    created_at: "2026-01-05T08:00:00Z",
  });
  await storeNumbers(app, rep, { quota: known(someNumbers({}, { month: 20_000, quarter: 147_000, year: 260_000 })) });
  await openMeeting(manager, meeting);
  const room = await roomOf(manager, meeting, "Results");
  expect(room.words).toContain("January reached Rico closed $2,000 against a plan of $1,000.");
  expect(room.words).toContain("The plan of this month is reached already Rico has closed $23k of $20k");
  expect(room.words).not.toContain("Look together");
});

test("a plan of nothing is neither celebrated nor dug into, and a month without plan says where to set one", async () => {
  const { company, manager, rep, meeting } = await makeHeld();
  await setQuota(company, rep, "2026-01-01", 0);
  await openMeeting(manager, meeting);
  const room = await roomOf(manager, meeting, "Results");
  expect(room.words).not.toContain("January reached");
  expect(room.words).not.toContain("Look together");
  const other = await makeHeld();
  await openMeeting(other.manager, other.meeting);
  expect((await roomOf(other.manager, other.meeting, "Results")).words).toContain("No plan is set for January: set it under Quotas");
  expect((await roomOf(other.rep, other.meeting, "Results")).words).toContain("No plan is set for January. Until then");
});

test("pipeline balance shows month, quarter and year end out of own numbers", async () => {
  const { manager, rep, meeting } = await makeHeld();
  await openMeeting(manager, meeting);
  await storeNumbers(app, rep, { quota: refused("history", 41, 90, "days") });
  expect((await roomOf(manager, meeting, "Pipeline balance")).words).toContain("Not enough history: 41 days, 90 needed.");
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  const room = await roomOf(manager, meeting, "Pipeline balance");
  expect(room.words).toContain("$43k short for the quarter. $104k is open, $147k is needed.");
  expect(room.html).toContain('role="img" aria-label="Quarter');
});

test("the wrap-up offers the finding goal as a promise in one press, once", async () => {
  const { manager, rep, meeting } = await makeHeld();
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  await openMeeting(manager, meeting);
  const room = await roomOf(manager, meeting, "What’s next");
  const form = /<form[^>]*finding-offer.*?<\/form>/s.exec(room.html)?.[0] ?? "";
  expect(words(form)).toContain("Offer it to Rico as a promise");
  const fields = Object.fromEntries([...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value ?? ""]));
  for (let twice = 0; twice < 2; twice++)
    expect(
      (await app.request(`/meetings/${meeting}/room/commitments`, { as: manager, form: fields as Record<string, string> })).status,
    ).toBe(303);
  const after = await roomOf(rep, meeting, "What’s next");
  expect(after.words).toContain("Find 9 new opportunities by 13 March, about 9 meetings a week");
  expect(after.words).toContain("Not yet confirmed by Rico");
  expect(after.html).not.toContain("finding-offer");
  const { rows } = await app.database.ownerPool.query(
    "select due_on, hangs_on, owner_id, w.hangs_words from commitment c join commitment_words w on w.commitment_id = c.id where c.meeting_id = $1",
    [meeting],
  );
  expect(rows).toMatchObject([{ hangs_on: "pipeline gap", owner_id: rep.viewer.personId }]);
  expect(rows[0].hangs_words).toMatch(/\$18k to find for .* year/);
});

test("a gap nobody could find in time is not offered as a promise", async () => {
  const { manager, rep, meeting } = await makeHeld();
  const far = someNumbers();
  for (const figures of Object.values(far.horizons))
    if (figures.goal?.finding.known)
      figures.goal.finding = known({ ...figures.goal.finding.value, opportunities: 122, anyway: 6, more: 116, reach: "too many" });
  await storeNumbers(app, rep, { quota: known(far) });
  await openMeeting(manager, meeting);
  expect((await roomOf(manager, meeting, "What’s next")).html).not.toContain("finding-offer");
});

test("what comes at the usual pace anyway is not offered as a promise", async () => {
  const { manager, rep, meeting } = await makeHeld();
  const usual = someNumbers();
  for (const figures of Object.values(usual.horizons))
    if (figures.goal?.finding.known) figures.goal.finding = known({ ...figures.goal.finding.value, reach: "usual pace" });
  await storeNumbers(app, rep, { quota: known(usual) });
  await openMeeting(manager, meeting);
  expect((await roomOf(manager, meeting, "What’s next")).html).not.toContain("finding-offer");
});

test("the briefing tells pace, own numbers, the gap and the coaching goal in a line each", async () => {
  const { manager, rep, meeting } = await makeHeld();
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  const briefing = async () => words(await (await app.request(`/meetings/${meeting}/briefing`, { as: manager })).text());
  const before = await briefing();
  expect(before).toContain("Pace: 71 % of the month gone, 42 % of the plan won: at this pace $32k of $55k.");
  expect(before).toContain(
    "Takes: Rico wins 1 in 1.6 deals at $2,930 in 48 days. So Rico needs 1.7× in open pipeline for the quarter, not 3×.",
  );
  expect(before).toContain("Gap: $43k short for the quarter.");
  expect(before).toContain("To find: 9 new opportunities by 13 March close the year-end gap");
  expect(before).not.toContain("Coaching goal");
  await openMeeting(manager, meeting);
  const form = { id: newId(), owner: "rep", words: "Ask for the next meeting", due_on: "2026-03-06", hangs_on: "skill" };
  await app.request(`/meetings/${meeting}/room/commitments`, { as: manager, form });
  expect(await briefing()).toContain("Coaching goal: Ask for the next meeting, by 6 Mar. Not agreed yet.");
  await storeNumbers(app, rep, { quota: refused("history", 41, 90, "days") });
  expect(await briefing()).toContain("Not yet: Not enough history: 41 days, 90 needed.");
});
