import { rmSync } from "node:fs";
import { report } from "../src/commands/backtest.ts";
import { dayNumber, monthNumber } from "../src/method/day-numbers.ts";
import { readEnv } from "../src/platform/env.ts";
import { startApp } from "../src/start-app.ts";
import { makeBigCompany } from "../test/builders/big-company.ts";
import { makeDataFolder } from "../test/support/instance.ts";
import { type Figure, seconds } from "./figures.ts";

const months = 10;
const longest = 10;

/** The command's whole report over ten months, of as many people and opportunities as the real pipeline has. */
export async function measureBackTest(): Promise<Figure[]> {
  const folder = makeDataFolder("kept-back-test-");
  const running = await startApp(readEnv({ KEPT_DATA: folder, KEPT_LOG: "silent" }));
  try {
    const { app } = running;
    const { company } = await makeBigCompany(app, { reps: 30, opportunities: 8_800, changes: 44_000 });
    const last = monthNumber(dayNumber(app.clock.now().toISOString().slice(0, 10))) - 1;
    const started = performance.now();
    await report(app, company.orgId, last - months + 1, last);
    const taken = performance.now() - started;
    return [
      {
        what: `Back-test of ${months} months, 30 reps, 8,800 opportunities`,
        measured: seconds(taken),
        aim: `≤ ${longest} s`,
        reached: taken <= longest * 1000,
      },
    ];
  } finally {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
