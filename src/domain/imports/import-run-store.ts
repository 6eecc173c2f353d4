import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { isId } from "../../platform/new-id.ts";
import { signal } from "../../platform/record-event.ts";
import type { What } from "./import-fields.ts";
import type { Run, RunState, Settings } from "./import-settings.ts";

/** One run, or undefined. Row-level security shows runs to admins and to the import itself. */
export async function findRun(db: Db, orgId: string, id: string | undefined): Promise<Run | undefined> {
  if (!isId(id)) return undefined;
  const row = await db.selectFrom("import_run").selectAll().where("org_id", "=", orgId).where("id", "=", id).executeTakeFirst();
  return row && runOf(row);
}

export async function listRuns(db: Db, orgId: string, limit = 100): Promise<Run[]> {
  const rows = await db
    .selectFrom("import_run")
    .selectAll()
    .where("org_id", "=", orgId)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(runOf);
}

type Row = Awaited<ReturnType<typeof rowShape>>;
const rowShape = (db: Db) => db.selectFrom("import_run").selectAll().executeTakeFirstOrThrow();

function runOf(row: Row): Run {
  // The program alone writes the column, from `Settings`; a run of an earlier Kept may hold less of it, and pages ask for that.
  const settings = row.settings as Partial<Settings>;
  return {
    orgId: row.org_id,
    id: row.id,
    what: row.what as What | null,
    source: row.source,
    fileName: row.file_name,
    filePath: row.file_path,
    state: row.state,
    settings: { answers: {}, ...settings },
    fileBytes: row.file_bytes,
    rowsTotal: row.rows_total,
    rowsDone: row.rows_done,
    rowsNew: row.rows_new,
    rowsChanged: row.rows_changed,
    rowsSame: row.rows_same,
    rowsFailed: row.rows_failed,
    problem: row.problem,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    createdBy: row.created_by,
    workBeganAt: row.work_began_at,
    isRemembered: row.is_remembered,
    undoneAt: row.undone_at,
    undoneBy: row.undone_by,
  };
}

export interface NewRun {
  id: string;
  what: What | null;
  fileName: string;
  filePath: string;
  fileBytes: number;
  sha256: string | null;
  createdBy: string | null;
  at: Date;
  settings?: Settings;
}

/** As the database takes it: text of a file may hold what JSON there may not. */
export const settingsText = (settings: Settings): string =>
  JSON.stringify(settings, (_, value: unknown) => (typeof value === "string" ? value.replaceAll("\0", "").toWellFormed() : value));

/** Safe to repeat: the same id is one run. */
export async function insertRun(db: Db, orgId: string, run: NewRun): Promise<boolean> {
  const done = await db
    .insertInto("import_run")
    .values({
      org_id: orgId,
      id: run.id,
      what: run.what,
      source: "csv",
      file_name: run.fileName.slice(0, 300),
      file_path: run.filePath,
      file_bytes: run.fileBytes,
      file_sha256: run.sha256,
      state: "uploaded",
      settings: settingsText(run.settings ?? { answers: {} }),
      created_by: run.createdBy,
      created_at: run.at,
    })
    .onConflict((on) => on.columns(["org_id", "id"]).doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export interface RunChange {
  state?: RunState;
  what?: What | null;
  settings?: Settings;
  problem?: string | null;
  source?: string;
  rowsTotal?: number;
  rowsDone?: number;
  workBeganAt?: Date;
  finishedAt?: Date | null;
  filePath?: string | null;
}

/** Changes a run that is in one of `from`, and says whether it was; open pages of it refresh. */
export async function changeRun(db: Db, orgId: string, id: string, from: readonly RunState[], change: RunChange): Promise<boolean> {
  const { state, what, source, settings, problem, rowsTotal, rowsDone, workBeganAt, finishedAt, filePath } = change;
  const done = await db
    .updateTable("import_run")
    .set({
      ...(state !== undefined && { state }),
      ...(what !== undefined && { what }),
      ...(source !== undefined && { source }),
      ...(settings !== undefined && { settings: settingsText(settings) }),
      ...(problem !== undefined && { problem }),
      ...(rowsTotal !== undefined && { rows_total: rowsTotal }),
      ...(rowsDone !== undefined && { rows_done: rowsDone }),
      ...(workBeganAt !== undefined && { work_began_at: workBeganAt }),
      ...(finishedAt !== undefined && { finished_at: finishedAt }),
      ...(filePath !== undefined && { file_path: filePath }),
    })
    .where("org_id", "=", orgId)
    .where("id", "=", id)
    .where("state", "in", from)
    .executeTakeFirst();
  await signal(db, `import:${id}`);
  return done.numUpdatedRows > 0n;
}

export interface FailedRow {
  line: number;
  outcome: "failed" | "warned";
  reason: string;
  cells: string[];
}

/** Rows somebody should look at, in the order of the file, from after `after` on. */
export async function readRowsToSee(db: Db, orgId: string, runId: string, after = 0, limit = 50): Promise<FailedRow[]> {
  return db
    .selectFrom("import_row")
    .select(["line", "outcome", "reason", "cells"])
    .where("org_id", "=", orgId)
    .where("run_id", "=", runId)
    .where("line", ">", after)
    .orderBy("line")
    .limit(limit)
    .execute();
}

/** Why rows were left out, each reason once, with how many rows have it and the first of them. */
export interface RowReason {
  reason: string;
  rows: number;
  line: number;
}

const mostReasons = 200;

export async function readReasons(db: Db, orgId: string, runId: string): Promise<RowReason[]> {
  const { rows } = await sql<RowReason>`
    select reason, count(*)::int as rows, min(line) as line from import_row where org_id = ${orgId} and run_id = ${runId} and outcome = 'failed'
      group by reason order by 2 desc, 3 limit ${mostReasons}`.execute(db);
  return rows;
}

/** Runs that were being worked on when the program stopped. */
export async function unfinishedRuns(db: Db, orgId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("import_run")
    .select("id")
    .where("org_id", "=", orgId)
    .where("state", "in", ["uploaded", "checking", "applying"])
    .orderBy("created_at")
    .execute();
  return rows.map(({ id }) => id);
}

export const enqueueImport = (db: Db, task: "import_check" | "import_apply", orgId: string, runId: string) =>
  sql`select enqueue(${task}, ${JSON.stringify({ orgId, runId })}::json, now(), ${`import:${runId}`})`.execute(db);
