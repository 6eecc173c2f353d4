import { type BrowserContext, type Page, test as base } from "@playwright/test";
import { readEnv } from "../../src/platform/env.ts";
import { startApp } from "../../src/start-app.ts";
import { makeCompany, makeMeeting, makeOpportunity, makePerson } from "../builders/company.ts";
import { type Proxy, startProxy } from "../support/tcp-proxy.ts";
import { type Instance, makeDataFolder, startInstance } from "../support/instance.ts";

export const password = "a long enough password";

export interface PairOfPeople {
  kept: Instance;
  /** Two planned one-on-ones of the pair, now and in a week. */
  meetings: [string, string];
  open(who: "manager" | "rep", options?: Parameters<import("@playwright/test").Browser["newContext"]>[0]): Promise<Page>;
  /** The wire of the rep alone. */
  wire: Proxy;
  /** Kills the server and starts it again on the same port and folder. */
  killAndRestart(): Promise<void>;
}

const day = 86_400_000;
const address = { manager: "mara@example.com", rep: "rico@example.com" };

async function seed(folder: string): Promise<[string, string]> {
  const running = await startApp(readEnv({ KEPT_DATA: folder, KEPT_LOG: "silent" }));
  const { app } = running;
  const company = await makeCompany(app, { name: "Tidewater Tools" });
  const manager = await makePerson(app, company, { name: "Mara Lindt", email: address.manager, roles: ["manager"] });
  const rep = await makePerson(app, company, { name: "Rico Ferro", email: address.rep, manager });
  for (const [who, ctx] of [
    ["manager", manager],
    ["rep", rep],
  ] as const)
    await app.signIn.makeAccount({ orgId: company.orgId, id: ctx.viewer.personId, name: ctx.viewer.name, email: address[who] }, password);
  for (const [n, name] of ["Harbour Lights", "Nordic Paper", "Stonefield"].entries())
    await makeOpportunity(app, company, rep, {
      name,
      amount_minor: (n + 2) * 450_000,
      close_on: "2030-01-15",
      created_at: new Date(Date.now() - (n + 1) * 3 * day).toISOString(),
    });
  const soon = (days: number) =>
    makeMeeting(app, company, manager, rep, { planned_start: new Date(Date.now() + days * day).toISOString() });
  const meetings: [string, string] = [await soon(0), await soon(7)];
  await running.stop();
  return meetings;
}

/** A company of two with a meeting to hold, each person in a browser of their own. */
export const test = base.extend<{ pair: PairOfPeople }>({
  pair: [
    async ({ browser }, use) => {
      const folder = makeDataFolder();
      const meetings = await seed(folder);
      let kept = await startInstance({ folder });
      const port = new URL(kept.url).port;
      const wire = await startProxy(Number(port));
      const contexts: BrowserContext[] = [];
      await use({
        get kept() {
          return kept;
        },
        meetings,
        wire,
        async open(who, options = {}) {
          const baseURL = who === "rep" ? `http://127.0.0.1:${wire.port}` : kept.url;
          const context = await browser.newContext({ baseURL, ...options });
          contexts.push(context);
          const page = await context.newPage();
          await page.goto("/sign-in?next=/commitments");
          await page.getByLabel("Mail address").fill(address[who]);
          await page.getByLabel("Password").fill(password);
          await page.getByRole("button", { name: "Sign in" }).click();
          await page.waitForURL(/commitments/);
          return page;
        },
        async killAndRestart() {
          await kept.stop("SIGKILL");
          kept = await startInstance({ folder, env: { PORT: port } });
        },
      });
      for (const context of contexts) await context.close();
      await wire.close();
      await kept.discard();
    },
    { timeout: 90_000 },
  ],
});

export { expect } from "@playwright/test";

export const notes = (page: Page) => page.locator("kept-note[data-doc=shared] [contenteditable=true]");

/** What somebody reads in the notes, without the names at the cursors. */
export const wordsIn = (page: Page): Promise<string> =>
  notes(page).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll(".caret")) caret.remove();
    return copy.textContent ?? "";
  });
