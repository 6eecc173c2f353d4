import type { Page } from "@playwright/test";
import { linksOf, overflowOf, setView, shapeOf, views, violationsOn } from "../support/crawl.ts";
import { expect, signInAs, test } from "./kept.ts";

/** One page with this many different sets of filters has been looked at enough. */
const mostFilters = 4;

/** What is wrong with the page as it stands, in every view. */
async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const view of views) {
    await setView(page, view);
    const where = `${new URL(page.url()).pathname} ${view.scheme} ${view.width}`;
    for (const { id, help, nodes } of await violationsOn(page)) faults.push(`${where}: ${id}, ${help}: ${nodes[0]?.target.join(" ")}`);
    const beyond = await overflowOf(page);
    if (beyond > 0) faults.push(`${where}: ${beyond} px wider than the window`);
  }
  return faults;
}

/** Opens the first one-on-one that can be started, so that the room itself is looked at. */
async function openARoom(page: Page): Promise<void> {
  await page.goto("/week");
  const room = page.getByRole("link", { name: "Room" }).first();
  // At a weekend this week has been held already.
  if ((await room.count()) === 0) await page.getByRole("link", { name: "→" }).click();
  await room.click();
  const start = page.getByRole("button", { name: "Start the one-on-one" });
  await start.or(page.locator("kept-note").first()).first().waitFor();
  if (await start.isVisible()) await start.click();
  await expect(page.locator("kept-note [contenteditable=true]").first()).toBeVisible();
  await page.goto("/week");
}

for (const role of ["manager", "rep", "leader", "admin"] as const)
  test(`every kind of page a ${role} can reach answers, fits the window, and has nothing axe objects to, light and dark, narrow and wide`, async ({
    page,
  }) => {
    test.setTimeout(300_000);
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) faults.push(`${page.url()}: ${message.text()}`);
    });
    // Not the first manager: other journeys on this sample company hold the one-on-one that waits for her.
    await signInAs(page, role, role === "manager" ? 2 : 0);
    if (role === "manager") await openARoom(page);
    const waiting = [new URL(page.url()).pathname, ...(await linksOf(page))];
    const seen = new Set<string>();
    const filters = new Map<string, number>();
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      if (seen.has(shapeOf(path))) continue;
      seen.add(shapeOf(path));
      const bare = shapeOf(path).replace(/\?.*/, "");
      filters.set(bare, (filters.get(bare) ?? 0) + 1);
      if ((filters.get(bare) ?? 0) > mostFilters) continue;
      const response = await page.goto(path).catch(() => undefined);
      if (!response?.headers()["content-type"]?.includes("text/html")) continue;
      if (response.status() >= 400) faults.push(`${path}: answered ${response.status()}`);
      waiting.push(...(await linksOf(page)));
      faults.push(...(await faultsOf(page)));
    }
    expect(seen.size).toBeGreaterThan(8);
    expect(faults).toEqual([]);
  });
