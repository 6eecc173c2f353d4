import { expect, test } from "vitest";
import { ownedDealsAsOf } from "../../src/domain/numbers/owned-deals-queries.ts";
import { monthResults } from "../../src/domain/opportunities/month-results.ts";
import { calendarOf } from "../../src/domain/organisations/organisation-calendar.ts";
import { wonWithin } from "../../src/domain/period-forecasts/due-deals-queries.ts";
import { wonDeals } from "../../src/domain/results/won-deals-queries.ts";
import { dayNumber } from "../../src/method/day-numbers.ts";
import { asActor } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeOpportunity, makePair } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { wordsOf } from "../support/words-of.ts";

const app = await makeTestApp();
app.setNow("2026-06-15T12:00:00Z");

test("results, forecast and numbers count the same won deals, for the same amounts, in the same month", async () => {
  const { company, rep } = await makePair(app);
  const { orgId } = company;
  const won = { stage: "Won", created_at: "2026-06-10T10:00:00Z" };
  const product = newId();
  await app.database.ownerPool.query(
    "insert into product (org_id, id, source, external_id, name, list_price_minor, currency) values ($1, $2, 'csv', 'plough', 'Plough', 40000, 'USD')",
    [orgId, product],
  );
  await makeOpportunity(app, company, rep, { ...won, amount_minor: 100_00, close_on: "2026-06-12" });
  const atList = await makeOpportunity(app, company, rep, { ...won, name: "At list", close_on: "2026-06-13" });
  await app.database.ownerPool.query("update opportunity set product_id = $2, amount_minor = null where id = $1", [atList, product]);
  await makeOpportunity(app, company, rep, { ...won, amount_minor: 200_00, close_on: "2026-09-01" });
  const undated = await makeOpportunity(app, company, rep, { ...won, amount_minor: 300_00 });
  await app.database.ownerPool.query("update opportunity set close_on = null where id = $1", [undated]);
  await makeOpportunity(app, company, rep, { ...won, created_at: "2026-05-02T10:00:00Z", amount_minor: 5_00, close_on: "2026-05-31" });

  const [personId, at] = [rep.viewer.personId, app.clock.now()];
  const results = await rep.tx((db) => monthResults(db, { orgId, personIds: [personId], months: ["2026-06-01"], at }));
  const listed = await rep.tx((db) => wonDeals(db, { orgId, personId, from: "2026-06-01", until: "2026-07-01", at }));
  const [june] = await asActor(app, "numbers", orgId, async (db) => {
    const { rates, timeZone } = await calendarOf(db, orgId);
    const period = { horizon: "month" as const, periodOn: "2026-06-01", from: dayNumber("2026-06-01"), until: dayNumber("2026-07-01") };
    return [...(await wonWithin(db, { orgId, periods: [period], rates, timeZone, at })).values()];
  });
  const known = await asActor(app, "numbers", orgId, (db) => ownedDealsAsOf(db, orgId, dayNumber("2026-06-16")));
  const inNumbers = known.filter(({ outcome, endedOn }) => outcome === "won" && (endedOn ?? 0) >= dayNumber("2026-06-01"));

  expect(results.get(personId)?.months[0]?.wonMinor).toBe(1_000_00);
  expect(listed.map(({ closedOn, countsMinor }) => [closedOn, countsMinor])).toEqual([
    ["2026-06-13", 400_00],
    ["2026-06-12", 100_00],
    ["2026-06-10", expect.any(Number)],
    ["2026-06-10", expect.any(Number)],
  ]);
  expect(june?.get(personId)).toBe(1_000_00);
  expect(inNumbers.reduce((sum, { wonMinor }) => sum + wonMinor, 0)).toBe(1_000_00);

  const page = await app.request(`/people/${personId}/results/won?from=2026-06-01&to=2026-06-30`, { as: rep });
  const words = wordsOf(await page.text());
  expect(words).toContain("4 deals, $1,000.");
  expect(words).toContain("$400 at list price");
});
