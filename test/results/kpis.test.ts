import { expect, test } from "vitest";
import { activitiesPerWin } from "../../src/method/activities-per-win.ts";
import { known, refused } from "../../src/method/estimate.ts";
import { trend } from "../../src/method/trend.ts";
import { asActor, type Ctx } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { type Company, makePair, makePerson } from "../builders/company.ts";
import { someNumbers, storeNumbers } from "../coverage/some-numbers.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
app.setNow("2026-02-20T09:00:00Z");

async function wordsFor(rep: Ctx, as: Ctx): Promise<string> {
  const html = await (await app.request(`/people/${rep.viewer.personId}/results`, { as })).text();
  return wordsOf(html.slice(html.indexOf("<main")));
}

const makeAccount = async (company: Company, name: string, location: string | null): Promise<string> => {
  const id = newId();
  await asActor(app, "set-up", company.orgId, (db) =>
    db.insertInto("account").values({ org_id: company.orgId, id, source: "test", external_id: id, name, location }).execute(),
  );
  return id;
};

const act = (company: Company, who: Ctx, values: { type: string; at: string; accountId?: string; isDone?: boolean }[]) =>
  asActor(app, "import", company.orgId, (db) =>
    db
      .insertInto("activity")
      .values(
        values.map(({ type, at, accountId, isDone = true }) => ({
          org_id: company.orgId,
          id: newId(),
          source: "test",
          external_id: newId(),
          type,
          person_id: who.viewer.personId,
          at: new Date(at),
          is_done: isDone,
          account_id: accountId ?? null,
        })),
      )
      .execute(),
  );

const falling = [12, 9, 11, 8, 8, 6, 7, 5];
const even = [5, 6, 5, 6, 5, 6, 5, 6];

const types = [
  { type: "call", done: 240, weeks: falling, trend: trend(falling), perWin: activitiesPerWin(240, 12) },
  { type: "meeting", done: 60, weeks: even, trend: trend(even), perWin: activitiesPerWin(60, 12) },
  { type: "demo", done: 9, weeks: [1, 2, 1], trend: trend([1, 2, 1]), perWin: activitiesPerWin(9, 3) },
];
const window = { from: "2025-02-20", until: "2026-02-20", won: 12, weeksFrom: "2025-12-22" };

test("activities are counted by type for month, quarter and year, told from noise, and held against the deals won", async () => {
  const { company, manager, rep } = await makePair(app);
  await act(company, rep, [
    { type: "call", at: "2026-02-19T10:00:00Z" },
    { type: "call", at: "2026-01-05T10:00:00Z" },
    { type: "meeting", at: "2026-01-06T10:00:00Z" },
    { type: "demo", at: "2026-02-02T10:00:00Z" },
    { type: "call", at: "2025-12-30T10:00:00Z" },
    { type: "call", at: "2026-02-20T12:00:00Z", isDone: false },
  ]);
  await storeNumbers(app, rep, { quota: known(someNumbers({ activities: { ...window, types } })) });
  const words = await wordsFor(rep, manager);
  expect(words).toMatch(/Calls 1 2 2 6.5 a week, last 4 weeks Falling: about 7.3 less a week by now, seen over 8 weeks. 20 \(13 to 31\)/);
  expect(words).toMatch(/Meetings 0 1 1 5.5 a week, last 4 weeks Nothing beyond chance in 8 weeks. 5 \(/);
  expect(words).toMatch(
    /Demos 1 1 1 1.3 a week, last 3 weeks Cannot tell yet: 3 weeks of the 8 it takes. Not enough won deals: 3, 5 needed./,
  );
  expect(words).toContain("All done from 20 February 2025 to 19 February 2026, over the 12 deals won in the same time.");
});

test("where they went is told by account and place as far as they carry one", async () => {
  const { company, rep } = await makePair(app);
  const [zoomit, sonron] = [await makeAccount(company, "Zoomit", "Ghent"), await makeAccount(company, "Sonron", null)];
  const at = "2026-02-10T10:00:00Z";
  await act(company, rep, [
    { type: "call", at, accountId: zoomit },
    { type: "mail", at, accountId: zoomit },
    { type: "call", at, accountId: sonron },
    { type: "call", at },
    { type: "call", at: "2025-12-10T10:00:00Z", accountId: sonron },
  ]);
  const words = await wordsFor(rep, rep);
  expect(words).toContain("4 activities, 0 % of them on a deal.");
  expect(words).toMatch(/Zoomit 2 50 % Sonron 1 25 % no account given 1 25 %/);
  expect(words).toMatch(/Ghent 2 50 % no place given 2 50 %/);
  expect(words).toContain("These numbers are being worked out. They are here in a moment.");
});

test("whether enough is open stands beside the results, and the trend of the months", async () => {
  const { manager, rep } = await makePair(app);
  const months = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ month: `2025-0${n}-01`, wonMinor: n * 100_000, planMinor: null }));
  const rising = trend(
    months.map(({ wonMinor }) => wonMinor),
    "months",
  );
  await storeNumbers(app, rep, { quota: known(someNumbers({ months, ownMonths: 9, trend: rising })) });
  const words = await wordsFor(rep, manager);
  expect(words).toContain("Enough for February. $104k is open, $61k is needed.");
  expect(words).toContain("Trend: Rising: about $1,000 more each month, seen over 9 months.");
  await storeNumbers(app, rep, { quota: known(someNumbers({ months, ownMonths: 3, trend: trend([1, 2, 3], "months") })) });
  expect(await wordsFor(rep, manager)).toContain("Trend: Cannot tell yet: 3 months of the 8 it takes.");
});

test("too little history is refused in plain words, and a new rep without anything reads what to do", async () => {
  const { company, manager, rep } = await makePair(app);
  await storeNumbers(app, rep, { quota: refused("history", 41, 90, "days") });
  expect(await wordsFor(rep, manager)).toContain("Not enough history: 41 days, 90 needed.");
  const fresh = await makePerson(app, company, { name: "Nia New", manager, from: "2026-02-01" });
  const words = await wordsFor(fresh, manager);
  expect(words).toContain("Nothing was won in the last 12 months, and no plan was set.");
  expect(words).toContain("No calls, meetings, mails or demos of Nia New are known this year.");
  expect(words).toContain("No numbers yet: they come from Nia’s deals");
});
