import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { pack, type Pack } from "tar-stream";
import { type BackupTable, quoted, tablesToBackUp } from "./backup-tables.ts";
import { connectAsOwner } from "./database.ts";
import { PlainError } from "./plain-error.ts";

export const backupFormat = 1;
const partBytes = 4 * 2 ** 20;

/** Stands first in an archive: whether this Kept can read it at all. */
export interface BackupHead {
  kept: "backup";
  format: number;
  schema: number;
  madeAt: string;
}

/** Stands last: what has to have come before it. An archive without it was cut short. */
export interface BackupManifest {
  tables: { name: string; columns: string[]; rows: number; sha256: string }[];
}

export interface BackupResult {
  tables: number;
  rows: number;
}

/** Writes everything into one archive, as it stood at one instant, while others go on writing. */
export async function writeBackup(url: string, file: string, madeAt: Date): Promise<BackupResult> {
  const unfinished = `${file}.unfinished`;
  const handle = await open(unfinished, "wx", 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new PlainError(
      `The backup cannot be written to ${file}: ${error.code === "EEXIST" ? `${unfinished} is in the way` : error.message}.`,
    );
  });
  await handle.close();
  try {
    const tar = pack();
    const written = pipeline(tar, createGzip({ level: 6 }), createWriteStream(unfinished, { flush: true }));
    const [result] = await Promise.all([
      connectAsOwner(url, (client) => fill(client, tar, madeAt)).catch((error: unknown) => {
        tar.destroy(error as Error);
        throw error;
      }),
      written,
    ]);
    await rename(unfinished, file);
    return result;
  } catch (error) {
    await rm(unfinished, { force: true });
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") throw new PlainError(`The disk is full: the backup ${file} was not made.`);
    throw error;
  }
}

async function fill(client: pg.Client, tar: Pack, madeAt: Date): Promise<BackupResult> {
  await client.query("begin isolation level repeatable read, read only");
  const { rows } = await client.query<{ schema: number }>("select max(number) as schema from kept_internal.migration");
  const head: BackupHead = { kept: "backup", format: backupFormat, schema: rows[0]?.schema ?? 0, madeAt: madeAt.toISOString() };
  await entry(tar, "kept.json", Buffer.from(JSON.stringify(head)));
  const manifest: BackupManifest = { tables: [] };
  for (const table of await tablesToBackUp(client)) manifest.tables.push(await addTable(client, tar, table));
  await client.query("commit");
  await entry(tar, "manifest.json", Buffer.from(JSON.stringify(manifest, null, 1)));
  tar.finalize();
  return { tables: manifest.tables.length, rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0) };
}

/** A table of any size in parts of a few megabytes: an entry of a tar says its size before its bytes. */
async function addTable(client: pg.Client, tar: Pack, { name, columns }: BackupTable): Promise<BackupManifest["tables"][number]> {
  const stream = client.query(copyTo(`copy ${quoted(name)} (${columns.map(quoted).join(", ")}) to stdout`));
  const hash = createHash("sha256");
  let waiting: Buffer[] = [];
  let bytes = 0;
  let part = 0;
  const flush = async () => {
    await entry(tar, `${name}/${String(++part).padStart(6, "0")}.copy`, Buffer.concat(waiting));
    waiting = [];
    bytes = 0;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes >= partBytes) await flush();
  }
  if (bytes > 0 || part === 0) await flush();
  return { name, columns, rows: stream.rowCount, sha256: hash.digest("hex") };
}

/** One file of the archive; done when it has been passed on, so that memory stays flat. */
function entry(tar: Pack, name: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry({ name, mode: 0o600 }, bytes, (error) => (error ? reject(error) : resolve()));
  });
}
