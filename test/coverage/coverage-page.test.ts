import { expect, test } from "vitest";
import { sayGoals } from "../../src/domain/goals/say-goals.ts";
import { newId } from "../../src/platform/new-id.ts";
import { known, refused } from "../../src/method/estimate.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { makeCompany, makeMeeting, makeOpportunity, makePair, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";
import type { PersonNumbers } from "../../src/domain/numbers/stored-shape.ts";
import { someNumbers, storeNumbers } from "./some-numbers.ts";

const app = await makeTestApp();
app.setNow("2026-02-20T09:00:00Z");

const wordsFor = async (rep: Ctx, as: Ctx): Promise<string> => {
  const response = await app.request(`/people/${rep.viewer.personId}/coverage`, { as });
  expect(response.status).toBe(200);
  const html = await response.text();
  return wordsOf(html.slice(html.indexOf("<main")));
};

test("own pace, what each horizon needs and what to find are said in plain sentences", async () => {
  const { manager, rep } = await makePair(app);
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  const words = await wordsFor(rep, manager);
  expect(words).toContain("Rico wins 1 in 1.6 deals at $2,930 in 48 days. So Rico needs 1.7× in open pipeline for the quarter, not 3×.");
  expect(words).toContain("Enough for February. $104k is open, $61k is needed. Chance 74 %.");
  expect(words).toContain("$43k short for the quarter. $104k is open, $147k is needed. Chance 44 %.");
  expect(words).toContain("$104k short for the year.");
  expect(words).toContain("9 new opportunities by 13 March close the year-end gap: about 9 meetings a week.");
  expect(words).toContain("133 won of 214 closed deals");
  expect(words).toContain("Numbers of 9:00 today.");
  const own = await wordsFor(rep, rep);
  expect(own).toContain("You win 1 in 1.6 deals at $2,930 in 48 days. So you need 1.7×");
});

test("enough on average is told from enough, and a bar of which nothing can be said has neither colour nor mark", async () => {
  const { rep } = await makePair(app);
  const page = async (change: (numbers: PersonNumbers) => void) => {
    const numbers = someNumbers();
    change(numbers);
    await storeNumbers(app, rep, { quota: known(numbers) });
    return (await app.request(`/people/${rep.viewer.personId}/coverage`, { as: rep })).text();
  };
  const likely = await page(({ horizons: { month } }) => {
    if (month.goal?.chance.known) month.goal.chance.value.chance = 0.4;
  });
  expect(wordsOf(likely)).toContain(
    "Enough for February, but only on average. $104k is open, $61k is needed. Chance 40 %: more often than not it ends below.",
  );
  expect(likely).not.toContain("cover enough");
  const untold = await page(({ horizons }) => {
    for (const { goal } of Object.values(horizons)) if (goal) goal.coverage = refused("deals", 2, 5, "open deals");
  });
  expect(untold.match(/cover untold/g)).toHaveLength(3);
  expect(wordsOf(untold)).not.toContain("Thin line");
});

test("the chart has a name for whoever cannot see it, and a table behind it", async () => {
  const { rep } = await makePair(app);
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  const html = await (await app.request(`/people/${rep.viewer.personId}/coverage`, { as: rep })).text();
  expect(html).toContain(
    'role="img" aria-label="Quarter: $104k open, $61k of it verified, $21k of it too old to close, $147k needed, likely between $118k and $176k"',
  );
  expect(html).toContain("Needed to be sure four times in five");
  expect(html).not.toContain("style=");
});

test("the own goal leads with quota beside it for the pair; the leader above sees quota alone", async () => {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const manager = await makePerson(app, company, { roles: ["manager"], manager: leader });
  const rep = await makePerson(app, company, { name: "Rico Rep", manager });
  // Numbers against a goal are read by whoever reads the goal: the rep and the manager they said it to.
  await app.database.ownerPool.query(
    `insert into goal (org_id, id, person_id, manager_id, horizon, period_on, amount_minor, currency, said_at)
     values ($1, gen_random_uuid(), $2, $3, 'year', '2026-01-01', 33300000, 'USD', $4)`,
    [company.orgId, rep.viewer.personId, manager.viewer.personId, app.clock.now()],
  );
  const own = someNumbers({}, { month: 70_000, quarter: 180_000, year: 333_000 });
  await storeNumbers(app, rep, { quota: known(someNumbers()), goal: known(own) });
  for (const viewer of [manager, rep]) {
    const words = await wordsFor(rep, viewer);
    expect(words).toContain("goal $333k quota $260k");
    expect(words).toContain("only the two of you");
  }
  const above = await wordsFor(rep, leader);
  expect(above).toContain("quota $260k");
  expect(above).not.toContain("$333");
  expect(above).not.toContain("own goals: only");
});

test("too little history is refused in plain words, with what is missing and what to do", async () => {
  const { manager, rep } = await makePair(app);
  await storeNumbers(app, rep, { quota: refused("history", 41, 90, "days") });
  const words = await wordsFor(rep, manager);
  expect(words).toContain("Too early to say");
  expect(words).toContain("Not enough history: 41 days, 90 needed. Bring older closed deals from the CRM, or wait 49 days");
});

test("without numbers, goals or deals the page says what to do first", async () => {
  const { manager, rep } = await makePair(app);
  expect(await wordsFor(rep, manager)).toContain("No numbers yet");
  await storeNumbers(app, rep, { quota: known(noGoals()) });
  expect(await wordsFor(rep, manager)).toContain("No quota or goal for the quarter.");
  expect(await wordsFor(rep, rep)).toContain("Say what you want to reach");
  const without = someNumbers({ open: { minor: 0, deals: 0 }, verified: null, stale: null });
  for (const figures of Object.values(without.horizons)) if (figures.goal) figures.goal.coverage = refused("deals", 0, 5, "open deals");
  await storeNumbers(app, rep, { quota: known(without) });
  expect(await wordsFor(rep, manager)).toContain("Cannot tell for February. Not enough open deals: 0, 5 needed.");
  expect(await wordsFor(rep, manager)).toContain("Cannot tell for the year. For the same reason.");
});

function noGoals() {
  const numbers = someNumbers();
  for (const figures of Object.values(numbers.horizons)) figures.goal = null;
  return numbers;
}

test("a person outside has no such page, and a leader's opening of it is written down", async () => {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"], name: "Lena Leader" });
  const manager = await makePerson(app, company, { roles: ["manager"], manager: leader });
  const rep = await makePerson(app, company, { manager });
  const other = await makePerson(app, company, { manager });
  const admin = await makePerson(app, company, { roles: ["admin"] });
  const path = `/people/${rep.viewer.personId}/coverage`;
  for (const as of [other, admin]) expect((await app.request(path, { as })).status).toBe(404);
  expect((await app.request(`/people/${manager.viewer.personId}/coverage`, { as: leader })).status).toBe(404);
  await app.request(path, { as: leader });
  const { rows } = await app.database.ownerPool.query("select what from reading where person_id = $1", [rep.viewer.personId]);
  expect(rows).toEqual([{ what: "coverage" }]);
});

test("small gains are worked out on the server from the address, as the sliders would", async () => {
  const { rep } = await makePair(app);
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  const html = await (
    await app.request(`/people/${rep.viewer.personId}/coverage?size=10&win=0&opportunities=0&cycle=0`, { as: rep })
  ).text();
  const words = wordsOf(html);
  expect(words).toContain("Together +10 % , $23,300 a year");
  expect(words).toContain("The smallest set that reaches the year’s quota ($260k):");
  expect(words).toContain(
    "That is over twelve months from now, all of them with these gains. The chance above is for what is left of 2026",
  );
  expect(html).toContain('aria-valuetext="+10 %, worth $23,300 a year"');
  for (const odd of ["size=x", "size=-4", "size=99999", "win=%00"])
    expect((await app.request(`/people/${rep.viewer.personId}/coverage?${odd}`, { as: rep })).status).toBe(200);
});

test("a lever is a goal too: its words, and what it is worth", async () => {
  const { company, manager, rep } = await makePair(app);
  await makeMeeting(app, company, manager, rep, { planned_start: "2026-02-23T09:00:00Z" });
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  const path = `/people/${rep.viewer.personId}/coverage/goal?lever=win+chance&steps=2`;
  const html = await (await app.request(path, { as: manager })).text();
  expect(html).toContain("Two points of win rate: 63 → 65 %");
  expect(html).toContain("Worth $7,456 a year.");
});

test("the awesome stands beside it for the pair: words, number, chance, what moves it, who can read it", async () => {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const manager = await makePerson(app, company, { name: "Mara Manager", roles: ["manager"], manager: leader });
  const rep = await makePerson(app, company, { name: "Rico Rep", manager });
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  expect(await wordsFor(rep, rep)).toContain("What would make 2026 awesome for you?");
  await sayGoals(rep, {
    personId: rep.viewer.personId,
    id: newId(),
    aspiration: { year: "2026-01-01", words: "Lisbon in May", amountMinor: 33_300_000 },
    goals: [{ horizon: "year", month: "2026-01-01", amountMinor: 33_300_000 }],
  });
  expect(await wordsFor(rep, rep)).toContain("The chance of it is being worked out.");
  await storeNumbers(app, rep, {
    quota: known(someNumbers()),
    goal: known(someNumbers({}, { month: 70_000, quarter: 180_000, year: 333_000 })),
  });
  const own = await wordsFor(rep, rep);
  expect(own).toContain("“Lisbon in May” That is $333,000 won in 2026, 28 % above quota. Chance today 38 % .");
  expect(own).toContain("What moves it most: ten percent more new opportunities makes it 47 % .");
  expect(own).toContain("Only you and Mara can read this.");
  expect(await wordsFor(rep, manager)).toContain("Only Rico and you can read this.");
  const above = await wordsFor(rep, leader);
  for (const hidden of ["Lisbon", "333", "wesome"]) expect(above).not.toContain(hidden);
});

test("the awesome of a year is that of the organisation's day, as the numbers are", async () => {
  const company = await makeCompany(app, { time_zone: "Pacific/Auckland" });
  const manager = await makePerson(app, company, { roles: ["manager"] });
  const rep = await makePerson(app, company, { manager, time_zone: "America/New_York" });
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  const now = app.clock.now().toISOString();
  app.setNow("2026-12-31T12:00:00Z");
  const aspiration = { year: "2027-01-01", words: "Lisbon in May", amountMinor: 1 };
  await sayGoals(rep, { personId: rep.viewer.personId, id: newId(), aspiration, goals: [] });
  const own = await wordsFor(rep, rep);
  const goals = await (await app.request(`/people/${rep.viewer.personId}/aspiration`, { as: rep })).text();
  app.setNow(now);
  expect(own).toContain("Lisbon in May");
  expect(goals).toContain("Lisbon in May");
});

test("commission is told where a rate is set, to whom it is shown", async () => {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const manager = await makePerson(app, company, { roles: ["manager"], manager: leader });
  const rep = await makePerson(app, company, { manager });
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  await app.database.ownerPool.query(
    "insert into commission_rate (org_id, person_id, from_on, basis_points, set_at) values ($1, $2, '2026-01-01', 800, now())",
    [company.orgId, rep.viewer.personId],
  );
  for (const as of [manager, rep]) expect(await wordsFor(rep, as)).toContain("in commission");
  expect(await wordsFor(rep, leader)).not.toContain("in commission");
});

const withYear = (changes: Record<string, unknown>) => {
  const numbers = someNumbers();
  for (const horizon of ["quarter", "year"] as const) {
    const found = numbers.horizons[horizon].goal?.finding;
    if (found?.known) Object.assign(found.value, changes);
  }
  return known(numbers);
};

test("what finding alone cannot close is no finding goal: too late, or far more than was ever found; what else would is said", async () => {
  const { manager, rep } = await makePair(app);
  await storeNumbers(app, rep, { quota: withYear({ by: "2026-02-20", opportunities: 122, reach: "too late" }) });
  const late = await wordsFor(rep, manager);
  expect(late).toContain("New deals come too late for the $18k that open ones leave for the year");
  expect(late).not.toContain("122 new opportunities");
  const goal = await (await app.request(`/people/${rep.viewer.personId}/coverage/goal?gap=year`, { as: rep })).text();
  expect(goal).not.toContain("122");
  await storeNumbers(app, rep, { quota: withYear({ by: "2026-03-13", opportunities: 122, reach: "too many" }) });
  const many = await wordsFor(rep, rep);
  expect(many).toContain("it would take 122 new ones by 13 March, and 6 is the most you ever found in as long.");
  expect(many).toContain("Found as usual, $10k is left: 20 % more from what is open brings it, won more often or larger.");
  expect(many).not.toContain("122 new opportunities");
});

test("what comes at the usual pace is said as that, not as more to do", async () => {
  const { rep } = await makePair(app);
  await storeNumbers(app, rep, { quota: withYear({ by: "2026-03-13", reach: "usual pace" }) });
  const words = await wordsFor(rep, rep);
  expect(words).toContain("9 new opportunities by 13 March are still to come for the year: your usual pace, about 9 meetings a week.");
  expect(words).not.toContain("close the year-end gap");
});

const tight = (chance: number) => {
  const numbers = someNumbers();
  const { goal } = numbers.horizons.month;
  if (goal?.coverage.known) Object.assign(goal.coverage.value, { neededMinor: 30_000_000, times: 40 });
  if (goal?.chance.known) goal.chance.value.chance = chance;
  return known(numbers);
};

test("where nothing has to be open, usual finding is said to be enough", async () => {
  const { rep } = await makePair(app);
  const numbers = someNumbers({
    winRate: refused("outcomes", 0, 1, "closed deals"),
    dealSize: refused("wins", 0, 1, "won deals"),
    cycle: refused("wins", 0, 1, "won deals"),
  });
  const { goal } = numbers.horizons.month;
  if (goal?.coverage.known) goal.coverage.value.neededMinor = 0;
  await storeNumbers(app, rep, { quota: known(numbers) });
  const words = await wordsFor(rep, rep);
  expect(words).toContain("Enough for February. Deals still to be found bring it at the usual pace; $104k is open besides.");
  expect(words).toContain("You need 1.7× in open pipeline for the quarter, not 3×.");
  expect(words).not.toContain("of $0");
});

test("a quota of nothing asks for nothing, on the coverage and on the results", async () => {
  const { company, rep } = await makePair(app);
  await storeNumbers(app, rep, { quota: known(someNumbers({}, { month: 0, quarter: 147_000, year: 260_000 })) });
  const words = await wordsFor(rep, rep);
  expect(words).toContain("Nothing is asked for February. The quota is $0; $23k is won.");
  expect(words).not.toContain("of $0.");
  await app.database.ownerPool.query(
    "insert into quota (org_id, person_id, month, amount_minor, currency) values ($1, $2, '2026-02-01', 0, 'USD')",
    [company.orgId, rep.viewer.personId],
  );
  const results = wordsOf(await (await app.request(`/people/${rep.viewer.personId}/results`, { as: rep })).text());
  expect(results).toContain("The plan is $0: nothing is asked.");
  expect(results).not.toContain("There is no goal or plan for the whole month");
});

test("of somebody who has left it says when, and puts no goal to them", async () => {
  const { manager, rep } = await makePair(app);
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  expect(await wordsFor(rep, manager)).toContain("Make it a coaching goal");
  await app.database.ownerPool.query("update person set left_on = '2026-02-10' where id = $1", [rep.viewer.personId]);
  const words = await wordsFor(rep, manager);
  expect(words).toContain("Left on 10 February 2026.");
  expect(words).not.toContain("oaching goal");
  expect(words).not.toContain("has not said yet");
});

test("a fair chance is never called out of reach", async () => {
  const { rep } = await makePair(app);
  await storeNumbers(app, rep, { quota: tight(0.31) });
  expect(await wordsFor(rep, rep)).toContain("$196k short for February. $104k is open, $300k is needed. Chance 31");
  await storeNumbers(app, rep, { quota: tight(0.04) });
  expect(await wordsFor(rep, rep)).toContain("Not from deals like these.");
});

test("deals that no rate exchanges are named beside the numbers that leave them out", async () => {
  const { company, manager, rep } = await makePair(app);
  await storeNumbers(app, rep, { quota: known(someNumbers()) });
  expect(await wordsFor(rep, manager)).not.toContain("no rate");
  await makeOpportunity(app, company, rep, { currency: "SEK", created_at: "2026-01-05T09:00:00Z" });
  expect(await wordsFor(rep, manager)).toContain("1 deal in SEK has no rate and is left out. An admin can add one.");
});
