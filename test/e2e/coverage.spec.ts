import type { Page } from "@playwright/test";
import { known } from "../../src/method/estimate.ts";
import { readEnv } from "../../src/platform/env.ts";
import { startApp } from "../../src/start-app.ts";
import { someNumbers, storeNumbers } from "../coverage/some-numbers.ts";
import { violationsOn } from "../support/crawl.ts";
import { runKept } from "../support/instance.ts";
import { aYearOfDeals } from "./a-year-of-deals.ts";
import { expect, type PairOfPeople, test } from "./pair.ts";

const dayFrom = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Sets the month in which the fiscal year begins, and waits until that is worked out and forgotten. Returns the rep's page. */
async function beginYearIn(pair: PairOfPeople, month: number): Promise<string> {
  const held = await startApp(readEnv({ KEPT_DATA: pair.kept.folder, KEPT_LOG: "silent" }), { share: true });
  try {
    const pool = held.app.database.ownerPool;
    await pool.query("update organisation set fiscal_year_starts_in = $1", [month]);
    await expect.poll(async () => (await pool.query("select 1 from numbers_due")).rowCount, { timeout: 30_000 }).toBe(0);
    const { rows } = await pool.query<{ id: string }>("select id from person where name = 'Rico Ferro'");
    return `/people/${rows[0]?.id}/coverage`;
  } finally {
    await held.stop();
  }
}

/** Numbers of today with a year-end gap that nine new deals close, in place of those the job made. Returns the rep's page. */
async function storeAGap(pair: PairOfPeople): Promise<string> {
  const held = await startApp(readEnv({ KEPT_DATA: pair.kept.folder, KEPT_LOG: "silent" }), { share: true });
  try {
    const pool = held.app.database.ownerPool;
    await expect.poll(async () => (await pool.query("select 1 from numbers_due")).rowCount, { timeout: 30_000 }).toBe(0);
    const { rows } = await pool.query<{ org_id: string; id: string }>("select org_id, id from person where name = 'Rico Ferro'");
    const [{ org_id: orgId, id: personId } = { org_id: "", id: "" }] = rows;
    const numbers = someNumbers();
    const found = numbers.horizons.year.goal?.finding;
    if (found?.known) found.value.by = dayFrom(21);
    await storeNumbers(held.app, { viewer: { orgId, personId } }, { quota: known(numbers) }, dayFrom(0));
    return `/people/${personId}/coverage`;
  } finally {
    await held.stop();
  }
}

const money = (page: Page) => page.locator("[data-together=money]").innerText();

test("from a gap to a goal both have agreed to, by keyboard too", async ({ pair }) => {
  const coverage = await storeAGap(pair);
  const [manager, rep] = [await pair.open("manager"), await pair.open("rep")];

  await manager.goto(coverage);
  await expect(manager.getByText("9 new opportunities by", { exact: false })).toBeVisible();
  expect(await violationsOn(manager)).toEqual([]);
  // Two clicks: the gap, and the question.
  await manager.getByRole("link", { name: "Make it a coaching goal: the year" }).click();
  await expect(manager.getByLabel("What would Rico do?")).toHaveValue(/^Find 9 new opportunities by /);
  await manager.getByRole("button", { name: "Ask Rico" }).press("Enter");
  await expect(manager.getByText("It is agreed once Rico says yes.", { exact: false })).toBeVisible();
  await expect(manager.getByText("Waiting for Rico’s yes")).toBeVisible();

  await rep.goto("/week");
  await rep.getByRole("link", { name: "You", exact: true }).click();
  await expect(rep.getByText("Will you?")).toBeVisible();
  expect(await violationsOn(rep)).toEqual([]);
  await rep.getByRole("button", { name: /^Yes, I will/ }).press("Enter");
  await expect(rep.getByText("Agreed", { exact: true })).toBeVisible();
  // The manager's page learns of it by itself.
  await expect(manager.getByText("Agreed", { exact: true })).toBeVisible();
  await manager.goto("/commitments");
  await expect(manager.getByText(/^Find 9 new opportunities by /)).toBeVisible();
});

test("deals taken in become numbers by themselves, and their gap a goal both have agreed to", async ({ pair }) => {
  const { folder, open, yearStartsIn } = aYearOfDeals(pair.kept.folder, "Rico Ferro", dayFrom(0));
  const coverage = await beginYearIn(pair, yearStartsIn);
  const [manager, rep] = [await pair.open("manager"), await pair.open("rep")];
  await manager.goto(coverage);
  const imported = await runKept(["import", folder], { folder: pair.kept.folder });
  expect(imported.code, imported.output).toBe(0);
  // The page learns of them by itself. Open are those of the files, 10,000 each, and the three there were: 9,000, 13,500 and 18,000.
  const thousands = Math.round(open * 10 + 40.5);
  await expect(manager.getByText(`$${thousands}k is open`, { exact: false }).first()).toBeVisible();
  const goal = await manager.locator(".finding", { hasText: "close the year-end gap" }).locator("b").innerText();
  expect(goal).toMatch(/^\d+ new opportunities by /);

  await manager.getByRole("link", { name: "Make it a coaching goal: the year" }).click();
  await expect(manager.getByLabel("What would Rico do?")).toHaveValue(`Find ${goal}`);
  await manager.getByRole("button", { name: "Ask Rico" }).click();
  await expect(manager.getByText("Waiting for Rico’s yes")).toBeVisible();
  await rep.goto("/commitments");
  await rep.getByRole("button", { name: /^Yes, I will/ }).click();
  await expect(rep.getByText("Agreed", { exact: true })).toBeVisible();
  await manager.goto("/commitments");
  await expect(manager.getByText(`Find ${goal}`)).toBeVisible();
});

test("what the rep would rather do stands in place of what was asked, once the manager agrees", async ({ pair }) => {
  const coverage = await storeAGap(pair);
  const [manager, rep] = [await pair.open("manager"), await pair.open("rep")];
  await manager.goto(coverage);
  await manager.getByRole("link", { name: "Make it a coaching goal: Win rate" }).click();
  await manager.getByRole("button", { name: "Ask Rico" }).click();
  await expect(manager.getByText("Waiting for Rico’s yes")).toBeVisible();

  await rep.goto("/commitments");
  await rep.getByText("No, rather…").click();
  await rep.getByLabel(/^What would you rather do/).fill("Two calls with every lost customer of this year");
  await rep.getByRole("button", { name: "I will do this instead" }).click();
  await expect(rep.getByText("The manager has not agreed yet")).toBeVisible();

  await expect(manager.getByText("Two calls with every lost customer of this year")).toBeVisible();
  await manager.getByRole("button", { name: /^Agree to it/ }).click();
  await expect(manager.getByText("Agreed", { exact: true })).toBeVisible();
});

test("a slider says new money at once and without a request; without script the form says the same", async ({ pair }) => {
  const coverage = await storeAGap(pair);
  const rep = await pair.open("rep");
  await rep.goto(coverage);
  const slider = rep.getByRole("slider", { name: "Deal size" });
  await expect(slider).toHaveAttribute("aria-valuetext", "+1 %, worth $2,330 a year");
  const requests: string[] = [];
  rep.on("request", (request) => requests.push(request.url()));
  await slider.focus();
  for (let step = 0; step < 4; step++) await rep.keyboard.press("ArrowRight");
  await expect(slider).toHaveAttribute("aria-valuetext", "+5 %, worth $11,650 a year");
  const moved = await money(rep);
  expect(requests).toEqual([]);

  const context = await rep
    .context()
    .browser()
    ?.newContext({ baseURL: pair.kept.url, javaScriptEnabled: false, storageState: await rep.context().storageState() });
  const plain = await context?.newPage();
  if (!plain) throw new Error("no browser");
  await plain.goto(coverage);
  await plain.getByRole("slider", { name: "Deal size" }).press("Home");
  for (let step = 0; step < 5; step++) await plain.getByRole("slider", { name: "Deal size" }).press("ArrowRight");
  await plain.getByRole("button", { name: "Work it out" }).click();
  await expect(plain.getByRole("slider", { name: "Deal size" })).toHaveValue("5");
  expect(await money(plain)).toBe(moved);
  await context?.close();
});
