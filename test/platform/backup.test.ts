import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { tablesToBackUp } from "../../src/platform/backup-tables.ts";
import { writeBackup } from "../../src/platform/backup.ts";
import { connectAsOwner } from "../../src/platform/database.ts";
import { newId } from "../../src/platform/new-id.ts";
import { restoreBackup } from "../../src/platform/restore.ts";
import { makeTestApp } from "../support/test-app.ts";
import { makeWorld } from "../privacy/world.ts";

const app = await makeTestApp();
const world = await makeWorld(app);
const folder = mkdtempSync(join(tmpdir(), "kept-backup-"));
const made: string[] = [];
const serverUrl = app.database.url.replace(/\/kept_test_[^?]*/, "/postgres");

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  for (const name of made) await connectAsOwner(serverUrl, (client) => client.query(`drop database ${name} with (force)`));
});

async function emptyDatabase(): Promise<string> {
  const name = `kept_restored_${process.pid}_${randomBytes(4).toString("hex")}`;
  await connectAsOwner(serverUrl, (client) => client.query(`create database ${name}`));
  made.push(name);
  return app.database.url.replace(/\/kept_test_[^?]*/, `/${name}`);
}

/** Every row of every table, as text, in one order. */
async function everything(url: string): Promise<Record<string, string[]>> {
  return connectAsOwner(url, async (client) => {
    const all: Record<string, string[]> = {};
    for (const { name } of await tablesToBackUp(client)) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t order by 1`);
      all[name] = rows.map(({ row }) => row);
    }
    return all;
  });
}

test("an archive restores every row of every table into another database", async () => {
  const file = join(folder, "whole.tar.gz");
  const { rows, tables } = await writeBackup(app.database.url, file, new Date());
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const url = await emptyDatabase();
  expect(await restoreBackup(url, file)).toEqual({ rows, tables });
  const [before, after] = [await everything(app.database.url), await everything(url)];
  expect(Object.keys(after)).toEqual(Object.keys(before));
  for (const [name, lines] of Object.entries(before)) expect({ name, lines: after[name] }).toEqual({ name, lines });
  expect(rows).toBeGreaterThan(200);
  expect(Object.values(before).flat()).toHaveLength(rows);
});

test("numbers that the database gives out go on after the restored ones", async () => {
  const file = join(folder, "numbers.tar.gz");
  await writeBackup(app.database.url, file, new Date());
  const url = await emptyDatabase();
  await restoreBackup(url, file);
  await connectAsOwner(url, async (client) => {
    const { rows } = await client.query(
      "select org_id, doc_id, by_id, at, (select max(seq) from note_update) as highest from note_update limit 1",
    );
    const { org_id, doc_id, by_id, at, highest } = rows[0];
    const { rows: next } = await client.query(
      "insert into note_update (org_id, doc_id, update, by_id, at) values ($1, $2, '', $3, $4) returning seq",
      [org_id, doc_id, by_id, at],
    );
    expect(next[0].seq).toBeGreaterThan(highest);
  });
});

const pairs = async (url: string) =>
  connectAsOwner(
    url,
    async (client) =>
      (
        await client.query(
          "select (select count(*)::int from account where source = 'busy') as accounts, (select count(*)::int from product where source = 'busy') as products",
        )
      ).rows[0],
  );

test("what is written while the backup runs is in it whole or not at all", async () => {
  const writer = { going: true };
  const org = world.ours.company.orgId;
  const writing = (async () => {
    const client = new pg.Client({ connectionString: app.database.url });
    await client.connect();
    for (let n = 0; writer.going; n++) {
      await client.query("begin");
      await client.query("insert into account (org_id, id, source, external_id, name) values ($1, $2, 'busy', $3, repeat('x', 500))", [
        org,
        newId(),
        String(n),
      ]);
      await client.query("insert into product (org_id, id, source, external_id, name, currency) values ($1, $2, 'busy', $3, 'p', 'USD')", [
        org,
        newId(),
        String(n),
      ]);
      await client.query("commit");
    }
    await client.end();
  })();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const file = join(folder, "busy.tar.gz");
  await writeBackup(app.database.url, file, new Date());
  await new Promise((resolve) => setTimeout(resolve, 50));
  writer.going = false;
  await writing;
  const url = await emptyDatabase();
  await restoreBackup(url, file);
  const { accounts, products } = await pairs(url);
  expect(accounts).toBeGreaterThan(0);
  expect(products).toBe(accounts);
  expect((await pairs(app.database.url)).accounts).toBeGreaterThan(accounts);
});

test("a database with a company in it, or with something else, is left alone", async () => {
  const file = join(folder, "again.tar.gz");
  await writeBackup(app.database.url, file, new Date());
  await expect(restoreBackup(app.database.url, file)).rejects.toThrow(/not empty: there is a company in it already/);
  const url = await emptyDatabase();
  await connectAsOwner(url, (client) => client.query("create table of_theirs (n integer)"));
  await expect(restoreBackup(url, file)).rejects.toThrow(/not empty: it holds tables of something else/);
});

test("an archive cut short, damaged, newer, or no archive at all, restores nothing and says so in one line", async () => {
  const file = join(folder, "good.tar.gz");
  await writeBackup(app.database.url, file, new Date());
  const bytes = readFileSync(file);
  const tar = gunzipSync(bytes);
  const variants: Record<string, [Buffer, RegExp]> = {
    cut: [bytes.subarray(0, Math.floor(bytes.length / 2)), /is not a whole backup/],
    "cut inside": [gzipSync(tar.subarray(0, Math.floor(tar.length / 1024) * 512)), /not a whole backup|ends before its last page/],
    changed: [gzipSync(Buffer.from(tar.toString("latin1").replace("Ours", "0urs"), "latin1")), /is damaged: public\.organisation/],
    newer: [
      gzipSync(
        Buffer.from(
          tar.toString("latin1").replace(/"schema":\d+/, (now) => `"schema":${"9".repeat(now.length - 9)}`),
          "latin1",
        ),
      ),
      /made by a newer Kept/,
    ],
    text: [Buffer.from("hello"), /is not a whole backup/],
  };
  for (const [name, [content, words]] of Object.entries(variants)) {
    const path = join(folder, `${name}.tar.gz`);
    writeFileSync(path, content);
    const url = await emptyDatabase();
    await expect(restoreBackup(url, path)).rejects.toThrow(words);
    const { rowCount } = await connectAsOwner(url, (client) =>
      client
        .query("select 1 from pg_tables where tablename = 'organisation'")
        .then(async (found) => (found.rowCount ? client.query("select 1 from organisation") : found)),
    );
    expect(rowCount).toBe(0);
  }
  await expect(restoreBackup(app.database.url, join(folder, "nowhere"))).rejects.toThrow(/There is no file/);
});

test("a backup never writes over a file half-way: a failure leaves nothing behind", async () => {
  await expect(writeBackup(app.database.url, join(folder, "no", "such", "folder.tar.gz"), new Date())).rejects.toThrow(/cannot be written/);
});
