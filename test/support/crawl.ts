import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const notPages = /^\/(assets|live|api\/v1|sign-out|metrics|healthz)|\.(csv|xlsx|ics|json)$|\/export/;

export interface Violation {
  id: string;
  help: string;
  nodes: { target: string[]; failureSummary?: string }[];
}

/** /meetings/<uuid>/room → /meetings/:id/room: pages of one shape look alike. */
export const shapeOf = (path: string): string =>
  path
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id")
    .replace(/\?.*/, (query) => `?${[...new URLSearchParams(query).keys()].toSorted().join("&")}`);

/** The pages of ours that this page links to. */
export async function linksOf(page: Page): Promise<string[]> {
  const hrefs = await page.$$eval("a[href]", (links) => links.map((link) => (link as HTMLAnchorElement).href));
  return hrefs
    .filter((href) => href.startsWith(new URL(page.url()).origin))
    .map((href) => {
      const { pathname, search } = new URL(href);
      return pathname + search;
    })
    .filter((path) => !notPages.test(path.replace(/\?.*/, "")));
}

export const views = [390, 1440].flatMap((width) => (["light", "dark"] as const).map((scheme) => ({ width, scheme })));

export async function setView(page: Page, { width, scheme }: (typeof views)[number]): Promise<void> {
  await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  await page.waitForTimeout(60);
}

/** What axe finds on the page as it stands. */
export async function violationsOn(page: Page): Promise<Violation[]> {
  const { violations } = (await page.evaluate(
    `${axe}; axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })`,
  )) as { violations: Violation[] };
  return violations;
}

/** How many pixels the page is wider than the window. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
