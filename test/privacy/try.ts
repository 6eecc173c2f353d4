import type pg from "pg";
import type { App } from "../../src/platform/context.ts";
import { newId } from "../../src/platform/new-id.ts";
import type { Row, Target, Viewer } from "./world.ts";

export type Operation = "select" | "insert" | "update" | "delete";
const now = "2026-03-02T09:00:00Z";

/** Works as the application does: its role, and in a transaction that says who asks. Nothing is kept. */
export async function asViewer<T>(app: App, viewer: Viewer, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await app.database.appPool.connect();
  try {
    await client.query("begin");
    await client.query(
      "select set_config('kept.org_id',$1,true), set_config('kept.person_id',$2,true), set_config('kept.actor',$3,true), set_config('kept.now',$4,true)",
      [viewer.org ?? "", viewer.person ?? "", viewer.actor ?? "", now],
    );
    return await work(client);
  } finally {
    await client.query("rollback");
    client.release();
  }
}

// Refused by grant or policy, or by a rule of ours about who may say what.
const refusals = new Set(["42501", "KE001", "KE002", "KE003"]);
// Allowed as far as privacy goes; what stops it is that the row exists already or that others hang on it.
const beyond: Record<Operation, string[]> = { select: [], insert: ["23505"], update: [], delete: ["23503"] };

export type Keys = Map<string, string[]>;

export async function keysOf(app: App): Promise<Keys> {
  const { rows } = await app.database.ownerPool.query<{ table: string; key: string[] }>(`
    select c.relname as table, (select array_agg(a.attname::text order by n) from unnest(i.indkey) with ordinality k(num, n)
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num) as key
    from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`);
  return new Map(rows.map(({ table, key }) => [table, key]));
}

interface Statement {
  text: string;
  values: unknown[];
}

function statementFor(operation: Operation, target: Target, keys: Keys, viewer: Viewer): Statement {
  const key = (keys.get(target.table) ?? []).filter((name) => name in target.row);
  const where = key.map((name, i) => `"${name}" = $${i + 1}`).join(" and ");
  const values = key.map((name) => target.row[name]);
  if (operation === "select") return { text: `select 1 from ${target.table} where ${where}`, values };
  if (operation === "delete") return { text: `delete from ${target.table} where ${where}`, values };
  if (operation === "update") return { text: `update ${target.table} set "${target.change}" = "${target.change}" where ${where}`, values };
  return insertOf(target.table, freshRow(target, viewer));
}

export function insertOf(table: string, row: Row): Statement {
  const names = Object.keys(row);
  return {
    text: `insert into ${table} (${names.map((name) => `"${name}"`).join(", ")}) values (${names.map((_, i) => `$${i + 1}`).join(", ")})`,
    values: Object.values(row),
  };
}

/** Such a row once more, written by the viewer. */
function freshRow(target: Target, viewer: Viewer): Row {
  const row = { ...target.row };
  if ("id" in row && !["organisation", "person"].includes(target.table)) row.id = newId();
  for (const column of target.author ?? []) {
    if (column === "actor") row[column] = viewer.actor ?? "nobody";
    else if (viewer.person) row[column] = viewer.person;
    else if (target.table === "event") row[column] = null;
  }
  return row;
}

/** Did the database let this viewer do it? Anything but yes or a refusal is an error of the test. */
export async function mayDo(app: App, viewer: Viewer, operation: Operation, target: Target, keys: Keys): Promise<boolean> {
  return asViewer(app, viewer, (client) => attempt(client, operation, statementFor(operation, target, keys, viewer)));
}

async function attempt(client: pg.PoolClient, operation: Operation, { text, values }: Statement): Promise<boolean> {
  try {
    return ((await client.query(text, values)).rowCount ?? 0) > 0;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code && refusals.has(code)) return false;
    if (code && beyond[operation].includes(code)) return true;
    throw new Error(`${text}: ${(error as Error).message} (${code})`, { cause: error });
  }
}

export async function refusalOf(app: App, viewer: Viewer, text: string, values: unknown[] = []): Promise<string> {
  return asViewer(app, viewer, async (client) => {
    try {
      const { rowCount } = await client.query(text, values);
      return rowCount ? "done" : "nothing";
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  });
}
