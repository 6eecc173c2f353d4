import { opportunitiesAsOf } from "../src/domain/opportunities/opportunities-as-of.ts";
import type { App, Ctx } from "../src/platform/context.ts";
import { readEnv } from "../src/platform/env.ts";
import { startApp } from "../src/start-app.ts";
import { type BigCompany, makeBigCompany } from "../test/builders/big-company.ts";
import { makeProcess } from "../test/builders/processes.ts";
import { makeDataFolder, startInstance } from "../test/support/instance.ts";
import { type Figure, ms, pause, quantile, seconds } from "./figures.ts";
import { atRate, time } from "./requests.ts";
import { cookieOf } from "./setting.ts";

// Also by itself, `node bench/measure-as-of.ts`: it fills a database with millions of changes, which takes minutes.
const longest = 15 * 60_000;
const day = 86_400_000;

/** From ten thousand to five million changes; each twice as many opportunities a rep as a rep has in a year. */
const sizes = [
  { reps: 10, opportunities: 2_000, changes: 10_000 },
  { reps: 100, opportunities: 20_000, changes: 100_000 },
  { reps: 1_000, opportunities: 200_000, changes: 1_000_000 },
  { reps: 1_000, opportunities: 500_000, changes: 5_000_000 },
];
/** One viewer with five thousand open deals: a manager of ten reps. */
const widest = { reps: 10, opportunities: 20_000, changes: 200_000 };

/** What one rep's pipeline looked like on days of the last two years, asked in no order, as the viewer asks it. */
async function asOfAnyDay(rep: Ctx, now: Date): Promise<number[]> {
  const times = [];
  for (let n = 0; n < 220; n++) {
    const at = new Date(now.getTime() - (1 + ((n * 97) % 720)) * day);
    const started = performance.now();
    await rep.tx((db) => opportunitiesAsOf(db, { orgId: rep.viewer.orgId, ownerIds: [rep.viewer.personId], at }));
    times.push(performance.now() - started);
  }
  return times.slice(20);
}

/** Every figure is also told to `say` as soon as it is there. */
export async function measureAsOf(say?: (figure: Figure) => void): Promise<Figure[]> {
  const folder = makeDataFolder("kept-as-of-");
  const kept = await startInstance({ folder });
  const held = await startApp(readEnv({ KEPT_DATA: folder, KEPT_LOG: "silent" }), { share: true });
  const figures: Figure[] = [];
  const add = (figure: Figure) => {
    figures.push(figure);
    say?.(figure);
  };
  try {
    const { app } = held;
    const wide = await makeBigCompany(app, widest);
    // Nothing is given by any customer: every deal is claimed ahead, which is the most work.
    const asked = { stage: "Prospecting", verifiers: ["Customer accepted the meeting", "Customer named who decides"] };
    await makeProcess(app, wide.company, { stages: [asked, { stage: "Engaging", verifiers: ["Customer sent the data"] }] });
    add(await pageOf(kept, await cookieOf(app, wide.manager), "/pipeline", "Pipeline page of 5,000 deals of one viewer", 150));
    add(await pageOf(kept, await cookieOf(app, wide.manager), "/pipeline?only=slipped&sort=age", "The same, slipped ones by age", 150));
    for (const size of sizes) {
      const company = await makeBigCompany(app, size);
      await app.database.ownerPool.query("checkpoint");
      await pause(2000);
      add(await growthOf(company, size.changes, app.clock.now()));
      if (size.changes === 1_000_000)
        add(await pageOf(kept, await cookieOf(app, company.leader), "/pipeline", "Totals of the leader over 50,000 open deals", 50));
      if (size.changes === 1_000_000) add(await afterWrites(kept, app, company));
    }
  } finally {
    await held.stop();
    await kept.discard();
  }
  return figures;
}

async function growthOf({ rep }: BigCompany, changes: number, now: Date): Promise<Figure> {
  const times = await asOfAnyDay(rep, now);
  const p99 = quantile(times, 0.99);
  return {
    what: `As of any day, one rep, ${changes.toLocaleString("en-US")} changes, p50 / p99`,
    measured: `${ms(quantile(times, 0.5))} / ${ms(p99)}`,
    aim: "p99 ≤ 50 ms",
    reached: p99 <= 50,
  };
}

async function pageOf(kept: { pid: number; url: string }, cookie: string, path: string, what: string, aim: number): Promise<Figure> {
  const { times } = await atRate(kept.pid, 3, 100, () => time(kept.url + path, cookie));
  const p99 = quantile(times, 0.99);
  return { what: `${what}, p50 / p99`, measured: `${ms(quantile(times, 0.5))} / ${ms(p99)}`, aim: `p99 ≤ ${aim} ms`, reached: p99 <= aim };
}

/** The totals are kept until a deal is written: here one is written before each look. */
async function afterWrites(kept: { pid: number; url: string }, app: App, { leader, company }: BigCompany): Promise<Figure> {
  const cookie = await cookieOf(app, leader);
  const { rows } = await app.database.ownerPool.query<{ id: string }>("select id from opportunity where org_id = $1 limit 1", [
    company.orgId,
  ]);
  const { times } = await atRate(kept.pid, 3, 60, async () => {
    await app.database.ownerPool.query("update opportunity set name = name where org_id = $1 and id = $2", [company.orgId, rows[0]?.id]);
    return time(`${kept.url}/pipeline`, cookie);
  });
  const p99 = quantile(times, 0.99);
  const what = "The same, a deal written before each look, p50 / p99";
  return { what, measured: `${ms(quantile(times, 0.5))} / ${ms(p99)}`, aim: "p99 ≤ 100 ms", reached: p99 <= 100 };
}

if (import.meta.main) {
  setTimeout(() => {
    console.error("The benchmark took longer than fifteen minutes and was stopped.");
    process.exit(1);
  }, longest).unref();
  const started = performance.now();
  await measureAsOf(({ what, measured, aim, reached }) => console.log(`${reached ? "✓" : "✗"} ${what}: ${measured} (aim ${aim})`));
  console.log(`In ${seconds(performance.now() - started)}.`);
  process.exit(0);
}
