import { targets, type What } from "../domain/imports/import-fields.ts";
import { readLookups } from "../domain/imports/import-lookups.ts";
import type { Run } from "../domain/imports/import-settings.ts";
import { isOwnFile, ownSource } from "../domain/imports/own-file.ts";
import { todayOf } from "../platform/clock.ts";
import type { App } from "../platform/context.ts";
import { PlainError } from "../platform/plain-error.ts";
import { readingOf } from "./file-questions.ts";
import { guessColumns, guessFile } from "./guess-columns.ts";
import { openSheet, rowsOf } from "./open-sheet.ts";
import { columnsFor, missingFields, type Recognised, recognise } from "./recognise-columns.ts";
import { settleByEnd } from "./report-date.ts";
import type { Look } from "./take-in.ts";
import type { Sheet } from "./sheet.ts";
import { surveyRows } from "./survey-rows.ts";

/** The first reading: how the file is written, what its columns hold, what only a person can decide. */
export async function lookOver(app: App, run: Run, opened: Sheet): Promise<Look> {
  const { answers } = run.settings;
  const isTold = answers.delimiter !== undefined || answers.sheet !== undefined || answers.headerLine !== undefined;
  const sheet = isTold ? await openSheet(run.filePath ?? "", answers) : opened;
  const named = run.what ? { what: run.what, columns: columnsFor(run.what, sheet.header) } : recognise(sheet.header, sheet.crm);
  const isClear = named && missingFields(named.what, named.columns).length === 0;
  const guessed = isClear || answers.columns ? null : await guessOver(app, run, sheet, named?.what ?? null);
  const recognised = guessed ?? named;
  if (!recognised)
    throw new PlainError(
      `Its columns (${shorten(sheet.header)}) fit nothing that Kept takes in.`,
      "Say what the file holds and which column is which.",
    );
  const columns = { ...recognised.columns, ...answers.columns };
  const survey = await surveyRows(sheet, recognised.what, columns);
  const madeOn = settleByEnd(survey, sheet.end, app.env.frozenAt === undefined ? todayOf(app) : null);
  const source = answers.source ?? sheet.crm ?? (isOwnFile(sheet.header, columns) ? ownSource : "csv");
  return {
    what: recognised.what,
    source,
    sheet,
    survey,
    columns,
    reading: readingOf(survey, answers),
    madeOn,
    isGuessed: guessed !== null,
  };
}

const guessedFrom = 300;

/** Names of columns that say too little: what stands in the first rows may tell. Null where it tells nothing new. */
async function guessOver(app: App, run: Run, sheet: Sheet, what: What | null): Promise<Recognised | null> {
  const identity = { orgId: run.orgId, personId: null, actor: "import" as const, now: app.clock.now() };
  const lookups = await app.database.withClient(identity, (client) => readLookups(client, run.orgId, run.source));
  const around = { lookups, today: todayOf(app) };
  const rows: string[][] = [];
  for await (const batch of rowsOf(sheet)) {
    rows.push(...batch.map(({ cells }) => cells));
    if (rows.length >= guessedFrom) break;
  }
  if (!what) return guessFile(sheet.header, rows.slice(0, guessedFrom), around);
  const columns = guessColumns(what, sheet.header, rows.slice(0, guessedFrom), around);
  const isNew =
    Object.values(columns).filter((at) => at !== null).length >
    Object.values(columnsFor(what, sheet.header)).filter((at) => at !== null).length;
  return isNew ? { what, columns } : null;
}

const shorten = (header: readonly string[]): string => `${header.slice(0, 8).join(", ").slice(0, 200)}${header.length > 8 ? ", …" : ""}`;

/** What has to be said about the columns before anything else. */
export function problemOf(missing: readonly string[], { what, isGuessed }: Look): string | null {
  const things = targets[what].words.toLowerCase();
  if (missing.length > 0) return `No column was found for ${missing.join(", ")} of ${things}. Say which it is.`;
  return isGuessed
    ? `The names of its columns do not say which is which. By what stands in them the file holds ${things}: put right what is wrong below, then look it over.`
    : null;
}
