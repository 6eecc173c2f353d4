import { expect, test } from "vitest";
import { makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { clientOf } from "./api-client.ts";

const app = await makeTestApp();

async function team() {
  const company = await makeCompany(app);
  const leader = await makePerson(app, company, { roles: ["leader"] });
  const manager = await makePerson(app, company, { roles: ["manager"], manager: leader });
  const rep = await makePerson(app, company, { manager });
  const admin = await makePerson(app, company, { roles: ["admin"] });
  const clients = {
    leader: await clientOf(app, leader),
    manager: await clientOf(app, manager),
    rep: await clientOf(app, rep),
    admin: await clientOf(app, admin),
  };
  return { ...clients, path: `/people/${rep.viewer.personId}` };
}

test("a rep says their own goal; the manager of the pair reads it, the leader above does not, and nobody says it for them", async () => {
  const { rep, manager, leader, path } = await team();
  const goal = { horizon: "year", day: "2026-05-05", amountMinor: 36_500 };
  expect((await rep("/goals", { json: goal })).status).toBe(204);
  expect((await rep(`${path}/targets`)).body).toMatchObject({ currency: "USD", quota: {}, goal: { year: 36_500, month: 3100 } });
  expect((await manager(`${path}/targets`)).body).toMatchObject({ goal: { year: 36_500 } });
  expect((await leader(`${path}/targets`)).body).toMatchObject({ goal: {} });
  expect((await rep("/goals", { json: { ...goal, amountMinor: null } })).status).toBe(204);
  expect((await rep(`${path}/targets`)).body).toMatchObject({ goal: {} });
  expect((await rep("/goals", { json: { ...goal, amountMinor: -1 } })).status).toBe(422);
});

test("commission rates are set by the manager and the admin, and read by the rep, not by the leader above", async () => {
  const { rep, manager, leader, admin, path } = await team();
  const rates = `${path}/commission-rates`;
  expect((await manager(rates, { json: { fromOn: "2026-01-01", basisPoints: 800 } })).status).toBe(204);
  expect((await admin(rates, { json: { fromOn: "2026-02-01", basisPoints: 825 } })).status).toBe(204);
  const expected = {
    data: [
      { fromOn: "2026-02-01", basisPoints: 825 },
      { fromOn: "2026-01-01", basisPoints: 800 },
    ],
  };
  expect((await rep(rates)).body).toEqual(expected);
  expect((await leader(rates)).body).toEqual({ data: [] });
  expect((await rep(rates, { json: { fromOn: "2026-03-01", basisPoints: 9000 } })).status).toBe(403);
});

test("the fiscal calendar and exchange rates are everybody’s to read and the admin’s to set", async () => {
  const { rep, admin } = await team();
  const calendar = { startsIn: 4, pattern: "months", weekStarts: 1, yearEnds: "nearest" };
  expect((await rep("/fiscal-calendar", { method: "PUT", json: calendar })).status).toBe(404);
  expect((await admin("/fiscal-calendar", { method: "PUT", json: calendar })).status).toBe(204);
  expect((await rep("/fiscal-calendar?day=2026-11-22")).body).toMatchObject({
    ...calendar,
    quarter: { label: "Q3 FY27", from: "2026-10-01", until: "2027-01-01", month: "2026-10-01" },
  });
  const rates = { data: [{ currency: "CHF", fromOn: "2026-01-01", rate: "1.1316" }] };
  expect((await rep("/exchange-rates", { json: rates })).status).toBe(404);
  expect((await admin("/exchange-rates", { json: rates })).status).toBe(204);
  expect((await rep<{ into: string; data: { rate: string }[] }>("/exchange-rates")).body).toMatchObject({
    into: "USD",
    data: [{ currency: "CHF" }],
  });
  expect((await admin("/exchange-rates", { json: { data: [{ currency: "CHF", fromOn: "2026-01-01", rate: "0" }] } })).status).toBe(422);
});
