import { type BigCompany, makeBigCompany } from "../test/builders/big-company.ts";
import { type Instance, makeDataFolder, startInstance } from "../test/support/instance.ts";
import type { App, Ctx } from "../src/platform/context.ts";
import { readEnv } from "../src/platform/env.ts";
import { readViewer } from "../src/platform/sign-in.ts";
import { ctxFor } from "../src/platform/context.ts";
import { pause } from "./figures.ts";
import { startApp } from "../src/start-app.ts";

export interface Setting {
  kept: Instance;
  /** This process's own hold on the same database. */
  app: App;
  big: BigCompany;
  /** The other sizes of growth, smallest first, the big one last. */
  companies: { changes: number; company: BigCompany }[];
  /** The same folder with a server that has just been started. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

export interface StartTimes {
  fresh: number;
  existing: number[];
}

/** From the command to the first page, on a new folder and on one that is there. */
export async function timeStarts(): Promise<{ folder: string; times: StartTimes }> {
  const folder = makeDataFolder("kept-bench-");
  const once = async () => {
    const started = performance.now();
    const kept = await startInstance({ folder });
    await (await fetch(`${kept.url}/sign-in`)).text();
    const taken = performance.now() - started - kept.waited;
    await kept.stop();
    return taken;
  };
  const fresh = await once();
  return { folder, times: { fresh, existing: [await once(), await once(), await once()] } };
}

const sizes = [
  { reps: 10, opportunities: 2_000, changes: 10_000 },
  { reps: 100, opportunities: 20_000, changes: 100_000 },
  { reps: 1_000, opportunities: 200_000, changes: 1_000_000 },
];

export async function makeSetting(folder: string): Promise<Setting> {
  const start = async () => ({
    kept: await startInstance({ folder }),
    held: await startApp(readEnv({ KEPT_DATA: folder, KEPT_LOG: "silent" }), { share: true }),
  });
  let running = await start();
  const companies: Setting["companies"] = [];
  for (const size of sizes) companies.push({ changes: size.changes, company: await makeBigCompany(running.held.app, size) });
  // What the database does after so many new rows is no part of a day's work.
  await running.held.app.database.ownerPool.query("checkpoint");
  await pause(3000);
  return {
    get kept() {
      return running.kept;
    },
    get app() {
      return running.held.app;
    },
    big: companies.at(-1)?.company as BigCompany,
    companies,
    restart: async () => {
      await running.held.stop();
      await running.kept.stop();
      running = await start();
    },
    end: async () => {
      await running.held.stop();
      await running.kept.discard();
    },
  };
}

/** The background looks again every twenty seconds whether it is quiet, and then gives memory back. */
const untilQuiet = 45_000;
const longestSettling = 6 * 60_000;

async function untilNothingIsDue({ app }: Pick<Setting, "app">): Promise<void> {
  const started = performance.now();
  const isBusy = async () => {
    const { rows } = await app.database.ownerPool.query<{ busy: boolean }>(
      "select exists (select from numbers_due) or exists (select from graphile_worker.jobs where locked_at is not null or run_at <= now()) as busy",
    );
    return rows[0]?.busy === true;
  };
  while (await isBusy()) {
    if (performance.now() - started > longestSettling) throw new Error("the background did not come to an end");
    await pause(200);
  }
}

/**
 * Waits until everybody's numbers and forecasts are worked out, and starts the server again: what a company that was just filled
 * costs is no part of what the program holds while nobody does anything.
 * @returns how long the forecasts of the big company take in the background the first time, in ms
 */
export async function settle(setting: Setting): Promise<number> {
  await untilNothingIsDue(setting);
  const owner = setting.app.database.ownerPool;
  for (const table of ["forecast_state", "period_forecast"])
    await owner.query(`delete from ${table} where org_id = $1`, [setting.big.company.orgId]);
  const started = performance.now();
  await owner.query("select graphile_worker.add_job('keep_forecasts', '{}'::json, queue_name => 'keep_forecasts', job_key => 'bench')");
  await untilNothingIsDue(setting);
  const taken = performance.now() - started;
  const { rowCount } = await owner.query("select 1 from forecast_state where org_id = $1", [setting.big.company.orgId]);
  if (rowCount !== 1) throw new Error("no forecast was made");
  await setting.restart();
  await pause(untilQuiet);
  return taken;
}

export async function cookieOf(app: App, ctx: Ctx): Promise<string> {
  const { orgId, personId: id, name } = ctx.viewer;
  const set = await app.signIn.openSession({ orgId, id, name, email: `${id}@bench.example.com`, userId: null });
  return set.split(";")[0] ?? "";
}

export async function contextOf(app: App, orgId: string, personId: string): Promise<Ctx> {
  const viewer = await readViewer(app.database, { orgId, personId, sessionId: null, today: app.clock.now().toISOString().slice(0, 10) });
  if (!viewer) throw new Error("nobody");
  return ctxFor(app, viewer);
}

export interface Pair {
  meetingId: string;
  manager: Ctx;
  rep: Ctx;
}

/** Planned one-on-ones of different managers. */
export async function pairsOf(app: App, orgId: string, count: number): Promise<Pair[]> {
  const { rows } = await app.database.ownerPool.query<{ id: string; manager_id: string; rep_id: string }>(
    "select distinct on (manager_id) id, manager_id, rep_id from meeting where org_id = $1 and state = 'planned' order by manager_id, id limit $2",
    [orgId, count],
  );
  const pairs = [];
  for (const row of rows)
    pairs.push({ meetingId: row.id, manager: await contextOf(app, orgId, row.manager_id), rep: await contextOf(app, orgId, row.rep_id) });
  return pairs;
}
