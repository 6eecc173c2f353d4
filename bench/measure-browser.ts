import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "@playwright/test";
import { launchBrowser } from "../test/support/browser.ts";
import { type Figure, kilobytes, seconds } from "./figures.ts";
import { cookieOf, type Setting } from "./setting.ts";

interface Chunk {
  file: string;
  imports?: string[];
}

/** The scripts a page loads, as they travel. */
export function measureScripts(): Figure[] {
  const folder = join(import.meta.dirname, "..", "dist", "browser");
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Record<string, Chunk>;
  const filesOf = (name: string): string[] => [manifest[name]?.file ?? "", ...(manifest[name]?.imports ?? []).flatMap(filesOf)];
  const size = (...names: string[]) =>
    [...new Set(names.flatMap(filesOf))].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0);
  const [everywhere, room] = [size("src/browser/app.ts"), size("src/browser/app.ts", "src/browser/room.ts")];
  return [
    { what: "Script on Week, gzip", measured: kilobytes(everywhere), aim: "≤ 40 kB", reached: everywhere <= 40_000 },
    { what: "Script in the room, gzip", measured: kilobytes(room), aim: "≤ 250 kB", reached: room <= 250_000 },
  ];
}

const longest = 1500;

/** A first visit on a slow phone: 4 × slower, 1.6 Mbit/s, 150 ms; until the largest thing is painted and scripts have run. */
async function visit(browser: Browser, url: string, cookie: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true });
  const [name = "", value = ""] = cookie.split("=");
  await context.addCookies([{ name, value, url: new URL(url).origin }]);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  const bytes = (1.6 * 2 ** 20) / 8;
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: bytes,
    uploadThroughput: bytes / 2,
  });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(url, { waitUntil: "load" });
  const usable = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const entry = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming;
        let painted = 0;
        new PerformanceObserver((list) => {
          for (const paint of list.getEntries()) painted = Math.max(painted, paint.startTime);
        }).observe({ type: "largest-contentful-paint", buffered: true });
        setTimeout(() => resolve(Math.max(painted, entry.domContentLoadedEventEnd)), 300);
      }),
  );
  await context.close();
  return usable;
}

export async function measurePhone({ kept, app, big }: Setting): Promise<Figure[]> {
  const browser = await launchBrowser();
  const figures: Figure[] = [];
  try {
    const manager = await cookieOf(app, big.manager);
    const rep = await cookieOf(app, big.rep);
    for (const [name, path, cookie] of [
      ["Week", "/week", manager],
      ["Briefing", `/meetings/${big.meetingId}/briefing`, manager],
      ["Preparation", `/meetings/${big.meetingId}/preparation`, rep],
    ] as const) {
      const times = [];
      for (let n = 0; n < 3; n++) times.push(await visit(browser, kept.url + path, cookie));
      const usual = times.toSorted((a, b) => a - b)[1] ?? 0;
      figures.push({
        what: `${name} usable on a slow phone, first visit`,
        measured: seconds(usual),
        aim: "≤ 1.5 s",
        reached: usual <= longest,
      });
    }
  } finally {
    await browser.close();
  }
  return figures;
}
