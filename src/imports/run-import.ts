import { rm } from "node:fs/promises";
import { targets, type What } from "../domain/imports/import-fields.ts";
import { readLookups } from "../domain/imports/import-lookups.ts";
import { isOwnFile, ownSource } from "../domain/imports/own-file.ts";
import { systemOf } from "../domain/imports/import-lists.ts";
import { changeRun, findRun, type RunChange } from "../domain/imports/import-run-store.ts";
import type { Run, RunState, Settings } from "../domain/imports/import-settings.ts";
import { isStill, takeTurn } from "../domain/imports/keep-outcome.ts";
import { uploadFolder } from "../domain/imports/upload-folder.ts";
import { exportDayOf } from "../domain/imports/export-timing.ts";
import { withRemembered } from "../domain/imports/import-matches.ts";
import { todayOf } from "../platform/clock.ts";
import { type App, asActor } from "../platform/context.ts";
import { PlainError } from "../platform/plain-error.ts";
import { openWithMemory } from "./recall-shape.ts";
import { readingOf } from "./file-questions.ts";
import { exportedFrom, settleByEnd } from "./report-date.ts";
import { findList, tellList } from "./find-list.ts";
import { findOut } from "./find-out.ts";
import { dropKeptRows } from "./kept-rows.ts";
import { openSheet } from "./open-sheet.ts";
import { type Look, takeIn } from "./take-in.ts";
import type { Sheet } from "./sheet.ts";
import { columnsFor, missingFields, recognise } from "./recognise-columns.ts";
import { surveyRows } from "./survey-rows.ts";

/** Does what is next for a run: looks the file over, or takes it in. Does nothing when that is done or another process does it. */
export async function runImport(app: App, orgId: string, runId: string): Promise<void> {
  const run = await asActor(app, "import", orgId, (db) => findRun(db, orgId, runId));
  if (run?.state === "uploaded" || run?.state === "checking") await checkImport(app, orgId, runId);
  else if (run?.state === "applying") await applyImport(app, orgId, runId);
}

/** Reads the whole file and says what would happen. With `thenApply` it also does it, in the same transaction, if nothing has to be asked. */
export async function checkImport(app: App, orgId: string, runId: string, { thenApply = false } = {}): Promise<void> {
  const run = await begin(app, orgId, runId, ["uploaded", "checking"], "checking");
  if (run) await guarded(app, run, () => work(app, run, thenApply));
}

/** Takes in a file that has been checked. It is one transaction: whatever happens, all of it is in or nothing. */
export async function applyImport(app: App, orgId: string, runId: string): Promise<void> {
  const run = await begin(app, orgId, runId, ["applying"], "applying");
  if (run) await guarded(app, run, () => work(app, run, true));
}

async function begin(app: App, orgId: string, runId: string, from: RunState[], state: RunState): Promise<Run | undefined> {
  return asActor(app, "import", orgId, async (db) => {
    const changed = await changeRun(db, orgId, runId, from, { state, rowsDone: 0, workBeganAt: app.clock.now(), problem: null });
    return changed ? findRun(db, orgId, runId) : undefined;
  });
}

const change = (app: App, run: Run, values: RunChange, from: RunState[] = [run.state]) =>
  asActor(app, "import", run.orgId, (db) => changeRun(db, run.orgId, run.id, from, values));

/** What the reader can mend becomes the run's problem; everything else is also thrown, so that the log has it. */
async function guarded(app: App, run: Run, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    const isPlain = error instanceof PlainError;
    const problem = isPlain
      ? [error.message, error.hint].filter(Boolean).join(" ")
      : "Something went wrong in Kept. Nothing was taken in; try again.";
    await change(app, run, { state: "failed", problem, finishedAt: app.clock.now() });
    if (!isPlain) throw error;
  }
}

/** The first reading: how the file is written, what its columns hold, what only a person can decide. */
async function lookOver(run: Run, opened: Sheet, today: string | null): Promise<Look> {
  const { answers } = run.settings;
  const isTold = answers.delimiter !== undefined || answers.sheet !== undefined || answers.headerLine !== undefined;
  const sheet = isTold ? await openSheet(run.filePath ?? "", answers) : opened;
  const recognised = run.what ? { what: run.what, columns: columnsFor(run.what, sheet.header) } : recognise(sheet.header, sheet.crm);
  if (!recognised)
    throw new PlainError(
      `Its columns (${shorten(sheet.header)}) fit nothing that Kept takes in.`,
      "Say what the file holds and which column is which.",
    );
  const columns = { ...recognised.columns, ...answers.columns };
  const survey = await surveyRows(sheet, recognised.what, columns);
  const madeOn = settleByEnd(survey, sheet.end, today);
  const source = answers.source ?? sheet.crm ?? (isOwnFile(sheet.header, columns) ? ownSource : "csv");
  return { what: recognised.what, source, sheet, survey, columns, reading: readingOf(survey, answers), madeOn };
}

const shorten = (header: readonly string[]): string => `${header.slice(0, 8).join(", ").slice(0, 200)}${header.length > 8 ? ", …" : ""}`;

async function work(app: App, given: Run, apply: boolean): Promise<void> {
  const { run: asked, sheet } = await openWithMemory(app, given);
  const seen = await lookOver(asked, sheet, app.env.frozenAt === undefined ? todayOf(app) : null);
  const missing = missingFields(seen.what, seen.columns);
  await change(app, asked, { what: seen.what, rowsTotal: seen.survey.rows });
  const identity = { orgId: given.orgId, personId: null, actor: "import" as const, now: app.clock.now() };
  const done = await app.database.withClient(identity, async (client) => {
    await takeTurn(client, given.orgId);
    if (!(await isStill(client, given.orgId, given.id, given.state))) return null;
    const list = await findList(client, asked, seen);
    const run: Run = { ...asked, source: list?.source ?? seen.source };
    const look = { ...seen, source: systemOf(run.source) };
    const lookups = await readLookups(client, run.orgId, run.source);
    const answers = await withRemembered(client, run.orgId, run.source, run.settings.answers);
    const found = findOut({ ...look, answers, lookups });
    const guess = {
      orgId: run.orgId,
      source: run.source,
      // Kept's own table says what stood here when it was written, and nothing of when.
      latestDay: run.source === ownSource ? null : found.latestDay,
      today: todayOf(app),
      isFrozen: app.env.frozenAt !== undefined,
    };
    found.exportedOn = answers.exportedOn ?? look.madeOn?.day ?? (await exportDayOf(client, guess));
    found.exportedFrom = exportedFrom(found, answers, look.madeOn);
    if (run.settings.recalledFrom)
      found.notes.push(
        `Read as “${run.settings.recalledFrom}” was, which had the same columns: what was said about it then is remembered.`,
      );
    // Before it is known which column is which, ids and deals tell nothing yet.
    if (list && missing.length === 0) tellList(found, list);
    const settings = { ...run.settings, answers, found };
    if (missing.length > 0 || found.questions.length > 0) return { run, waits: settings };
    const isDone = await takeIn(app, client, run, { look, lookups, settings, apply });
    return { run, waits: null, isDone };
  });
  if (done?.waits) await waitForAnswers(app, done.run, done.waits, missing, seen.what);
  else if (done?.isDone && apply) await tidyUp(app, done.run);
}

async function waitForAnswers(app: App, run: Run, settings: Settings, missing: string[], what: What): Promise<void> {
  const problem =
    missing.length > 0 ? `No column was found for ${missing.join(", ")} of ${targets[what].words.toLowerCase()}. Say which it is.` : null;
  await change(app, run, { state: "needs_answers", source: run.source, settings, problem });
}

/** After a large import the planner must know the new sizes; an uploaded file has served its purpose. */
async function tidyUp(app: App, run: Run): Promise<void> {
  if (run.filePath?.startsWith(uploadFolder(app))) await rm(run.filePath, { force: true });
  await dropKeptRows(app, run.id);
  await app.database.ownerPool
    .query("analyze person, reporting_line, account, product, opportunity, opportunity_change, activity, quota, forecast")
    .catch(() => {});
}
