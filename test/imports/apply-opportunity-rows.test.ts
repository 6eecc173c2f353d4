import { expect, test } from "vitest";
import { applyOpportunityRows, type OpportunityRow } from "../../src/domain/imports/apply-opportunity-rows.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { rowsOf } from "./bring-in.ts";

const app = await makeTestApp();

async function companyWithAnn(): Promise<Company> {
  const company = await makeCompany(app);
  await makePerson(app, company, { name: "Ann Rep", email: `ann-${company.orgId}@example.com` });
  return company;
}

const push = ({ orgId }: Company, rows: OpportunityRow[]) =>
  app.database.withClient({ orgId, personId: null, actor: "import", now: app.clock.now() }, (client) =>
    applyOpportunityRows(app, client, { orgId, source: "api", label: "Pushed", createdBy: null }, rows),
  );

const rack = {
  externalId: "R1",
  owner: "Ann Rep",
  stage: "Engaging",
  name: "Rack",
  account: "Halden",
  product: "Rack 20",
  amountMinor: 500,
};

test("rows given by a program are made, changed or left as they are, and every one is accounted for", async () => {
  const company = await companyWithAnn();
  const rows = [
    rack,
    { externalId: "R2", owner: "Nobody", stage: "Engaging" },
    { ...rack, amountMinor: 9 },
    { externalId: "R3", name: "No owner" },
  ];
  expect(await push(company, rows)).toMatchObject({
    rows: 4,
    fresh: 1,
    changed: 0,
    same: 0,
    listed: [
      { line: 2, value: "Nobody", reason: "nobody here is called “Nobody”" },
      { line: 3, value: "R1", reason: "the same opportunity, with another amount, as in row 1" },
      { line: 4, reason: "it is new here, and a new opportunity needs an owner and a stage" },
    ],
  });
  expect(await push(company, [rack])).toMatchObject({ fresh: 0, changed: 0, same: 1, listed: [] });
});

test("what a row does not speak of stays, and a deal that is not among them has not gone", async () => {
  const company = await companyWithAnn();
  await push(company, [rack, { ...rack, externalId: "R2" }]);
  expect(
    await push(company, [
      { externalId: "R1", amountMinor: 700 },
      { externalId: "R2", account: null, nextStep: "call" },
    ]),
  ).toMatchObject({ changed: 2 });
  const [one, two] = (await rowsOf(app, company, "opportunity")).toSorted((a, b) => a.external_id.localeCompare(b.external_id));
  expect(one).toMatchObject({ amount_minor: 700, outcome: "open", name: "Rack" });
  expect(one?.account_id).not.toBeNull();
  expect(two).toMatchObject({ amount_minor: 500, account_id: null, next_step: "call", outcome: "open" });
  expect(await rowsOf(app, company, "product")).toHaveLength(1);
});

test("a day that does not exist lists its row alone", async () => {
  const company = await companyWithAnn();
  const done = await push(company, [rack, { ...rack, externalId: "R9", closeOn: "2026-02-31" }]);
  expect(done).toMatchObject({ fresh: 1, listed: [{ line: 2, value: "2026-02-31" }] });
});
