import { expect, test } from "vitest";
import type { Ctx } from "../../src/platform/context.ts";
import { type Company, makeCompany, makeOpportunity, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
app.setNow("2026-06-15T12:00:00Z");

const win = (company: Company, who: Ctx, amount: number) =>
  makeOpportunity(app, company, who, { stage: "Won", amount_minor: amount, close_on: "2026-05-05", created_at: "2026-04-01T08:00:00Z" });

const turnOn = (company: Company) =>
  app.database.ownerPool.query("update organisation set uses_rank = true where org_id = $1", [company.orgId]);

/** A manager with reps who have won so many deals of a thousand dollars each. */
async function makeTeam(wins: number[]): Promise<{ company: Company; manager: Ctx; leader: Ctx; reps: Ctx[] }> {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const manager = await makePerson(app, company, { roles: ["manager"], manager: leader });
  const reps: Ctx[] = [];
  for (const [at, many] of wins.entries()) {
    const rep = await makePerson(app, company, { name: `Rep ${String.fromCodePoint(65 + at)}`, manager });
    for (let n = 0; n < many; n++) await win(company, rep, 1_000_00);
    reps.push(rep);
  }
  return { company, manager, leader, reps };
}

async function wordsFor(rep: Ctx, as: Ctx): Promise<string> {
  const html = await (await app.request(`/people/${rep.viewer.personId}/results`, { as })).text();
  return wordsOf(html.slice(html.indexOf("<main")));
}

test("nobody has a place anywhere while the organisation uses no ranks", async () => {
  const { reps } = await makeTeam([6, 1]);
  for (const rep of reps) expect(await wordsFor(rep, rep)).not.toMatch(/Your place|of 2/);
});

test("a rep sees the own place as a range, last on the page, and nobody else's", async () => {
  const { company, reps } = await makeTeam([30, 8, 7, 6, 0]);
  await turnOn(company);
  const [first, second, third] = reps as [Ctx, Ctx, Ctx];
  expect(await wordsFor(first, first)).toContain("1st of 5 who have the same manager");
  const middle = await wordsFor(third, third);
  expect(middle).toMatch(/Your place 2nd to 4th of 5 who have the same manager, by what was won in 2026 so far\./);
  expect(middle).toContain("Counted to the cent you stand 3rd.");
  expect(middle).not.toMatch(/Rep [ABDE]/);
  expect(middle.indexOf("Your place")).toBeGreaterThan(middle.indexOf("How well you know your numbers"));
  expect((await app.request(`/people/${second.viewer.personId}/results`, { as: third })).status).toBe(404);
});

test("a manager and a leader see no place of anybody, with ranks on", async () => {
  const { company, manager, leader, reps } = await makeTeam([6, 8]);
  await turnOn(company);
  for (const as of [manager, leader]) expect(await wordsFor(reps[0] as Ctx, as)).not.toMatch(/place of|Your place|1st|2nd|of 2 who/);
});

test("a place out of a handful of deals is refused", async () => {
  const { company, reps } = await makeTeam([4, 8]);
  await turnOn(company);
  expect(await wordsFor(reps[0] as Ctx, reps[0] as Ctx)).toContain("Cannot tell yet. Not enough won deals: 4, 5 needed.");
});

test("a rep who is alone has no place", async () => {
  const { company, reps } = await makeTeam([9]);
  await turnOn(company);
  expect(await wordsFor(reps[0] as Ctx, reps[0] as Ctx)).not.toContain("Your place");
});
