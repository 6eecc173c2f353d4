import { expect, test } from "vitest";
import { undoImport } from "../../src/domain/imports/undo-import.ts";
import { opportunitiesAsOf } from "../../src/domain/opportunities/opportunities-as-of.ts";
import { asActor } from "../../src/platform/context.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, rowsOf } from "./bring-in.ts";

const app = await makeTestApp();

async function company() {
  const made = await makeCompany(app);
  const admin = await makePerson(app, made, { name: "Ada Admin", roles: ["admin"] });
  await makePerson(app, made, { name: "Ann Rep" });
  return { made, admin };
}

const take = (to: Company, exportedOn: string, content: string) => bringIn(app, to, content, { answers: { exportedOn, covers: "whole" } });
const priced = (price: string) => `product,series,sales_price\nRack,A,${price}\n`;

async function worthOn(of: Company, day: string): Promise<string[]> {
  const ownerIds = (await rowsOf(app, of, "person")).map(({ id }) => id);
  const at = new Date(`${day}T12:30:00Z`);
  const deals = await asActor(app, "import", of.orgId, (db) => opportunitiesAsOf(db, { orgId: of.orgId, ownerIds, at }));
  return deals.map(({ amountMinor, currency }) => `${amountMinor} ${currency}`);
}

test("the price of a product is dated, the first one for all time before it, and goes back with its file", async () => {
  const { made, admin } = await company();
  const deal = "opportunity_id,owner,product,deal_stage,created_on,amount\nA1,Ann Rep,Rack,Engaging,2026-01-05,\n";
  app.setNow("2026-03-01T09:00:00Z");
  await take(made, "2026-02-01", deal);
  expect(await worthOn(made, "2026-02-10")).toEqual(["null USD"]);
  app.setNow("2026-03-02T09:00:00Z");
  const first = await bringIn(app, made, priced("100"));
  expect(await worthOn(made, "2026-02-10")).toEqual(["10000 USD"]);
  app.setNow("2026-03-10T09:00:00Z");
  const second = await bringIn(app, made, priced("150"));
  expect([await worthOn(made, "2026-03-09"), await worthOn(made, "2026-03-10")]).toEqual([["10000 USD"], ["15000 USD"]]);
  app.setNow("2026-03-12T09:00:00Z");
  await undoImport(admin, second.id);
  expect([await worthOn(made, "2026-03-09"), await worthOn(made, "2026-03-11"), await worthOn(made, "2026-03-12")]).toEqual([
    ["10000 USD"],
    ["10000 USD"],
    ["10000 USD"],
  ]);
  const prices = async () => (await app.database.ownerPool.query("select at from list_price where org_id = $1", [made.orgId])).rows.length;
  expect(await prices()).toBe(1);
  await undoImport(admin, first.id);
  expect([await worthOn(made, "2026-02-10"), await worthOn(made, "2026-03-12"), await prices()]).toEqual([["null USD"], ["null USD"], 0]);
});
