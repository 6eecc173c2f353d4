import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "@playwright/test";
import { launchBrowser } from "../test/support/browser.ts";
import { known } from "../src/method/estimate.ts";
import { someNumbers, storeNumbers } from "../test/coverage/some-numbers.ts";
import { type Figure, kilobytes, ms, quantile, seconds } from "./figures.ts";
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

const frame = 1000 / 60;

/** From a slider that moved to the new money beside it, on a processor four times slower: what the handler takes, and until it is painted. */
export async function measureSlider({ kept, app, big }: Pick<Setting, "kept" | "app" | "big">): Promise<Figure[]> {
  await storeNumbers(app, big.rep, { quota: known(someNumbers()) });
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext();
    const [name = "", value = ""] = (await cookieOf(app, big.rep)).split("=");
    await context.addCookies([{ name, value, url: kept.url }]);
    const page = await context.newPage();
    await page.goto(`${kept.url}/people/${big.rep.viewer.personId}/coverage`);
    await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: 4 });
    const times = await page.evaluate(moveSlider);
    const [worked, painted] = [times.map(({ worked }) => worked), times.map(({ painted }) => painted)];
    const slowest = quantile(worked, 0.99);
    return [
      {
        what: "Slider to new money on a processor four times slower: the work, p50 / p99",
        measured: `${ms(quantile(worked, 0.5))} / ${ms(slowest)}`,
        aim: `within one frame, ${ms(frame)}`,
        bound: `until the frame after it begins ${ms(quantile(painted, 0.5))}`,
        reached: slowest <= frame,
      },
    ];
  } finally {
    await browser.close();
  }
}

/** Runs in the page. */
async function moveSlider(): Promise<{ worked: number; painted: number }[]> {
  const slider = document.querySelector<HTMLInputElement>("kept-gains input[type=range]");
  const money = document.querySelector("[data-together=money]");
  if (!slider || !money) throw new Error("no slider");
  const times = [];
  for (let n = 0; n < 120; n++) {
    await new Promise(requestAnimationFrame);
    const before = money.textContent;
    const started = performance.now();
    slider.value = String(1 + (n % 2));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const worked = performance.now() - started;
    if (n > 0 && money.textContent === before) throw new Error("the money did not change");
    await new Promise(requestAnimationFrame);
    if (n >= 20) times.push({ worked, painted: performance.now() - started });
  }
  return times;
}
