import { expect, test } from "vitest";
import { applyOpportunityRows, type OpportunityRow } from "../../src/domain/imports/apply-opportunity-rows.ts";
import { undoImport } from "../../src/domain/imports/undo-import.ts";
import { ownedDealsAsOf } from "../../src/domain/numbers/owned-deals-queries.ts";
import { opportunitiesAsOf } from "../../src/domain/opportunities/opportunities-as-of.ts";
import { opportunityNews } from "../../src/domain/opportunities/opportunity-news.ts";
import { dayNumber } from "../../src/method/day-numbers.ts";
import { asActor } from "../../src/platform/context.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();
const file = (...rows: string[]) => ["opportunity_id,owner,deal_stage,created_on,close_date,amount,currency", ...rows].join("\n");

async function company() {
  const made = await makeCompany(app);
  const admin = await makePerson(app, made, { name: "Ada Admin", roles: ["admin"] });
  const ann = await makePerson(app, made, { name: "Ann Rep" });
  return { made, admin, ann };
}

const take = (to: Company, exportedOn: string, content: string) => bringIn(app, to, content, { answers: { exportedOn, covers: "whole" } });

/** `day before → after` of what is written of a deal's currency. */
const currencies = async (of: Company): Promise<string[]> =>
  (await rowsOf(app, of, "opportunity_change"))
    .filter(({ field }) => field === "currency")
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, before, after }) => `${at.toISOString().slice(0, 10)} ${before ?? "–"} → ${after}`);

async function worthOn(of: Company, day: string): Promise<string[]> {
  const ownerIds = (await rowsOf(app, of, "person")).map(({ id }) => id);
  const at = new Date(`${day}T12:30:00Z`);
  const deals = await asActor(app, "import", of.orgId, (db) => opportunitiesAsOf(db, { orgId: of.orgId, ownerIds, at }));
  return deals.map(({ amountMinor, currency }) => `${amountMinor} ${currency}`);
}

async function everything(of: Company): Promise<unknown> {
  const tables = ["opportunity", "opportunity_change", "product"] as const;
  const rows = await Promise.all(tables.map((table) => rowsOf(app, of, table)));
  return rows.map((list) => list.map((row) => JSON.stringify(row)).toSorted());
}

const plain = (amount: string) => `opportunity_id,owner,deal_stage,created_on,amount\nA1,Ann Rep,Engaging,2026-01-05,${amount}\n`;
const one = (amount: string, currency: string) => file(`A1,Ann Rep,Engaging,2026-01-05,,${amount},${currency}`);

test("a file in which only the currency differs changes the deal from its day on, and is taken back", async () => {
  const { made, admin } = await company();
  await take(made, "2026-02-01", one("1000", "USD"));
  expect(await currencies(made), "what never changed is not written").toEqual([]);
  const before = await everything(made);
  const looked = await bringIn(app, made, one("1000", "EUR"), { onlyCheck: true, answers: { exportedOn: "2026-02-08", covers: "whole" } });
  expect(looked.counts).toEqual({ new: 0, changed: 1, same: 0, failed: 0 });
  const { id, counts } = await take(made, "2026-02-08", one("1000", "EUR"));
  expect(counts).toEqual({ new: 0, changed: 1, same: 0, failed: 0 });
  expect((await rowsOf(app, made, "opportunity"))[0]).toMatchObject({ amount_minor: 100_000, currency: "EUR" });
  expect(await currencies(made)).toEqual(["2026-01-05 – → USD", "2026-02-08 USD → EUR"]);
  expect([await worthOn(made, "2026-02-07"), await worthOn(made, "2026-02-08")]).toEqual([["100000 USD"], ["100000 EUR"]]);
  const page = (await (await app.request(`/imports/${id}`, { as: admin })).text()).replaceAll(/\s+/g, " ");
  expect(page).toMatch(/<td>Currency<\/td> ?<td>USD<\/td> ?<td>EUR<\/td>/);
  const again = await take(made, "2026-02-15", one("1000", "EUR"));
  expect(again.counts).toEqual({ new: 0, changed: 0, same: 1, failed: 0 });
  await undoImport(admin, again.id);
  await undoImport(admin, id);
  expect(await everything(made)).toEqual(before);
});

test("a day before reads the amount and the currency of its time, and the deal tells both", async () => {
  const { made, ann } = await company();
  await take(made, "2026-02-01", one("1000", "USD"));
  await take(made, "2026-02-08", one("1200", "EUR"));
  await take(made, "2026-02-15", one("1300", "CHF"));
  expect(await worthOn(made, "2026-02-07")).toEqual(["100000 USD"]);
  expect(await worthOn(made, "2026-02-10")).toEqual(["120000 EUR"]);
  expect(await worthOn(made, "2026-02-15")).toEqual(["130000 CHF"]);
  const deal = (await rowsOf(app, made, "opportunity"))[0];
  const page = (await (await app.request(`/opportunities/${deal?.id}`, { as: ann })).text()).replaceAll(/<\/?b>/g, "");
  expect(page).toContain("Currency from USD to EUR");
  expect(page).toContain("Amount from $1,000 to €1,200");
  expect(page).toContain("Amount: $1,000");
  expect(page).not.toContain("Currency: USD");
});

test("what a deal was worth while it was open is told in the currency of that time, and so is what is news", async () => {
  const { made, ann } = await company();
  await app.database.ownerPool.query(
    "insert into exchange_rate (org_id, into_currency, currency, from_on, rate, set_at) values ($1, 'USD', 'EUR', '2024-01-01', 2, now())",
    [made.orgId],
  );
  await take(made, "2026-02-01", file("A1,Ann Rep,Engaging,2026-01-05,,1000,USD", "A2,Ann Rep,Engaging,2026-01-05,,1000,USD"));
  await take(made, "2026-02-20", file("A1,Ann Rep,Won,2026-01-05,2026-02-18,1200,EUR", "A2,Ann Rep,Engaging,2026-01-05,,1000,EUR"));
  const [deals, news] = await asActor(app, "import", made.orgId, async (db) => [
    await ownedDealsAsOf(db, made.orgId, dayNumber("2026-03-01")),
    await opportunityNews(db, {
      orgId: made.orgId,
      ownerIds: [ann.viewer.personId],
      after: new Date("2026-02-10T12:00:00Z"),
      until: new Date("2026-03-01T12:00:00Z"),
    }),
  ]);
  expect(deals.map(({ openMinor, wonMinor }) => [openMinor, wonMinor])).toEqual([
    [100_000, 240_000],
    [200_000, 0],
  ]);
  expect(news.get(ann.viewer.personId)?.amountChanged).toMatchObject([
    { fromMinor: 100_000, fromCurrency: "USD", toMinor: 100_000, currency: "EUR" },
  ]);
});

test("a push in which only the currency differs changes the deal; one that does not name it leaves it", async () => {
  const { made } = await company();
  const push = (...rows: OpportunityRow[]) =>
    app.database.withClient({ orgId: made.orgId, personId: null, actor: "import", now: app.clock.now() }, (client) =>
      applyOpportunityRows(app, client, { orgId: made.orgId, source: "api", label: "Pushed", createdBy: null }, rows),
    );
  await push({ externalId: "P1", owner: "Ann Rep", stage: "Engaging", amountMinor: 500 });
  expect(await push({ externalId: "P1", currency: "eur" })).toMatchObject({ changed: 1, same: 0 });
  expect(await push({ externalId: "P1", currency: "EUR" })).toMatchObject({ changed: 0, same: 1 });
  expect(await push({ externalId: "P1", amountMinor: 700 })).toMatchObject({ changed: 1 });
  expect((await rowsOf(app, made, "opportunity"))[0]).toMatchObject({ amount_minor: 700, currency: "EUR" });
});

test("an amount may name its currency itself, and one that does not leaves it", async () => {
  const { made } = await company();
  await take(made, "2026-02-01", plain("$1000"));
  expect((await take(made, "2026-02-08", plain("€1000"))).counts).toMatchObject({ changed: 1 });
  expect((await take(made, "2026-02-15", plain("1000"))).counts).toMatchObject({ same: 1 });
  expect((await rowsOf(app, made, "opportunity"))[0]).toMatchObject({ currency: "EUR" });
});

test("an older file, and a history, put the currency of their time between what is known, and are taken back", async () => {
  const { made, admin } = await company();
  await take(made, "2026-03-01", one("1000", "USD"));
  const before = await everything(made);
  const late = await take(made, "2026-02-01", one("1000", "EUR"));
  expect(late.counts).toEqual({ new: 0, changed: 1, same: 0, failed: 0 });
  expect(await currencies(made)).toEqual(["2026-01-05 – → EUR", "2026-03-01 EUR → USD"]);
  expect([await worthOn(made, "2026-02-20"), await worthOn(made, "2026-03-02")]).toEqual([["100000 EUR"], ["100000 USD"]]);
  await undoImport(admin, late.id);
  expect(await everything(made)).toEqual(before);
  const head = "Opportunity ID,Field,Old Value,New Value,Edit Date";
  const history = await bringIn(app, made, `${head}\nA1,Currency,CHF,USD,2026-02-20 08:00\n`);
  expect(history.counts).toEqual({ new: 1, changed: 0, same: 0, failed: 0 });
  expect(await currencies(made)).toEqual(["2026-01-05 – → CHF", "2026-02-20 CHF → USD"]);
  const wrong = await bringIn(app, made, `${head}\nA1,Currency,USD,dollars,2026-02-21 08:00\n`);
  expect(wrong.reasons).toEqual(["2: “dollars” is no currency"]);
  await undoImport(admin, history.id);
  expect(await everything(made)).toEqual(before);
});

test("a deal whose beginnings were never written reads by its changes, else by what it is", async () => {
  const { made } = await company();
  await take(made, "2026-02-01", file("A1,Ann Rep,Engaging,2026-01-05,,1000,USD", "A2,Ann Rep,Engaging,2026-01-05,,1000,EUR"));
  await take(made, "2026-02-08", file("A1,Ann Rep,Engaging,2026-01-05,,1000,CHF", "A2,Ann Rep,Offering,2026-01-05,,1000,EUR"));
  await app.database.ownerPool.query("delete from opportunity_change where org_id = $1 and field = 'currency' and before is null", [
    made.orgId,
  ]);
  expect((await worthOn(made, "2026-02-07")).toSorted()).toEqual(["100000 EUR", "100000 USD"]);
});
