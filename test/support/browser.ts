import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** The package unpacks into the temporary folder, where another user's copy could not be run: everybody gets a folder of their own. */
async function unpack(): Promise<string> {
  const before = process.env.TMPDIR;
  const own = join(tmpdir(), `kept-browser-${process.getuid?.() ?? "own"}`);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  process.env.TMPDIR = own;
  try {
    return await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** The browser out of the npm package, else the one installed here. */
export async function findBrowser(): Promise<string> {
  if (process.platform === "linux" && process.arch === "x64") {
    const path = await unpack().catch(() => undefined);
    if (path) return path;
  }
  const found = [process.env.CHROMIUM_PATH ?? "", ...onThisMachine, chromium.executablePath()].find((path) => path && existsSync(path));
  if (!found) throw new Error("No Chromium on this machine: install one, or set CHROMIUM_PATH to it.");
  return found;
}

export const launchBrowser = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await findBrowser(), args: browserFlags, headless: true });
