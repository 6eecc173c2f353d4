import { stat } from "node:fs/promises";
import type pg from "pg";
import { adoptedNote } from "../domain/imports/adopt-known.ts";
import { dayWords } from "../domain/imports/day-words.ts";
import { timingOf } from "../domain/imports/export-timing.ts";
import { basisOf } from "../domain/imports/import-basis.ts";
import type { What } from "../domain/imports/import-fields.ts";
import type { Lookups } from "../domain/imports/import-lookups.ts";
import { changeRun } from "../domain/imports/import-run-store.ts";
import type { Found, Reading, Run, Settings } from "../domain/imports/import-settings.ts";
import { learnShape } from "../domain/imports/import-shapes.ts";
import { keepOutcome } from "../domain/imports/keep-outcome.ts";
import { ownSource } from "../domain/imports/own-file.ts";
import { Fitting } from "../domain/imports/plan-opportunities.ts";
import { figureNotes, readPreviewFacts, readVanishing, rememberedCovers } from "../domain/imports/preview-facts.ts";
import { laterCreationNote } from "../domain/imports/refuse-later-creation.ts";
import { readSamples } from "../domain/imports/run-samples.ts";
import type { Counts, Job } from "../domain/imports/staging.ts";
import { tellMovedPeople } from "../domain/imports/tell-moved-people.ts";
import { dayAt } from "../method/days.ts";
import { todayOf } from "../platform/clock.ts";
import { type App, asActor } from "../platform/context.ts";
import { PlainError } from "../platform/plain-error.ts";
import { fitStages } from "./find-out.ts";
import { instantsIn } from "./instants.ts";
import { KeptRows, lookupsKey } from "./kept-rows.ts";
import { progressOf } from "./progress-of.ts";
import { providedFields } from "./recognise-columns.ts";
import type { MadeOn } from "./report-date.ts";
import type { Sheet } from "./sheet.ts";
import { fetchCells, stageFile, stagings } from "./stage-file.ts";
import type { Survey } from "./survey-rows.ts";

/** What the first reading of a file has shown. */
export interface Look {
  what: What;
  /** The system the file comes from. */
  source: string;
  sheet: Sheet;
  survey: Survey;
  columns: Found["columns"];
  /** When it was made, where it says so. */
  madeOn: MadeOn | null;
  reading: Reading;
  /** Columns were guessed by what stands in them: only a person can say whether they are right. */
  isGuessed: boolean;
}

interface Ready {
  look: Look;
  lookups: Lookups;
  settings: Settings & { found: Found };
  apply: boolean;
}

/** The second reading: every row is converted and copied beside, checked as a whole, and, if wanted, taken in. */
export async function takeIn(app: App, client: pg.ClientBase, run: Run, ready: Ready): Promise<boolean> {
  const { look, lookups, settings, apply } = ready;
  const { found, answers } = settings;
  const exportedOn = found.exportedOn ?? todayOf(app);
  const timing = await timingOf(client, run.orgId, run.source, countsFrom(run, exportedOn, lookups.timeZone));
  const fitting = new Fitting(lookups, answers);
  const progress = progressOf((rows) =>
    asActor(app, "import", run.orgId, (db) => changeRun(db, run.orgId, run.id, [run.state], { rowsDone: rows })),
  );
  await copyBeside(app, client, run, ready, { fitting, exportedAt: timing.exportedAt, note: progress.note });
  const remembered = await rememberedCovers(client, run.orgId, run.source, found.header);
  const job: Job = {
    ...jobOf(app, run, { look, lookups, fitting }),
    ...timing,
    accounts: answers.accounts,
    covers: answers.covers ?? remembered ?? "whole",
  };
  const counts = await stagings[look.what].settle(client, job);
  await fetchCells(client, look.sheet);
  await progress.end();
  const facts = { ...(await readPreviewFacts(client, look.what)), exportedOn };
  found.notes.push(...(await notesOf(client, look.what, job)));
  const vanishing = look.what === "opportunities" ? await readVanishing(client, job, { answered: answers.covers, remembered }) : undefined;
  const mustAsk = vanishing?.mustAsk === true;
  const basis = await basisOf(client, run.orgId);
  const isStale = run.state === "applying" && isOtherThanSeen(run, counts, basis);
  if (isStale)
    found.notes.push("What is here has changed since you looked at this file, and with it what would happen. Nothing was taken in yet.");
  const takes = apply && !mustAsk && !isStale;
  const samples = takes ? await write(app, client, look.what, job) : {};
  if (look.what === "opportunities" && timing.isLate) noteOlderExport(found, exportedOn);
  await keepOutcome(client, job, {
    state: mustAsk ? "needs_answers" : takes ? "applied" : "checked",
    counts,
    settings: { ...settings, found: { ...found, ...facts, ...(look.what === "opportunities" && { vanishing }), ...samples, basis } },
  });
  if (takes) await learn(app, client, run, look.what, settings);
  return takes || (!apply && !mustAsk);
}

/** What came in this morning counts at once, any other day's export from its noon. */
function countsFrom(run: Run, exportedOn: string, timeZone: string): Date {
  const noon = new Date(instantsIn(timeZone)({ day: exportedOn, time: null, zone: null }));
  return dayAt(run.createdAt, timeZone) === exportedOn && run.createdAt < noon ? run.createdAt : noon;
}

interface Copying {
  fitting: Fitting;
  exportedAt: Date;
  note: Parameters<typeof stageFile>[3];
}

/** The rows as converted, in the temporary table: out of what an earlier look kept of them, where nothing about it has changed. */
async function copyBeside(app: App, client: pg.ClientBase, run: Run, ready: Ready, { fitting, exportedAt, note }: Copying): Promise<void> {
  const { look, lookups, settings } = ready;
  const { found, answers } = settings;
  const about = [
    await fileKey(run),
    look.what,
    run.source,
    found.columns,
    look.reading,
    answers,
    found.openingStage,
    found.sensed,
    exportedAt,
    lookupsKey(lookups),
  ];
  const kept = await KeptRows.open(app, run.id, look.survey.rows, about);
  if (kept?.made) fitting.adopt(kept.made);
  fitStages(fitting, look.survey, { opening: found.openingStage, answers, sensed: found.sensed });
  if (fitting.hasTooManyStages())
    throw new PlainError(`The column for the stage has ${fitting.newStages.length} different values.`, "Say which column holds the stage.");
  await stageFile(client, { ...look, found, settings, lookups, fitting, exportedAt, today: todayOf(app) }, kept, note);
}

const notesOf = async (client: pg.ClientBase, what: What, job: Job): Promise<string[]> => [
  ...(await figureNotes(client, what)),
  ...(what === "opportunities" ? [...(await adoptedNote(client)), ...(await laterCreationNote(client, job))] : []),
];

/** Writes what was staged, and says some of what that did. */
async function write(app: App, client: pg.ClientBase, what: What, job: Job): Promise<Pick<Found, "samples">> {
  await stagings[what].apply(client, job);
  if (what === "people") await tellMovedPeople(client, app, job, "taken in");
  return what === "opportunities" || what === "changes" ? { samples: await readSamples(client, job, what === "changes") } : {};
}

const learn = (app: App, client: pg.ClientBase, run: Run, what: What, { found, foundHeader, answers }: Ready["settings"]) =>
  learnShape(client, run.orgId, app.clock.now(), {
    fileName: run.fileName,
    what,
    found: foundHeader ?? found.header,
    read: found.header,
    answers,
  });

/** An admin has looked at other numbers than these, because something else was taken in or back meanwhile. */
const isOtherThanSeen = (run: Run, counts: Counts, basis: string): boolean =>
  run.settings.found?.basis !== undefined &&
  run.settings.found.basis !== basis &&
  (run.rowsNew !== counts.fresh || run.rowsChanged !== counts.changed || run.rowsSame !== counts.same);

/** A file that was written again since is another one. */
async function fileKey(run: Run): Promise<string> {
  const { size, mtimeMs } = await stat(run.filePath ?? "");
  return `${size} ${Math.floor(mtimeMs)}`;
}

/** An older export is laid into the history; that is said beforehand. */
function noteOlderExport(found: Found, exportedOn: string): void {
  found.notes.push(
    `This file was exported on ${dayWords(exportedOn)}, before one that is in already. It is placed in its time: what stands today stays.`,
  );
}

function jobOf(
  app: App,
  run: Run,
  { look, lookups, fitting }: Pick<Ready, "look" | "lookups"> & { fitting: Fitting },
): Omit<Job, "exportedAt" | "isLate" | "covers"> {
  const provided = providedFields(look.columns);
  if (run.source === ownSource) provided.delete("created_on");
  return {
    orgId: run.orgId,
    runId: run.id,
    source: run.source,
    currency: lookups.currency,
    timeZone: lookups.timeZone,
    now: app.clock.now(),
    today: todayOf(app),
    provided,
    newStages: fitting.newStages,
    newProducts: fitting.newProducts,
  };
}
