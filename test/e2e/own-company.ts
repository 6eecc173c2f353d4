import { type Browser, expect, type Page } from "@playwright/test";
import type { Instance } from "../support/instance.ts";

export const password = "a long enough password";

/** Takes the set-up link and makes a company with its admin. */
export async function setUp(
  page: Page,
  kept: Pick<Instance, "setUpUrl">,
  { company, timeZone }: { company: string; timeZone: string },
): Promise<void> {
  await page.goto(kept.setUpUrl ?? "");
  await page.getByLabel("Company").fill(company);
  await page.getByLabel("Time zone").selectOption(timeZone);
  await page.getByLabel("Your name").fill("Ada Admin");
  await page.getByLabel("Your mail address").fill("ada@example.com");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Set up my company" }).click();
  await expect(page.getByText("is set up. Next: its people.")).toBeVisible();
}

/** Gives somebody a mail address, invites them, and lets them choose a password in a browser of their own. */
export async function invite(admin: Page, browser: Browser, name: string, email: string): Promise<Page> {
  await admin.goto(`/people?q=${encodeURIComponent(name)}`);
  await admin.getByRole("link", { name }).first().click();
  await admin.getByRole("link", { name: "Edit" }).click();
  await admin.getByLabel("Mail address").fill(email);
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.getByRole("button", { name: "Invite" }).click();
  await expect(admin.getByText("Nothing was sent: hand the link over yourself.")).toBeVisible();
  const link = new URL(/http\S+\/invitation\/[\w-]+/.exec(await admin.locator("main").innerText())?.[0] ?? "");
  const page = await (await browser.newContext({ baseURL: new URL(admin.url()).origin })).newPage();
  await page.goto(link.pathname);
  await page.getByLabel("Password").fill(password);
  await page.getByLabel("The same once more").fill(password);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Welcome to", { exact: false })).toBeVisible();
  return page;
}
