import { defineConfig } from "@playwright/test";
import { browserFlags, findBrowser } from "./test/support/browser.ts";

// Every worker starts the built program itself (test/e2e/kept.ts): run `npm run build` before.
export default defineConfig({
  testDir: "test/e2e",
  testMatch: "**/*.spec.ts",
  fullyParallel: false,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    headless: true,
    trace: "retain-on-failure",
    launchOptions: { executablePath: await findBrowser(), args: browserFlags },
  },
});
