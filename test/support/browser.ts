import { existsSync } from "node:fs";
import packed from "@sparticuz/chromium";
import { type Browser, chromium } from "@playwright/test";

// The package's own flags are made for another place: these are ours.
export const browserFlags = [
  "--no-sandbox",
  "--headless=new",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const onThisMachine = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser out of the npm package, else the one installed here. */
export async function findBrowser(): Promise<string> {
  if (process.platform === "linux" && process.arch === "x64") {
    const path = await packed.executablePath().catch(() => undefined);
    if (path) return path;
  }
  const found = [process.env.CHROMIUM_PATH ?? "", ...onThisMachine, chromium.executablePath()].find((path) => path && existsSync(path));
  if (!found) throw new Error("No Chromium on this machine: install one, or set CHROMIUM_PATH to it.");
  return found;
}

export const launchBrowser = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await findBrowser(), args: browserFlags, headless: true });
