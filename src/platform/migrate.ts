import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { PlainError } from "./plain-error.ts";
import { projectRoot } from "./project-root.ts";

export interface Migration {
  number: number;
  name: string;
  sql: string;
  checksum: string;
}

const lockKey = 7_155_001;

/** The numbered files of db/migrations, in order. */
export function readMigrations(folder = join(projectRoot, "db", "migrations")): Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}-.+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(folder, file), "utf8");
      return { number: Number(file.slice(0, 4)), name: file.slice(5, -4), sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/** The two roles the application works as. They are the server's, not the database's, and own nothing. */
async function makeRoles(client: pg.ClientBase): Promise<void> {
  for (const role of ["kept_app", "kept_auth"]) {
    const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [role]);
    try {
      if (!rowCount) await client.query(`create role ${role} nologin noinherit`);
      const { rows } = await client.query("select pg_has_role(current_user, $1, 'member') as member", [role]);
      if (!rows[0].member) await client.query(`grant ${role} to current_user`);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === "42710" || code === "23505") continue;
      throw new PlainError(
        `The database user may not make the role ${role}: ${(error as Error).message}.`,
        `As an administrator of that server run: create role kept_app nologin; create role kept_auth nologin; grant kept_app, kept_auth to the user of DATABASE_URL;`,
      );
    }
  }
}

async function assertServer(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query(
    "select current_setting('server_version_num')::int as version, current_setting('server_version') as words, pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()",
  );
  if (rows[0].version < 150_000) throw new PlainError(`The database server is PostgreSQL ${rows[0].words}; Kept needs 15 or newer.`);
  if (rows[0].encoding !== "UTF8") throw new PlainError(`The database is encoded in ${rows[0].encoding}; Kept needs UTF8.`);
}

async function apply(client: pg.ClientBase, migration: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(migration.sql);
    await client.query("insert into kept_internal.migration (number, name, checksum) values ($1, $2, $3)", [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new PlainError(`Migration ${migration.number} (${migration.name}) failed: ${(error as Error).message}. Nothing of it was kept.`);
  }
}

/** Brings the schema to the newest version, or to `until`. Safe to run by several processes at once. */
export async function migrate(client: pg.ClientBase, migrations = readMigrations(), until = Number.POSITIVE_INFINITY): Promise<number> {
  await assertServer(client);
  await client.query("select pg_advisory_lock($1)", [lockKey]);
  try {
    await makeRoles(client);
    await client.query(`create schema if not exists kept_internal;
      create table if not exists kept_internal.migration (
        number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now());
      create table if not exists kept_internal.setting (key text primary key, value text not null);`);
    const { rows } = await client.query<{ number: number; checksum: string; name: string }>(
      "select number, checksum, name from kept_internal.migration order by number",
    );
    const newest = migrations.at(-1)?.number ?? 0;
    const beyond = rows.find((row) => row.number > newest);
    if (beyond)
      throw new PlainError(
        `The database was made by a newer Kept (schema ${rows.at(-1)?.number}; this one knows ${newest}).`,
        "Start that newer Kept, or restore a backup made with this one.",
      );
    for (const migration of migrations.filter((m) => m.number <= until)) {
      const done = rows.find((row) => row.number === migration.number);
      if (!done) await apply(client, migration);
      else if (done.checksum !== migration.checksum)
        throw new PlainError(`Migration ${done.number} (${done.name}) was changed after it was applied. Install Kept again.`);
    }
    return Math.min(newest, until);
  } finally {
    await client.query("select pg_advisory_unlock($1)", [lockKey]);
  }
}
