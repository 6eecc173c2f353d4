// A picture of every page of the sample company, for every kind of person, light and dark, narrow and wide, into look/,
// with what axe has to say beside each. Ends with 1 when there is anything to mend.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { makeSample, signInAs } from "../test/e2e/kept.ts";
import { linksOf, overflowOf, setView, shapeOf, views, violationsOn } from "../test/support/crawl.ts";
import { launchBrowser } from "../test/support/browser.ts";
import { startInstance } from "../test/support/instance.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "look");
const roles = ["manager", "rep", "leader", "admin"] as const;
const wantsPicture = process.argv.includes("--picture");
const only = process.argv.slice(2).find((word) => !word.startsWith("--"));
// A Tuesday morning: some of the week behind, most of it to come.
const frozenAt = "2026-11-17T07:30:00Z";
const mostPagesOfOneKind = 2;

interface Finding {
  role: string;
  page: string;
  view: string;
  rule: string;
  words: string;
}

const fileName = (path: string) =>
  path
    .replace(/^\//, "")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{23}/g, "")
    .replace(/[^\w-]+/g, "-")
    .replace(/-$/, "") || "start";

async function lookAt(page: Page, role: string, path: string, findings: Finding[]): Promise<void> {
  for (const { width, scheme } of views) {
    await setView(page, { width, scheme });
    const name = join(folder, role, `${fileName(path)}-${scheme}-${width}`);
    const view = `${scheme} ${width}`;
    await page.screenshot({ path: `${name}.png`, fullPage: true });
    const violations = await violationsOn(page);
    writeFileSync(`${name}.json`, JSON.stringify(violations, null, 2));
    for (const { id, help, nodes } of violations) {
      const places = nodes.map(({ target }) => target.join(" ")).slice(0, 3);
      findings.push({ role, page: path, view, rule: id, words: `${help}: ${places.join(", ")}` });
    }
    const beyond = await overflowOf(page);
    if (beyond > 0) findings.push({ role, page: path, view, rule: "sideways", words: `the page is ${beyond} px wider than the window` });
  }
}

async function walk(page: Page, role: string, findings: Finding[]): Promise<number> {
  const waiting = ["/week", ...(await linksOf(page)), "/people", "/account", "/set-up"];
  const seen = new Set<string>();
  const ofShape = new Map<string, number>();
  let visited = 0;
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const shape = shapeOf(path);
    if (seen.has(path) || (ofShape.get(shape) ?? 0) >= (shape.includes(":id") ? mostPagesOfOneKind : 1)) continue;
    seen.add(path);
    ofShape.set(shape, (ofShape.get(shape) ?? 0) + 1);
    const response = await page.goto(path, { waitUntil: "load" }).catch((error: Error) => {
      // A file, not a page.
      if (!error.message.includes("Download is starting")) throw error;
      return undefined;
    });
    if (!response) continue;
    const type = response.headers()["content-type"] ?? "";
    if (!type.includes("text/html")) continue;
    const status = response.status();
    if (status === 404 && ["/people", "/account", "/set-up"].includes(path)) continue;
    if (status >= 400) findings.push({ role, page: path, view: "", rule: `status ${status}`, words: "a page that is linked to" });
    await page.waitForTimeout(150);
    waiting.push(...(await linksOf(page)));
    if (only && !path.includes(only)) continue;
    await lookAt(page, role, path, findings);
    visited++;
  }
  return visited;
}

rmSync(folder, { recursive: true, force: true });
for (const role of roles) mkdirSync(join(folder, role), { recursive: true });
const kept = await startInstance({ env: { KEPT_NOW: frozenAt } });
const browser = await launchBrowser();
const findings: Finding[] = [];
let pages = 0;
try {
  await makeSample(browser, kept);
  for (const role of roles) {
    const context = await browser.newContext({ baseURL: kept.url });
    const page = await context.newPage();
    page.on("pageerror", (error) =>
      findings.push({ role, page: new URL(page.url()).pathname, view: "", rule: "script", words: error.message }),
    );
    page.on("console", (message) => {
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
        findings.push({ role, page: new URL(page.url()).pathname, view: "", rule: "console", words: message.text() });
    });
    await signInAs(page, role);
    pages += await walk(page, role, findings);
    await context.close();
  }
} finally {
  await browser.close();
  await kept.discard();
}

if (wantsPicture) copyFileSync(join(folder, "manager", "week-light-1440.png"), join(root, "docs", "picture.png"));
writeFileSync(join(folder, "findings.json"), JSON.stringify(findings, null, 2));
const grouped = Map.groupBy(findings, ({ rule, page, words }) => `${rule}  ${shapeOf(page)}  ${words}`.slice(0, 220));
for (const [words, same] of grouped) console.log(`${same.length} × ${words}`);
console.log(`${pages} pages looked at, ${findings.length} findings; pictures in look/.`);
process.exitCode = findings.length > 0 ? 1 : 0;
