import { expect, test } from "vitest";
import { known, refused } from "../../src/method/estimate.ts";
import { asActor } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import { makeCompany, makeOpportunity, makePerson } from "../builders/company.ts";
import { someNumbers, storeNumbers } from "../coverage/some-numbers.ts";
import { makeTestApp } from "../support/test-app.ts";
import { clientOf } from "./api-client.ts";

const app = await makeTestApp();
app.setNow("2026-02-14T12:00:00Z");

test("a program reads the results its person may: own goal for the pair, plan for whoever is above, nothing for others", async () => {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const manager = await makePerson(app, company, { roles: ["manager"], manager: leader });
  const rep = await makePerson(app, company, { manager });
  const other = await makePerson(app, company, { manager });
  const { orgId, personId } = rep.viewer;
  await asActor(app, "set-up", orgId, async (db) => {
    await db
      .insertInto("quota")
      .values({ org_id: orgId, person_id: personId, month: "2026-02-01", amount_minor: 5_000_00, currency: "USD" })
      .execute();
  });
  await asActor(app, "import", orgId, (db) =>
    db
      .insertInto("activity")
      .values({
        org_id: orgId,
        id: newId(),
        source: "test",
        external_id: "1",
        type: "call",
        person_id: personId,
        at: new Date("2026-02-02T10:00:00Z"),
      })
      .execute(),
  );
  await makeOpportunity(app, company, rep, {
    stage: "Won",
    amount_minor: 2_000_00,
    close_on: "2026-02-03",
    created_at: "2026-01-03T08:00:00Z",
  });
  const call = {
    type: "call",
    done: 60,
    weeks: [],
    trend: refused("periods", 3, 8, "weeks"),
    perWin: known({ each: 5, low: 4, high: 6 }),
  };
  const window = { from: "2025-02-14", until: "2026-02-14", won: 12, weeksFrom: "2025-12-29" };
  await storeNumbers(app, rep, { quota: known(someNumbers({ activities: { ...window, types: [call] } })) });
  const client = await clientOf(app, rep);
  await client("/goals", { json: { horizon: "month", day: "2026-02-14", amountMinor: 8_000_00 } });
  const month = {
    horizon: "month",
    label: "February 2026",
    from: "2026-02-01",
    until: "2026-03-01",
    wonMinor: 2_000_00,
    planMinor: 5_000_00,
  };
  expect((await client("/people/me/results")).body).toMatchObject({
    personId,
    asOf: "2026-02-14",
    currency: "USD",
    missedInARow: null,
    periods: [{ ...month, goalMinor: 8_000_00, pace: { gone: 0.5, reached: 0.25, atEndMinor: 4_000_00 } }, {}, {}],
    activities: [
      { type: "call", month: 1, quarter: 1, year: 1, perWin: { each: 5 }, trend: { refused: "not enough periods: 3 weeks, 8 needed" } },
    ],
  });
  const path = `/people/${personId}/results`;
  expect((await (await clientOf(app, manager))(path)).body).toMatchObject({ periods: [{ goalMinor: 8_000_00 }, {}, {}] });
  expect((await (await clientOf(app, leader))(path)).body).toMatchObject({
    periods: [{ ...month, goalMinor: null, pace: { reached: 0.4 } }, {}, {}],
  });
  expect((await (await clientOf(app, other))(path)).status).toBe(404);
});
