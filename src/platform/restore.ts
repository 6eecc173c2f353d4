import { createHash, type Hash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { once } from "node:events";
import { finished, pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type pg from "pg";
import { type CopyStreamQuery, from as copyFrom } from "pg-copy-streams";
import { type Extract, extract } from "tar-stream";
import { type BackupHead, backupFormat, type BackupManifest, type BackupResult } from "./backup.ts";
import { quoted, tablesToBackUp } from "./backup-tables.ts";
import { connectAsOwner } from "./database.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { PlainError } from "./plain-error.ts";

type Entry = Awaited<ReturnType<ReturnType<Extract[typeof Symbol.asyncIterator]>["next"]>>["value"];

/** Fills an empty database from an archive, all or nothing, and brings it to this version's schema. */
export async function restoreBackup(url: string, file: string): Promise<BackupResult> {
  if (!existsSync(file)) throw new PlainError(`There is no file ${file}.`);
  const tar = extract();
  // Before the first byte is read: an entry nobody waits for is lost.
  const entries = tar[Symbol.asyncIterator]();
  // What breaks in reading is heard where the entries are awaited.
  pipeline(createReadStream(file), createGunzip(), tar).catch(() => {});
  try {
    return await connectAsOwner(url, (client) => fill(client, entries, file));
  } catch (error) {
    throw explained(error, file);
  } finally {
    tar.destroy();
  }
}

function explained(error: unknown, file: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const isDamage =
    code?.startsWith("Z_") ||
    /^(Invalid tar header|Unexpected end of data|unexpected end of file|Premature close|Writable stream closed)/i.test(message);
  return isDamage ? new PlainError(`${file} is not a whole backup of Kept. Nothing was restored.`) : error;
}

async function fill(client: pg.Client, entries: AsyncIterator<Entry>, file: string): Promise<BackupResult> {
  const head = readHead(await next(entries), file);
  await makeRoom(client, head);
  // Nothing is rolled back by hand: the connection ends with an error, and a COPY that had not begun yet would never let a rollback through.
  await client.query("begin");
  // Made anew by the first start, and in the archive too.
  await client.query("delete from kept_internal.setting; delete from access_link");
  // What triggers write down of each row is in the archive too.
  await triggers(client, "disable");
  const seen = new Map<string, { rows: number; sha256: string }>();
  const manifest = await copyAll(client, entries, seen);
  check(manifest, seen, file);
  await triggers(client, "enable");
  await setSequences(client);
  await client.query("commit");
  await migrate(client);
  await client.query("analyze");
  return { tables: manifest.tables.length, rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0) };
}

async function triggers(client: pg.Client, change: "enable" | "disable"): Promise<void> {
  for (const { name } of await tablesToBackUp(client)) await client.query(`alter table ${quoted(name)} ${change} trigger user`);
}

interface Part {
  name: string;
  bytes: Buffer;
}

async function next(entries: AsyncIterator<Entry>): Promise<Part | undefined> {
  const { value, done } = await entries.next();
  if (done) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of value as Entry) chunks.push(chunk as Buffer);
  return { name: (value as Entry).header.name, bytes: Buffer.concat(chunks) };
}

function readHead(part: Part | undefined, file: string): BackupHead {
  const head = part?.name === "kept.json" ? (JSON.parse(part.bytes.toString()) as BackupHead) : undefined;
  if (head?.kept !== "backup") throw new PlainError(`${file} is not a backup of Kept.`);
  const newest = readMigrations().at(-1)?.number ?? 0;
  if (head.format > backupFormat || head.schema > newest)
    throw new PlainError(`${file} was made by a newer Kept (schema ${head.schema}; this one knows ${newest}). Restore it with that one.`);
  return head;
}

/** An empty database at the archive's version, or a refusal: a restore never overwrites anything. */
async function makeRoom(client: pg.Client, head: BackupHead): Promise<void> {
  const { rows } = await client.query<{ kept: boolean; tables: number }>(`
    select to_regclass('kept_internal.migration') is not null as kept, count(*)::int as tables from pg_tables where schemaname = 'public'`);
  const { kept = false, tables = 0 } = rows[0] ?? {};
  const hint = "Restore into an empty data folder (KEPT_DATA) or an empty database (DATABASE_URL).";
  if (!kept && tables > 0) throw new PlainError("The database is not empty: it holds tables of something else.", hint);
  if (kept) {
    const filled = await client.query("select 1 from organisation union all select 1 from auth_user limit 1");
    if (filled.rowCount) throw new PlainError("The database is not empty: there is a company in it already.", hint);
    const { rows: versions } = await client.query<{ schema: number }>("select max(number) as schema from kept_internal.migration");
    if ((versions[0]?.schema ?? 0) > head.schema)
      throw new PlainError(`The database has schema ${versions[0]?.schema} already, the backup has ${head.schema}.`, hint);
  }
  await migrate(client, undefined, head.schema);
}

/** Streams each table's parts into one COPY; the manifest comes last. */
async function copyAll(
  client: pg.Client,
  entries: AsyncIterator<Entry>,
  seen: Map<string, { rows: number; sha256: string }>,
): Promise<BackupManifest> {
  const tables = new Map((await tablesToBackUp(client)).map((table) => [table.name, table]));
  let running: { name: string; copy: CopyStreamQuery; hash: Hash } | undefined;
  const end = async () => {
    if (!running) return;
    running.copy.end();
    await finished(running.copy);
    seen.set(running.name, { rows: running.copy.rowCount, sha256: running.hash.digest("hex") });
    running = undefined;
  };
  try {
    for (let part = await next(entries); part; part = await next(entries)) {
      if (part.name === "manifest.json") {
        await end();
        return JSON.parse(part.bytes.toString()) as BackupManifest;
      }
      const name = part.name.split("/")[0] ?? "";
      if (running?.name !== name) {
        await end();
        const table = tables.get(name);
        if (!table || seen.has(name)) throw new PlainError(`The archive has a table ${name} that its version does not have.`);
        const copy = client.query(copyFrom(`copy ${quoted(name)} (${table.columns.map(quoted).join(", ")}) from stdin`));
        copy.on("error", () => {});
        running = { name, copy, hash: createHash("sha256") };
      }
      running.hash.update(part.bytes);
      if (part.bytes.length > 0 && !running.copy.write(part.bytes))
        await Promise.race([once(running.copy, "drain"), finished(running.copy)]);
    }
  } catch (error) {
    // An unfinished COPY would keep the connection from rolling back.
    running?.copy.destroy();
    throw error;
  }
  throw new PlainError("The archive ends before its last page. Nothing was restored.");
}

function check(manifest: BackupManifest, seen: Map<string, { rows: number; sha256: string }>, file: string): void {
  for (const { name, rows, sha256 } of manifest.tables) {
    const found = seen.get(name);
    if (found?.rows !== rows || found.sha256 !== sha256)
      throw new PlainError(`${file} is damaged: ${name} should have ${rows} rows and has ${found?.rows ?? 0}. Nothing was restored.`);
  }
}

/** Numbers the database gives out go on after the highest restored. */
async function setSequences(client: pg.Client): Promise<void> {
  for (const { name, identity } of await tablesToBackUp(client))
    if (identity)
      await client.query(
        `select setval(pg_get_serial_sequence($1, $2), coalesce(max(${quoted(identity)}), 0) + 1, false) from ${quoted(name)}`,
        [name, identity],
      );
}
