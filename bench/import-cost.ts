// What bringing in a pipeline costs, beside a raw COPY of the very rows it makes into the same tables.
// Alone: node bench/import-cost.ts ROWS [LETTERS]   (LETTERS more in every row, to make a file of 200 MB)
import { once } from "node:events";
import { chmodSync, createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { makeCompany } from "../src/commands/import-company.ts";
import { changeRun, findRun, insertRun } from "../src/domain/imports/import-run-store.ts";
import { applyImport, checkImport } from "../src/imports/run-import.ts";
import { type App, asActor } from "../src/platform/context.ts";
import { readEnv } from "../src/platform/env.ts";
import { newId } from "../src/platform/new-id.ts";
import { startApp } from "../src/start-app.ts";

const reps = 1000;
const products = ["GTX Pro", "GTXPro", "MG Special", "GTK 500"];

/** The same numbers every time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const out = createWriteStream(path);
  for (const line of lines) if (!out.write(`${line}\n`)) await once(out, "drain");
  out.end();
  await once(out, "close");
}

const day = (n: number): string => new Date(Date.UTC(2016, 9, 20) + n * 86_400_000).toISOString().slice(0, 10);

function* people(): Generator<string> {
  yield "sales_agent,manager,regional_office";
  for (let i = 0; i < reps; i++) yield `Rep ${i},Boss ${Math.floor(i / 10)},West`;
}

function* pipelineRows(rows: number, letters: number): Generator<string> {
  const random = dice(42);
  const pick = (n: number) => Math.floor(random() * n);
  const words = "x".repeat(letters);
  yield `opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value${letters ? ",note" : ""}`;
  for (let i = 0; i < rows; i++) {
    const [begun, luck] = [pick(400), random()];
    const stage = luck < 0.48 ? "Won" : luck < 0.76 ? "Lost" : luck < 0.94 ? "Engaging" : "Prospecting";
    const closed =
      stage === "Won" ? [day(begun + 1 + pick(130)), pick(30_000)] : stage === "Lost" ? [day(begun + 1 + pick(130)), 0] : ["", ""];
    const account = random() < 0.16 ? "" : `Account ${pick(5000)}`;
    const cells = [`Q${i.toString(36).padStart(7, "0")}`, `Rep ${pick(reps)}`, products[pick(4)], account, stage];
    yield [...cells, stage === "Prospecting" ? "" : day(begun), ...closed, ...(letters ? [words] : [])].join(",");
  }
}

export interface ImportCost {
  rows: number;
  changes: number;
  fileMegabytes: number;
  /** Looking over and taking in, as in the browser, after the upload. */
  importSeconds: number;
  checkSeconds: number;
  /** The same file once more: nothing changes. */
  againSeconds: number;
  copySeconds: number;
  /** Above what the process held before. */
  extraMegabytes: number;
  /** The most it held above that in each fourth of the time. */
  byFourths: number[];
}

async function run(app: App, orgId: string, filePath: string): Promise<string> {
  const id = newId();
  const values = { id, what: null, fileName: "bench.csv", filePath, fileBytes: statSync(filePath).size, sha256: null, createdBy: null };
  await asActor(app, "import", orgId, (db) => insertRun(db, orgId, { ...values, at: app.clock.now() }));
  return id;
}

async function applied(app: App, orgId: string, id: string): Promise<number> {
  await asActor(app, "import", orgId, (db) => changeRun(db, orgId, id, ["checked"], { state: "applying" }));
  await applyImport(app, orgId, id);
  const done = await asActor(app, "import", orgId, (db) => findRun(db, orgId, id));
  if (done?.state !== "applied") throw new Error(`the import ended as ${done?.state}: ${done?.problem}`);
  return done.rowsNew;
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return Math.round(performance.now() - started) / 1000;
};

/** The rows just made, out and into the same two emptied tables with their keys and indexes, by the server's own COPY. */
export async function rawCopy(app: App, folder: string): Promise<number> {
  const client = await app.database.ownerPool.connect();
  const tables = ["opportunity", "opportunity_change"];
  const file = (table: string) => join(folder, `${table}.copy`);
  try {
    for (const table of tables) await pipeline(client.query(copyTo(`copy ${table} to stdout`)), createWriteStream(file(table)));
    await client.query("truncate opportunity cascade");
    await client.query("checkpoint");
    return await seconds(async () => {
      await client.query("begin");
      for (const table of tables) {
        await pipeline(createReadStream(file(table)), client.query(copyFrom(`copy ${table} from stdin`)));
        // As the import does: else the check of each change's deal may read all deals.
        if (table === "opportunity") await client.query("analyze opportunity");
      }
      await client.query("commit");
    });
  } finally {
    client.release();
  }
}

const mostOf = (bytes: readonly number[]): number => Math.round(bytes.reduce((a, b) => Math.max(a, b), 0) / 1e6);

/** In a data folder of its own, which is removed again. */
export async function importCost(rows: number, letters = 0): Promise<ImportCost> {
  const folder = mkdtempSync(join(tmpdir(), "kept-bench-import-"));
  chmodSync(folder, 0o711);
  const running = await startApp(readEnv({ KEPT_DATA: join(folder, "data"), KEPT_LOG: "silent" }));
  const { app } = running;
  try {
    const [peopleFile, file] = [join(folder, "people.csv"), join(folder, "pipeline.csv")];
    await writeLines(peopleFile, people());
    await writeLines(file, pipelineRows(rows, letters));
    const orgId = await makeCompany(app, { name: "Bench", admin: undefined, currency: undefined, timeZone: undefined });
    await checkImport(app, orgId, await run(app, orgId, peopleFile), { thenApply: true });
    await app.database.ownerPool.query("checkpoint");
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    const held: number[] = [];
    const watch = setInterval(() => held.push(process.memoryUsage.rss() - before), 20);
    const id = await run(app, orgId, file);
    const checkSeconds = await seconds(() => checkImport(app, orgId, id));
    const applySeconds = await seconds(() => applied(app, orgId, id));
    const againSeconds = await seconds(async () => checkImport(app, orgId, await run(app, orgId, file), { thenApply: true }));
    clearInterval(watch);
    const { rows: counts } = await app.database.ownerPool.query("select count(*)::int as n from opportunity_change");
    const copySeconds = await rawCopy(app, folder);
    return {
      rows,
      changes: counts[0].n,
      fileMegabytes: Math.round(statSync(file).size / 100_000) / 10,
      importSeconds: Math.round((checkSeconds + applySeconds) * 1000) / 1000,
      checkSeconds,
      againSeconds,
      copySeconds,
      extraMegabytes: mostOf(held),
      byFourths: [0, 1, 2, 3].map((n) => mostOf(held.slice((held.length * n) / 4, (held.length * (n + 1)) / 4))),
    };
  } finally {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename)
  console.log(await importCost(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 0)));
