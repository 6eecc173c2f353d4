import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dayNumber, dayOf } from "../../src/method/day-numbers.ts";
import { began, madeDeals } from "../method/made-deals.ts";

const historyDays = 365;

export interface AYearOfDeals {
  /** Holds one file each of products, opportunities and quotas. */
  folder: string;
  /** How many of the opportunities are still open. */
  open: number;
  /** The month, 1 to 12, in which the fiscal year begins that the quotas are of: it has five to six months left. */
  yearStartsIn: number;
}

/**
 * Files of a CRM: a year of one person's deals up to yesterday, each of 10,000, and a quota somewhat above what these promise.
 * @param today YYYY-MM-DD
 */
export function aYearOfDeals(within: string, owner: string, today: string): AYearOfDeals {
  const folder = mkdtempSync(join(within, "crm-"));
  const moved = dayNumber(today) - began - historyDays;
  const deals = madeDeals({ people: 1, days: historyDays, newADay: 0.4 });
  const rows = deals.map(({ createdOn, endedOn, outcome }, n) => {
    const stage = { won: "Won", lost: "Lost", open: "Engaging" }[outcome];
    const closed = endedOn === null ? "," : `${dayOf(endedOn + moved)},${outcome === "won" ? 10_000 : 0}`;
    return `D${n},${owner},Thing,,${stage},${dayOf(createdOn + moved)},${closed}`;
  });
  const put = (name: string, lines: string[]) => writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  put("products.csv", ["product,series,sales_price", "Thing,A,10000"]);
  put("deals.csv", ["opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value", ...rows]);
  const [year = 0, month = 0] = today.split("-").map(Number);
  const monthsOfYear = Array.from({ length: 12 }, (_, n) => new Date(Date.UTC(year, month - 7 + n, 1)).toISOString().slice(0, 7));
  put("quotas.csv", ["owner,month,amount", ...monthsOfYear.map((one) => `${owner},${one},65000`)]);
  return { folder, open: deals.filter(({ outcome }) => outcome === "open").length, yearStartsIn: Number(monthsOfYear[0]?.slice(5)) };
}
