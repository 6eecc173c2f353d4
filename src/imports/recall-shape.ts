import { findShape, recalled } from "../domain/imports/import-shapes.ts";
import type { Run } from "../domain/imports/import-settings.ts";
import { type App, asActor } from "../platform/context.ts";
import { PlainError } from "../platform/plain-error.ts";
import { openSheet } from "./open-sheet.ts";
import type { Sheet } from "./sheet.ts";

export interface Opened {
  run: Run;
  /** The file as it shows by itself, when nobody says anything about it. */
  sheet: Sheet;
}

/** Opens the file, and adds to what was said about it what was said before about files with the same columns. */
export async function openWithMemory(app: App, run: Run): Promise<Opened> {
  if (!run.filePath) throw new PlainError("The file is not here any more.", "Upload it again.");
  const sheet = await openSheet(run.filePath, run.settings.answers.delimiter ? run.settings.answers : {});
  // Once laid before the admin, their own word counts alone: otherwise nothing remembered could be taken back.
  if (run.settings.isRecalled) return { run, sheet };
  const shape = await asActor(app, "import", run.orgId, (db) => findShape(db, run.orgId, sheet.header, run.what));
  const before = shape ? recalled(shape.answers, sheet.header) : {};
  const given = run.settings.answers;
  const columns = before.columns || given.columns ? { columns: { ...before.columns, ...given.columns } } : {};
  const settings = {
    ...run.settings,
    isRecalled: true,
    foundHeader: sheet.header,
    ...(shape && { recalledFrom: shape.fileName }),
    answers: { ...before, ...given, ...columns },
  };
  return { run: { ...run, what: run.what ?? shape?.what ?? null, settings }, sheet };
}
