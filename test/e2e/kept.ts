import { test as base, type Browser, type Page } from "@playwright/test";
import { type Instance, startInstance } from "../support/instance.ts";

interface Shared {
  /** The built program with the sample company in it, one for each worker. */
  kept: Instance;
}

/** `test` with a running Kept: `kept.url`, and pages whose addresses are relative to it. */
export const test = base.extend<object, Shared>({
  kept: [
    async ({ browser }, use) => {
      const kept = await startInstance();
      await makeSample(browser, kept);
      await use(kept);
      await kept.discard();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ kept }, use) => use(kept.url),
});

export { expect } from "@playwright/test";

/** Takes the set-up link and asks for the sample company, as a newcomer does. */
export async function makeSample(browser: Browser, kept: Pick<Instance, "setUpUrl">): Promise<void> {
  const page = await browser.newPage();
  await page.goto(kept.setUpUrl ?? "");
  await page.getByRole("button", { name: /sample company/i }).click();
  await page.waitForURL(/sign-in|week/, { timeout: 90_000 });
  await page.close();
}

/** One click in the sample company. */
export async function signInAs(page: Page, who: "leader" | "manager" | "rep" | "admin", which = 0): Promise<void> {
  await page.goto("/sign-in");
  const heading = { leader: /leader/i, manager: /managers/i, rep: /reps/i, admin: /sales operations/i }[who];
  const group = page.locator("section.sample > div").filter({ has: page.getByRole("heading", { name: heading }) });
  await group.getByRole("button").nth(which).click();
  await page.waitForURL(/week|people|set-up|account/);
}
