import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startInstance } from "../support/instance.ts";
import { invite, setUp } from "./own-company.ts";

/** The real pipeline's four files: sales_teams, products, accounts and sales_pipeline. */
const folder = process.env.KEPT_REAL_DATA ? join(process.env.KEPT_REAL_DATA, "crm", "maven") : "";
const now = "2017-10-02T08:00Z";

test.skip(folder === "", "KEPT_REAL_DATA names no folder with the real pipeline's files.");

/** Counted from the file itself, apart from all code of the product. */
function figuresOf(rep: string) {
  const [head = "", ...lines] = readFileSync(join(folder, "sales_pipeline.csv"), "utf8").trim().split(/\r?\n/);
  const names = head.split(",");
  const rows = lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i], cell])));
  const mine = rows.filter((row) => row.sales_agent === rep);
  const wonIn = (from: string, until: string) =>
    mine
      .filter((row) => row.deal_stage === "Won" && (row.close_date ?? "") >= from && (row.close_date ?? "") < until)
      .reduce((sum, row) => sum + Number(row.close_value), 0);
  const yesterday = "2017-10-01";
  const open = mine.filter((row) => row.engage_date && row.engage_date <= yesterday && (!row.close_date || row.close_date > yesterday));
  return { september: wonIn("2017-09-01", "2017-10-01"), year: wonIn("2017-01-01", "2017-10-01"), open: open.length, rows: rows.length };
}

const dollars = (amount: number): string => `$${amount.toLocaleString("en-US")}`;

async function upload(page: Page, file: string): Promise<void> {
  await page.goto("/imports/new");
  await page.getByLabel("The file").setInputFiles(join(folder, file));
  await page.getByRole("button", { name: "Look it over" }).click();
}

async function lookOver(page: Page, file: string): Promise<void> {
  await upload(page, file);
  await expect(page.getByText("Ready to take in")).toBeVisible();
}

async function takeIn(page: Page, file: string, words: string): Promise<void> {
  await lookOver(page, file);
  await page.getByRole("button", { name: `Take in ${words}` }).click();
  await expect(page.getByText("Taken in", { exact: true })).toBeVisible({ timeout: 20_000 });
}

test("a company brings in its real pipeline, and a pair prepares, holds and closes on it as of a past day", async ({ browser }) => {
  const kept = await startInstance({ env: { KEPT_NOW: now } });
  try {
    const { september, year, open, rows } = figuresOf("Darcel Schlecht");
    const admin = await (await browser.newContext({ baseURL: kept.url })).newPage();
    await setUp(admin, kept, { company: "Maven Hardware", timeZone: "America/Chicago" });
    await takeIn(admin, "sales_teams.csv", "35 people");
    await takeIn(admin, "products.csv", "7 products");
    await takeIn(admin, "accounts.csv", "85 accounts");
    await takeIn(admin, "sales_pipeline.csv", `${rows.toLocaleString("en-US")} opportunities`);
    await expect(admin.getByText("is taken for “GTX Pro”", { exact: false })).toBeVisible();
    await upload(admin, "sales_pipeline.csv");
    await expect(admin.getByText(/same file as/).first()).toBeVisible();
    await admin.getByRole("button", { name: "Look it over anyway" }).click();
    await expect(admin.getByText("Kept has all of it already")).toBeVisible();

    const manager = await invite(admin, browser, "Melvin Marxen", "melvin@example.com");
    const rep = await invite(admin, browser, "Darcel Schlecht", "darcel@example.com");

    await manager.getByRole("link", { name: "Schedule with Darcel" }).click();
    await manager.locator("main a[href*='kind=results-review']").click();
    await manager.getByLabel("Weekday").selectOption("Monday");
    await manager.getByLabel("Time", { exact: true }).fill("09:00");
    await manager.getByRole("button", { name: "Schedule" }).click();
    await expect(manager.getByText("Results review with Darcel Schlecht is planned.")).toBeVisible();
    await manager.goto("/week");
    await expect(manager.getByRole("heading", { name: "Week of 2 October" })).toBeVisible();
    await manager.goto("/pipeline?asOf=2017-12-24");
    await expect(manager.getByText("That day is still to come.")).toBeVisible();

    await rep.goto("/week");
    await expect(rep.getByText("Results review", { exact: false }).first()).toBeVisible();
    expect(await rep.content(), "nobody tells the rep before the rep has said it").not.toContain(dollars(september));
    await rep.getByRole("link", { name: "Prepare" }).first().click();
    await rep.getByLabel("Won in September").fill("120k");
    await rep.getByLabel("Won this year, up to the end of September").fill("800,000");
    expect(await rep.content()).not.toContain(dollars(september));
    await rep.getByRole("button", { name: "Say these and see the actual figures" }).press("Enter");
    await expect(rep.getByText(`It is ${dollars(september)}`, { exact: false })).toBeVisible();
    await expect(rep.getByText(`It is ${dollars(year)}`, { exact: false })).toBeVisible();
    await rep.getByRole("button", { name: "Hand in" }).click();
    await expect(rep.getByText("Handed in 2 Oct.", { exact: false })).toBeVisible();

    await manager.goto("/week");
    await manager.getByRole("link", { name: /^Briefing: Darcel/ }).click();
    await expect(manager.getByText("said $120,000", { exact: false })).toBeVisible();
    await expect(manager.getByText(`Open now: ${open} opportunities`, { exact: false })).toBeVisible();
    await manager.getByRole("link", { name: "Go to the room" }).click();
    await manager.getByRole("button", { name: "Start the one-on-one" }).click();
    await manager
      .getByRole("link", { name: /What’s next/ })
      .first()
      .click();
    await manager.getByLabel("What will you do by next time?").fill("Get the data sheet from Conecom");
    await manager.getByRole("button", { name: "Write it down" }).press("Enter");
    await expect(manager.getByText("Not yet confirmed by Darcel")).toBeVisible();
    const meeting = new URL(manager.url()).pathname.replace(/\/room$/, "");
    await rep.goto(`${meeting}/room`);
    await rep
      .getByRole("link", { name: /What’s next/ })
      .first()
      .click();
    await rep.getByRole("button", { name: "Yes, I confirm it" }).click();
    await expect(rep.getByText("Confirmed by both")).toBeVisible();
    await manager.getByRole("link", { name: "Finish", exact: true }).first().click();
    await manager.getByRole("button", { name: "Close and send the summary to both" }).click();
    await expect(manager.getByText("it is locked", { exact: false }).first()).toBeVisible();

    await rep.goto("/records?q=data+sheet");
    await expect(rep.getByText("with Melvin Marxen · commitment")).toBeVisible();
    for (const page of ["room", "record", "briefing", "preparation", "points", "confirm"])
      expect((await admin.request.get(`${meeting}/${page}`)).status(), `${page} as the admin`).toBe(404);
  } finally {
    await kept.discard();
  }
});
