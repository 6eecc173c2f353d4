import { createHash } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import type pg from "pg";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { isId, newId } from "../../platform/new-id.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { plainKey, type What } from "./import-fields.ts";
import type { Answers, Columns } from "./import-settings.ts";

/** Said once and shown here, but told to the next file by the runs themselves: which list it is, and what it covers. */
const heldByRuns = ["list", "covers"] as const;

/** Answers that hold for every file of the same columns; a column is kept by its name, so that its place may change. */
export type Remembered = Omit<Pick<Answers, (typeof kept)[number]>, "columns"> & { columns?: Record<string, string | null> };

const kept = [
  "columns",
  "delimiter",
  "sheet",
  "headerLine",
  "dates",
  "numbers",
  "source",
  "stages",
  "outcomes",
  "pipelines",
  "stagesApart",
  "openingStage",
  "unit",
  ...heldByRuns,
] as const;

export interface Shape {
  id: string;
  what: What;
  fileName: string;
  header: string[];
  answers: Remembered;
  learnedAt: Date;
  usedAt: Date;
}

/** Each column's name, with its number among columns of that name. */
function namesOf(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((name) => {
    const key = plainKey(name) || name;
    const n = (seen.get(key) ?? 0) + 1;
    seen.set(key, n);
    return `${key} ${n}`;
  });
}

const fingerprintOf = (header: readonly string[]): string =>
  createHash("sha256").update(namesOf(header).toSorted().join("\n")).digest("hex");

/** What is worth remembering of a run's answers; null when nothing was said. `read` is the header the columns were chosen from. */
function worthRemembering(answers: Answers, read: readonly string[]): Remembered | null {
  const names = namesOf(read);
  const found = Object.entries(answers).filter(([key]) => key !== "columns" && (kept as readonly string[]).includes(key));
  const columns = Object.entries(answers.columns ?? {}).map(([field, at]) => [field, at === null ? null : (names[at] ?? null)] as const);
  if (found.length === 0 && columns.length === 0) return null;
  return { ...Object.fromEntries(found), ...(columns.length > 0 && { columns: Object.fromEntries(columns) }) };
}

/** Remembered answers for a file with this header; a column that is not there any more is left to be found. */
export function recalled({ columns, list: _list, covers: _covers, ...others }: Remembered, header: readonly string[]): Answers {
  if (!columns) return others;
  const names = namesOf(header);
  const places: Columns = {};
  for (const [field, name] of Object.entries(columns)) {
    const at = name === null ? -1 : names.indexOf(name);
    if (name === null || at !== -1) places[field] = name === null ? null : at;
  }
  return { ...others, columns: places };
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number];
const rowsOf = (db: Db, orgId: string) =>
  db.selectFrom("import_shape").selectAll().where("org_id", "=", orgId).orderBy("used_at", "desc").limit(500).execute();
const shapeOf = (row: Row): Shape => ({
  id: row.id,
  what: row.what as What,
  fileName: row.file_name,
  header: row.header,
  // `learnShape` alone writes them.
  answers: row.answers as Remembered,
  learnedAt: row.learned_at,
  usedAt: row.used_at,
});

export const listShapes = async (db: Db, orgId: string): Promise<Shape[]> => (await rowsOf(db, orgId)).map(shapeOf);

/** What was said about files of these columns; of the kind told, else of the one used last. */
export async function findShape(db: Db, orgId: string, header: readonly string[], what: What | null): Promise<Shape | undefined> {
  let query = db.selectFrom("import_shape").selectAll().where("org_id", "=", orgId).where("fingerprint", "=", fingerprintOf(header));
  if (what) query = query.where("what", "=", what);
  const row = await query.orderBy("used_at", "desc").limit(1).executeTakeFirst();
  return row && shapeOf(row);
}

interface Learned {
  fileName: string;
  what: What;
  /** The header Kept finds by itself, by which the next file is known, and the one that was read. */
  found: readonly string[];
  read: readonly string[];
  answers: Answers;
}

/** What the runs hold is said once, and stays when the next file is taken in without a word about it. */
const merged = `(import_shape.answers - array(select k from jsonb_object_keys(import_shape.answers) k where k <> all ($9::text[]))) || excluded.answers`;

/** In the transaction that takes the file in: what is dropped teaches nothing. */
export async function learnShape(
  client: pg.ClientBase,
  orgId: string,
  at: Date,
  { fileName, what, found, read, answers }: Learned,
): Promise<void> {
  const worth = worthRemembering(answers, read);
  if (!worth) return;
  await client.query(
    `insert into import_shape (org_id, id, fingerprint, what, file_name, header, answers, learned_at, used_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
      on conflict (org_id, fingerprint, what) do update set used_at = excluded.used_at, file_name = excluded.file_name, answers = ${merged},
        learned_at = case when import_shape.answers = ${merged} then import_shape.learned_at else excluded.learned_at end`,
    [orgId, newId(), fingerprintOf(found), what, fileName, found, JSON.stringify(worth).replaceAll("\\u0000", ""), at, heldByRuns],
  );
}

/** The next file of these columns is asked about anew. */
export async function forgetShape(ctx: Ctx, id: string): Promise<boolean> {
  if (!isId(id)) return false;
  return ctx.tx(async (db) => {
    const { orgId } = ctx.viewer;
    const shape = await db
      .deleteFrom("import_shape")
      .where("org_id", "=", orgId)
      .where("id", "=", id)
      .returning(["what", "header"])
      .executeTakeFirst();
    if (!shape) return false;
    await forgetRuns(db, orgId, shape);
    await recordEvent(db, ctx, "forget", "import_shape", id);
    return true;
  });
}

const sorted = (names: RawBuilder<unknown>) => sql`array(select x from ${names} x order by x)`;

/** Runs of files with these columns, in whatever order, say no longer which list the next one is and what it covers. */
async function forgetRuns(db: Db, orgId: string, { what, header }: { what: string; header: string[] }): Promise<void> {
  await sql`
    update import_run set settings = settings || '{"isForgotten": true}'
      where org_id = ${orgId} and what = ${what} and state = 'applied'
        and ${sorted(sql`jsonb_array_elements_text(coalesce(settings -> 'foundHeader', settings -> 'found' -> 'header'))`)} = ${sorted(sql`unnest(${header}::text[])`)}`.execute(
    db,
  );
}
