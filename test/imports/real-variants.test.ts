import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { opportunitiesAsOf } from "../../src/domain/opportunities/opportunities-as-of.ts";
import { asActor } from "../../src/platform/context.ts";
import { type Company, makeCompany } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, bringInFile, rowsOf } from "./bring-in.ts";

const folder = process.env.KEPT_REAL_DATA ?? "";
const maven = (name: string) => join(folder, "crm", "maven", name);
const isHere = folder !== "" && existsSync(maven("sales_pipeline.csv"));
if (!isHere) console.log("Skipped: the real pipeline in several writings. Set KEPT_REAL_DATA to the folder that holds crm/maven.");

describe.skipIf(!isHere)("the real pipeline", async () => {
  const app = await makeTestApp();

  async function companyWith(pipeline: string): Promise<{ company: Company; line: string }> {
    const company = await makeCompany(app);
    for (const name of ["sales_teams.csv", "products.csv", "accounts.csv"]) await bringInFile(app, company, maven(name));
    const { counts, run } = await bringIn(app, company, pipeline);
    return { company, line: `${run.state}: ${run.rowsTotal} rows, ${JSON.stringify(counts)}` };
  }

  /** Every opportunity and every change of it, by what it means instead of by its ids. */
  async function everything(company: Company): Promise<string[]> {
    const named = new Map<string, string>();
    for (const table of ["stage", "person", "account", "product"] as const)
      for (const row of await rowsOf(app, company, table)) named.set(row.id, row.name);
    const word = (value: string | null) => (value === null ? "–" : (named.get(value) ?? value));
    const keys = new Map<string, string>();
    const lines: string[] = [];
    for (const row of await rowsOf(app, company, "opportunity")) {
      keys.set(row.id, row.external_id);
      const who = [row.owner_id, row.account_id, row.product_id, row.stage_id].map(word).join(" | ");
      const when = `${row.created_at.toISOString()} ${row.last_change_at.toISOString()}`;
      lines.push(`${row.external_id} ${row.name} ${who} ${row.outcome} ${row.amount_minor} ${row.currency} ${row.close_on} ${when}`);
    }
    for (const row of await rowsOf(app, company, "opportunity_change"))
      lines.push(`${keys.get(row.opportunity_id)} ${row.at.toISOString()} ${row.field} ${word(row.before)} → ${word(row.after)}`);
    return lines.sort();
  }

  const original = isHere ? readFileSync(maven("sales_pipeline.csv"), "utf8") : "";
  const lines = original.replaceAll("\r\n", "\n");
  const american = original.replaceAll(/(\d{4})-(\d\d)-(\d\d)/g, (_, y: string, m: string, d: string) => `${Number(m)}/${Number(d)}/${y}`);
  const whole = 'applied: 8800 rows, {"new":8800,"changed":0,"same":0,"failed":0}';

  test("is the same, row for row, in its original form, with M/D/YYYY dates, and with LF line ends", { timeout: 300_000 }, async () => {
    expect(new Set([original, american, lines]).size).toBe(3);
    const first = await companyWith(original);
    const rows = await everything(first.company);
    expect(first.line).toBe(whole);
    expect(rows.filter((row) => row.includes(" → ")).length).toBeGreaterThan(8800 * 4);
    for (const variant of [american, lines]) {
      const other = await companyWith(variant);
      expect(other.line).toBe(whole);
      expect(await everything(other.company)).toEqual(rows);
    }
  });

  test("as of each month end has as many open, won and lost deals as the file itself", { timeout: 300_000 }, async () => {
    const { company } = await companyWith(original);
    const deals = lines
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const exportedOn = deals
      .map(([, , , , , engaged = "", closed = ""]) => (closed > engaged ? closed : engaged))
      .reduce((a, b) => (a > b ? a : b));
    /** Counted from the file's own lines; a deal without a date is known from the day of the export. */
    const counted = (day: string) => {
      const counts = { open: 0, won: 0, lost: 0 };
      for (const [, , , , stage, engaged, closed] of deals) {
        if ((engaged || exportedOn) > day) continue;
        if (closed && closed <= day) counts[stage === "Won" ? "won" : "lost"]++;
        else counts.open++;
      }
      return counts;
    };
    const owners = (await rowsOf(app, company, "person")).map(({ id }) => id);
    const months = Array.from({ length: 16 }, (_, i) => Temporal.PlainYearMonth.from("2016-09").add({ months: i }));
    for (const month of months) {
      const day = month.toPlainDate({ day: month.daysInMonth }).toString();
      const at = new Date(`${day}T23:59:59.999Z`);
      const known = await asActor(app, "import", company.orgId, (db) =>
        opportunitiesAsOf(db, { orgId: company.orgId, ownerIds: owners, at, nothingLater: false }),
      );
      const counts = { open: 0, won: 0, lost: 0, vanished: 0 };
      for (const { outcome } of known) counts[outcome]++;
      expect({ day, ...counts }).toEqual({ day, ...counted(day), vanished: 0 });
    }
    expect(counted(exportedOn)).toEqual({ open: 2089, won: 4238, lost: 2473 });
  });
});
