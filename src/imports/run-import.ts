import { rm } from "node:fs/promises";
import { readLookups } from "../domain/imports/import-lookups.ts";
import { ownSource } from "../domain/imports/own-file.ts";
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
import { exportedFrom } from "./report-date.ts";
import { findList, tellList } from "./find-list.ts";
import { findOut } from "./find-out.ts";
import { dropKeptRows } from "./kept-rows.ts";
import { takeIn } from "./take-in.ts";
import { lookOver, problemOf } from "./look-over.ts";
import { missingFields } from "./recognise-columns.ts";

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

async function work(app: App, given: Run, apply: boolean): Promise<void> {
  const { run: asked, sheet } = await openWithMemory(app, given);
  const seen = await lookOver(app, asked, sheet);
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
    if (look.isGuessed) found.isGuessed = true;
    found.exportedOn = answers.exportedOn ?? look.madeOn?.day ?? (await exportDayOf(client, guess));
    found.exportedFrom = exportedFrom(found, answers, look.madeOn);
    if (run.settings.recalledFrom)
      found.notes.push(
        `Read as “${run.settings.recalledFrom}” was, which had the same columns: what was said about it then is remembered.`,
      );
    // Before it is known which column is which, ids and deals tell nothing yet.
    if (list && missing.length === 0 && !seen.isGuessed) tellList(found, list);
    const settings = { ...run.settings, answers, found };
    if (missing.length > 0 || seen.isGuessed || found.questions.length > 0) return { run, waits: settings };
    const isDone = await takeIn(app, client, run, { look, lookups, settings, apply });
    return { run, waits: null, isDone };
  });
  if (done?.waits) await waitForAnswers(app, done.run, done.waits, problemOf(missing, seen));
  else if (done?.isDone && apply) await tidyUp(app, done.run);
}

async function waitForAnswers(app: App, run: Run, settings: Settings, problem: string | null): Promise<void> {
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
