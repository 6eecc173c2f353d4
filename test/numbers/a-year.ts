import { expect } from "vitest";
import { dayOf } from "../../src/method/day-numbers.ts";
import type { App } from "../../src/platform/context.ts";
import { type Company, makeCompany } from "../builders/company.ts";
import { bringIn } from "../imports/bring-in.ts";
import { madeDeals } from "../method/made-deals.ts";

/** A company with three people and a year of deals. */
export async function aYear(app: App): Promise<Company> {
  const company = await makeCompany(app);
  const deals = madeDeals({ people: 3, days: 365, newADay: 0.6 });
  const people = ["sales_agent,manager,regional_office", ...[0, 1, 2].map((n) => `rep ${n},Ada Boss,North`)];
  const rows = deals.map(({ ownerId, createdOn, endedOn, outcome, wonMinor }, n) => {
    const stage = { won: "Won", lost: "Lost", open: "Engaging" }[outcome];
    const closed = endedOn === null ? "," : `${dayOf(endedOn)},${outcome === "won" ? wonMinor / 100 : 0}`;
    return `D${n},${ownerId},Thing,,${stage},${dayOf(createdOn)},${closed}`;
  });
  const head = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value";
  expect((await bringIn(app, company, people.join("\n"))).counts.failed).toBe(0);
  expect((await bringIn(app, company, "product,series,sales_price\nThing,A,1000")).counts.failed).toBe(0);
  expect((await bringIn(app, company, [head, ...rows].join("\n"))).counts).toMatchObject({ new: deals.length, failed: 0 });
  return company;
}
