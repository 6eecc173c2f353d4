import { expect, test } from "vitest";
import { known } from "../../src/method/estimate.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makeMeeting, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";
import { someNumbers, storeNumbers } from "./some-numbers.ts";

const app = await makeTestApp();
app.setNow("2026-02-20T09:00:00Z");

async function makeSetting() {
  const { company, manager, rep } = await makePair(app);
  const meeting = await makeMeeting(app, company, manager, rep, { planned_start: "2026-02-23T09:00:00Z" });
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  return { company, manager, rep, meeting, path: `/people/${rep.viewer.personId}/coverage` };
}

const wordsOn = async (path: string, as: Ctx): Promise<string> => {
  const html = await (await app.request(path, { as })).text();
  return wordsOf(html.slice(html.indexOf("<main")));
};
const goalsOf = async (rep: Ctx) =>
  (
    await app.database.ownerPool.query(
      `select c.id, w.words, w.hangs_words, c.hangs_on, c.due_on::text, c.owner_id, c.rep_confirmed_at is not null as rep, c.manager_confirmed_at is not null as manager,
         c.withdrawn_at is not null as withdrawn from commitment c join commitment_words w on w.org_id = c.org_id and w.commitment_id = c.id
       where c.rep_id = $1 order by c.created_at, c.id`,
      [rep.viewer.personId],
    )
  ).rows as {
    id: string;
    words: string;
    hangs_words: string;
    hangs_on: string;
    due_on: string;
    owner_id: string;
    rep: boolean;
    manager: boolean;
    withdrawn: boolean;
  }[];

const goal = (values: Record<string, string> = {}) => ({
  id: newId(),
  gap: "year",
  words: "Find 9 new opportunities by 13 March",
  due_on: "2026-03-13",
  ...values,
});

test("no number that cannot be found is ever proposed: more of what is open, or what to change", async () => {
  const { manager, rep, path } = await makeSetting();
  const offered = async (openMore: number) => {
    const numbers = someNumbers();
    const found = numbers.horizons.year.goal?.finding;
    if (found?.known) Object.assign(found.value, { opportunities: 122, reach: "too many", openMore });
    await storeNumbers(app, rep, { quota: known(numbers) });
    const html = await (await app.request(`${path}/goal?gap=year`, { as: manager })).text();
    expect(wordsOf(html)).not.toContain("122");
    return /<textarea[^>]*>([^<]*)/.exec(html)?.[1];
  };
  expect(await offered(0.2)).toBe("Bring $10k more than expected from what is open, by 31 December");
  expect(await offered(3)).toBe("Choose how the $10k still missing for the year comes in: more deals won, larger deals, or another goal");
});

test("the gap is offered in words and with its day, and hangs on a pipeline gap", async () => {
  const { manager, rep, path } = await makeSetting();
  const html = await (await app.request(`${path}/goal?gap=year`, { as: manager })).text();
  expect(html).toContain("Find 9 new opportunities by 13 March, about 9 meetings a week");
  expect(html).toContain('value="2026-03-13"');
  const form = goal();
  for (const _ of [1, 2]) expect((await app.request(`${path}/goal`, { as: manager, form })).status).toBe(303);
  expect(await goalsOf(rep)).toMatchObject([
    {
      hangs_on: "pipeline gap",
      hangs_words: "$18k to find for Rico’s year",
      due_on: "2026-03-13",
      owner_id: rep.viewer.personId,
      rep: false,
      manager: true,
    },
  ]);
});

test("a goal a manager puts is none until the rep says yes", async () => {
  const { manager, rep, path } = await makeSetting();
  await app.request(`${path}/goal`, { as: manager, form: goal() });
  expect(await wordsOn(path, manager)).toContain("Waiting for Rico’s yes");
  expect(await wordsOn(path, rep)).toContain("Will you?");
  const [one] = await goalsOf(rep);
  // Nobody says yes for the rep.
  await app.request(`/commitments/${one?.id}/agree`, { as: manager, form: { back: path } });
  expect((await goalsOf(rep))[0]?.rep).toBe(false);
  const response = await app.request(`/commitments/${one?.id}/agree`, { as: rep, form: { back: path } });
  expect(response.headers.get("location")).toBe(path);
  expect((await goalsOf(rep))[0]).toMatchObject({ rep: true, manager: true });
  expect(await wordsOn(path, manager)).toContain("Agreed");
});

test("no, rather: the rep’s own words stand in its place, what was asked stays to be read, and the manager agrees", async () => {
  const { manager, rep, path } = await makeSetting();
  await app.request(`${path}/goal`, { as: manager, form: goal() });
  const [asked] = await goalsOf(rep);
  const instead = { id: newId(), words: "Win back Harbour Lights", back: "/commitments" };
  expect((await app.request(`/commitments/${asked?.id}/rather`, { as: manager, form: { ...instead, id: newId() } })).status).toBe(404);
  for (const _ of [1, 2]) expect((await app.request(`/commitments/${asked?.id}/rather`, { as: rep, form: instead })).status).toBe(303);
  expect(await goalsOf(rep)).toMatchObject([
    { words: "Find 9 new opportunities by 13 March", withdrawn: true, rep: false },
    {
      words: "Win back Harbour Lights",
      hangs_words: "Instead of: Find 9 new opportunities by 13 March",
      hangs_on: "pipeline gap",
      rep: true,
      manager: false,
    },
  ]);
  expect(await wordsOn(path, manager)).toContain("Agree to it");
  await app.request(`/commitments/${instead.id}/agree`, { as: manager, form: { back: path } });
  expect((await goalsOf(rep))[1]).toMatchObject({ rep: true, manager: true });
});

test("a rep makes it the own goal, and the manager agrees", async () => {
  const { rep, path, manager } = await makeSetting();
  await app.request(`${path}/goal`, { as: rep, form: goal({ words: "Two hours of calls each morning" }) });
  expect((await goalsOf(rep))[0]).toMatchObject({ rep: true, manager: false });
  expect(await wordsOn("/commitments", manager)).toContain("Agree to it");
});

test("what is missing is said at its field, with everything typed kept", async () => {
  const { manager, path } = await makeSetting();
  const past = await app.request(`${path}/goal`, { as: manager, form: goal({ due_on: "2026-02-19", words: "Kept words" }) });
  expect(past.status).toBe(422);
  const html = await past.text();
  expect(html).toContain("That day has passed. Pick one to come.");
  expect(html).toContain("Kept words");
  expect((await app.request(`${path}/goal`, { as: manager, form: goal({ words: "  " }) })).status).toBe(422);
});

test("a goal is due within two years", async () => {
  const { manager, rep, path } = await makeSetting();
  const far = await app.request(`${path}/goal`, { as: manager, form: goal({ due_on: "9999-12-31" }) });
  expect(far.status).toBe(422);
  expect(await far.text()).toContain("That is more than two years ahead. Pick a nearer day.");
  expect(await goalsOf(rep)).toEqual([]);
  expect((await app.request(`${path}/goal`, { as: manager, form: goal({ due_on: "2028-02-20" }) })).status).toBe(303);
});

test("a lever is offered once in words, and until the end of the quarter, or of the next where this one is nearly over", async () => {
  const { manager, path } = await makeSetting();
  const offered = async (lever: string, steps: number) => {
    const html = await (await app.request(`${path}/goal?lever=${encodeURIComponent(lever)}&steps=${steps}`, { as: manager })).text();
    return [/<textarea[^>]*>([^<]*)/.exec(html)?.[1], /name="due_on"[^>]*value="([^"]*)"/.exec(html)?.[1]];
  };
  expect(await offered("deal size", 5)).toEqual(["5 % larger deals", "2026-03-31"]);
  expect((await offered("opportunities", 3))[0]).toBe("Three more opportunities a month");
  app.setNow("2026-03-15T09:00:00Z");
  expect((await offered("deal size", 5))[1]).toBe("2026-06-30");
  app.setNow("2026-02-20T09:00:00Z");
});

test("a slider at nothing offers no goal", async () => {
  const { manager, path } = await makeSetting();
  const link = async (query: string) =>
    /<a[^>]*data-goal[^>]*lever=deal[^>]*>/.exec(await (await app.request(`${path}?${query}`, { as: manager })).text())?.[0];
  expect(await link("size=0")).toMatch(/ hidden/);
  expect(await link("size=2")).not.toMatch(/ hidden/);
});

test("a rep whose next one-on-one is not planned is not told to plan one", async () => {
  const { rep } = await makePair(app);
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  const path = `/people/${rep.viewer.personId}/coverage/goal`;
  const words = await wordsOn(`${path}?gap=year`, rep);
  expect(words).toContain("Your next one-on-one is not planned yet");
  expect(words).toContain("your manager plans those");
  expect(words).not.toContain("Plan one first");
  const late = await (await app.request(path, { as: rep, form: goal() })).text();
  expect(late).not.toContain("Plan one first");
});

test("without a one-on-one ahead the page says to plan one", async () => {
  const { manager, rep } = await makePair(app);
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  expect(await wordsOn(`/people/${rep.viewer.personId}/coverage/goal?gap=year`, manager)).toContain("No one-on-one of you two is planned");
});

test("a leader above neither puts a goal nor reads one", async () => {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const manager = await makePerson(app, company, { roles: ["manager"], manager: leader });
  const rep = await makePerson(app, company, { manager });
  await makeMeeting(app, company, manager, rep, { planned_start: "2026-02-23T09:00:00Z" });
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  const path = `/people/${rep.viewer.personId}/coverage`;
  await app.request(`${path}/goal`, { as: manager, form: goal({ words: "Between the two of us" }) });
  const words = await wordsOn(path, leader);
  expect(words).not.toContain("Between the two of us");
  expect(words).not.toContain("Make it a coaching goal");
  expect((await app.request(`${path}/goal`, { as: leader })).status).toBe(404);
  expect((await app.request(`${path}/goal`, { as: leader, form: goal() })).status).toBe(404);
});
