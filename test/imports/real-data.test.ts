import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Company, makeCompany } from "../builders/company.ts";
import { makeTestApp } from "../support/test-app.ts";
import { bringIn, bringInFile, rowsOf } from "./bring-in.ts";

/** A folder with crm/maven and csv/encodings: public files that are not ours to keep here. */
const folder = process.env.KEPT_REAL_DATA ?? "";
const maven = (name: string) => join(folder, "crm", "maven", name);
const isHere = folder !== "" && existsSync(join(folder, "crm", "maven"));
if (!isHere) console.log("Skipped: the real pipeline. Set KEPT_REAL_DATA to the folder that holds crm/maven and csv/encodings.");

describe.skipIf(!isHere)("the real pipeline", async () => {
  const app = await makeTestApp();
  const names = ["sales_teams.csv", "products.csv", "accounts.csv", "sales_pipeline.csv"];

  async function everything(company: Company) {
    for (const name of names) expect((await bringInFile(app, company, maven(name))).counts.failed).toBe(0);
  }

  test("goes in whole: nobody and nothing is lost", async () => {
    const company = await makeCompany(app);
    await everything(company);
    const opportunities = await rowsOf(app, company, "opportunity");
    const by = Map.groupBy(opportunities, ({ outcome }) => outcome);
    const stages = new Map((await rowsOf(app, company, "stage")).map(({ id, name }) => [id, name]));
    const inStage = (name: string) => opportunities.filter(({ stage_id }) => stages.get(stage_id) === name).length;
    expect(opportunities).toHaveLength(8800);
    expect(["Won", "Lost", "Engaging", "Prospecting"].map(inStage)).toEqual([4238, 2473, 1589, 500]);
    expect(by.get("won")?.reduce((sum, { amount_minor }) => sum + (amount_minor ?? 0), 0)).toBe(1_000_553_400);
    expect(by.get("lost")?.every(({ amount_minor }) => amount_minor === 0)).toBe(true);
    expect(by.get("open")?.every(({ amount_minor, close_on }) => amount_minor === null && close_on === null)).toBe(true);
    expect(opportunities.filter(({ account_id }) => account_id === null)).toHaveLength(1425);
    expect(opportunities.filter(({ product_id }) => product_id === null)).toEqual([]);
    expect(new Set(opportunities.map(({ owner_id }) => owner_id)).size).toBe(30);
    const roles = Map.groupBy(await rowsOf(app, company, "person_role"), ({ role }) => role);
    expect([roles.get("rep")?.length, roles.get("manager")?.length]).toEqual([35, 6]);
    expect(await rowsOf(app, company, "account")).toHaveLength(85);
    expect(await rowsOf(app, company, "product")).toHaveLength(7);
    const lines = await rowsOf(app, company, "reporting_line");
    expect([lines.length, new Set(lines.map(({ manager_id }) => manager_id)).size]).toEqual([35, 6]);
  });

  test("brought in again changes nothing", async () => {
    const company = await makeCompany(app);
    await everything(company);
    const changes = (await rowsOf(app, company, "opportunity_change")).length;
    for (const name of names)
      expect((await bringInFile(app, company, maven(name))).counts).toMatchObject({ new: 0, changed: 0, failed: 0 });
    expect((await rowsOf(app, company, "opportunity_change")).length).toBe(changes);
  });

  test("is the same with other line ends, delimiters, encodings and M/D/YYYY dates", async () => {
    const company = await makeCompany(app);
    await everything(company);
    const text = readFileSync(maven("sales_pipeline.csv"), "utf8");
    const american = text.replaceAll(/(\d{4})-(\d\d)-(\d\d)/g, (_, y: string, m: string, d: string) => `${Number(m)}/${Number(d)}/${y}`);
    const variants = [
      american.replaceAll(/\r?\n/g, "\r"),
      `sep=;\r\n${american.replaceAll(",", ";")}`,
      Buffer.from(`\uFEFF${american.replaceAll(",", "\t")}`, "utf16le"),
    ];
    for (const variant of variants)
      expect((await bringIn(app, company, variant)).counts).toEqual({ new: 0, changed: 0, same: 8800, failed: 0 });
  });

  test("of every encoding gives the same accounts", async () => {
    const folders = join(folder, "csv", "encodings");
    const seen = new Map<string, string>();
    for (const name of readdirSync(folders)) {
      const company = await makeCompany(app);
      const { counts } = await bringInFile(app, company, join(folders, name));
      expect({ name, ...counts }).toEqual({ name, new: 19, changed: 0, same: 0, failed: 0 });
      const accounts = (await rowsOf(app, company, "account"))
        // Three of the files hold one name with accents, to show that those survive; the others have it without.
        .map((row) => ({
          ...row,
          id: "",
          org_id: "",
          external_id: "",
          import_run_id: "",
          name: row.name.replace("Bétasölöin – €", "Betasoloin"),
        }))
        .sort((a, b) => a.name.localeCompare(b.name));
      seen.set(name, JSON.stringify(accounts));
    }
    expect(new Set(seen.values()).size).toBe(1);
    expect(JSON.parse([...seen.values()][0] ?? "[]")).toContainEqual(
      expect.objectContaining({ name: "Acme Corporation", annual_revenue_minor: 110_004_000_000 }),
    );
  });
});
