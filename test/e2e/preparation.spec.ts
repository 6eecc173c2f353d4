import type { Page } from "@playwright/test";
import { expect, signInAs, test } from "./kept.ts";

/** The preparation of the first one-on-one of a rep that has not begun and is not handed in. */
async function openPreparation(page: Page): Promise<string> {
  for (let which = 0; which < 18; which++) {
    await signInAs(page, "rep", which);
    for (const path of ["/week", "/series"]) {
      await page.goto(path);
      const links = await page.$$eval("a[href*='/meetings/']", (all) => all.map((link) => (link as HTMLAnchorElement).href));
      const ids = new Set(links.map((href) => /meetings\/([0-9a-f-]{36})/.exec(href)?.[1]).filter((id) => id !== undefined));
      for (const id of ids) {
        await page.goto(`/meetings/${id}/preparation`);
        if (await page.getByRole("button", { name: "Hand in" }).isVisible()) return page.url();
      }
    }
    await page.context().clearCookies();
  }
  throw new Error("no rep of the sample company has something to prepare");
}

test("a rep prepares on the phone: own numbers first, everything saved, then handed in", async ({ page, context }) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 390, height: 844 });
  const url = await openPreparation(page);
  const status = page.locator("[data-status]");

  await test.step("words are saved while they are typed", async () => {
    await page.getByLabel("Working", { exact: true }).fill("Demos on site");
    await expect(status).toHaveText("Saved");
    await page.reload();
    await expect(page.getByLabel("Working", { exact: true })).toHaveValue("Demos on site");
  });

  await test.step("two tabs keep both texts", async () => {
    const other = await context.newPage();
    await other.goto(url);
    await other.getByLabel("Not working").fill("Legal is slow");
    await expect(other.locator("[data-status]")).toHaveText("Saved");
    await page.getByLabel("Not working").fill("Prices are late");
    await expect(page.getByLabel("Not working")).toHaveValue("Legal is slow\nPrices are late");
    await other.close();
  });

  await test.step("a session that ends while typing loses nothing", async () => {
    const cookies = await context.cookies();
    await context.clearCookies();
    await page.getByLabel("Working", { exact: true }).fill("Demos on site, twice a week");
    await expect(status).toContainText("signed out");
    await context.addCookies(cookies);
    await expect(status).toHaveText("Saved", { timeout: 20_000 });
    await page.reload();
    await expect(page.getByLabel("Working", { exact: true })).toHaveValue("Demos on site, twice a week");
  });

  await test.step("the actual figure appears only after the own one, and that one stands", async () => {
    const own = page.getByLabel(/^Won in/).first();
    const asked = await page.getByLabel(/^Won in/).count();
    await own.fill("roughly forty");
    await page.getByRole("button", { name: /Say these/ }).click();
    await expect(page.getByText("Write an amount such as 38,120 or 38k.").first()).toBeVisible();
    await expect(own).toHaveValue("roughly forty");
    await expect(page.getByText(/It is \$/)).toHaveCount(0);
    await own.fill("40k");
    await page.getByRole("button", { name: /Say these/ }).click();
    await expect(page.getByText("You said $40,000").first()).toBeVisible();
    await expect(page.getByText(/It is \$/).first()).toBeVisible();
    await expect(page.getByLabel(/^Won in/), "what was said is not asked again").toHaveCount(asked - 1);
  });

  await page.getByRole("button", { name: "Hand in" }).click();
  await expect(page.getByText(/You can still change it until you start/)).toBeVisible();
});
