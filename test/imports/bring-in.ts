import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Selectable, sql } from "kysely";
import { afterAll } from "vitest";
import type { What } from "../../src/domain/imports/import-fields.ts";
import { findRun, insertRun, readRowsToSee } from "../../src/domain/imports/import-run-store.ts";
import type { Answers, Run } from "../../src/domain/imports/import-settings.ts";
import { checkImport } from "../../src/imports/run-import.ts";
import { type App, asActor } from "../../src/platform/context.ts";
import type { Tables } from "../../src/platform/schema-types.ts";
import { newId } from "../../src/platform/new-id.ts";
import { type Company, makeCompany, makePerson } from "../builders/company.ts";
import type { TestApp } from "../support/test-app.ts";

const folder = mkdtempSync(join(tmpdir(), "kept-imports-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file of its own with these contents. */
export function fileOf(content: string | Buffer): string {
  const path = join(folder, `${newId()}.csv`);
  writeFileSync(path, content);
  return path;
}

/** An admin who imports, and Ann Rep, whose deals the files hold. */
export async function companyWithRep(app: TestApp) {
  const made = await makeCompany(app);
  const admin = await makePerson(app, made, { name: "Ada Admin", roles: ["admin"] });
  await makePerson(app, made, { name: "Ann Rep" });
  return { made, admin };
}

interface Options {
  what?: What;
  answers?: Answers;
  /** Only look it over. */
  onlyCheck?: boolean;
}

export interface Outcome {
  id: string;
  run: Run;
  counts: { new: number; changed: number; same: number; failed: number };
  /** `line: reason` of every row to look at. */
  reasons: string[];
}

/** Looks a file over and takes it in, as the command line does. */
export async function bringIn(app: App, company: Company, content: string | Buffer, options: Options = {}): Promise<Outcome> {
  return bringInFile(app, company, fileOf(content), options);
}

export async function bringInFile(
  app: App,
  { orgId }: Company,
  filePath: string,
  { what, answers = {}, onlyCheck }: Options = {},
): Promise<Outcome> {
  const id = newId();
  const run = { id, what: what ?? null, fileName: "test.csv", filePath, fileBytes: 1, sha256: null, createdBy: null, at: app.clock.now() };
  await asActor(app, "import", orgId, (db) => insertRun(db, orgId, { ...run, settings: { answers } }));
  await checkImport(app, orgId, id, { thenApply: !onlyCheck });
  return outcomeOf(app, orgId, id);
}

export async function outcomeOf(app: App, orgId: string, id: string): Promise<Outcome> {
  return asActor(app, "import", orgId, async (db) => {
    const run = await findRun(db, orgId, id);
    if (!run) throw new Error("the run is gone");
    const rows = await readRowsToSee(db, orgId, id, 0, 1000);
    const counts = { new: run.rowsNew, changed: run.rowsChanged, same: run.rowsSame, failed: run.rowsFailed };
    return { id, run, counts, reasons: rows.map(({ line, reason }) => `${line}: ${reason}`) };
  });
}

type Seen =
  | "activity"
  | "forecast"
  | "opportunity"
  | "opportunity_change"
  | "account"
  | "product"
  | "person"
  | "stage"
  | "quota"
  | "person_role"
  | "reporting_line";

/** Everything of a table, as the import sees it. */
export const rowsOf = <T extends Seen>(app: App, { orgId }: Company, table: T): Promise<Selectable<Tables[T]>[]> =>
  asActor(app, "import", orgId, async (db) => {
    const { rows } = await sql<Selectable<Tables[T]>>`select * from ${sql.table(table)} where org_id = ${orgId}`.execute(db);
    return rows;
  });
