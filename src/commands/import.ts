import { createHash } from "node:crypto";
import { createReadStream, readdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { isWhat, type What, whats } from "../domain/imports/import-fields.ts";
import { changeRun, findRun, insertRun, readRowsToSee } from "../domain/imports/import-run-store.ts";
import type { Answers, Run } from "../domain/imports/import-settings.ts";
import { openSheet } from "../imports/open-sheet.ts";
import { recognise } from "../imports/recognise-columns.ts";
import { checkImport } from "../imports/run-import.ts";
import { secondsLeft, timeLeftWords } from "../domain/imports/time-left.ts";
import { type App, asActor } from "../platform/context.ts";
import { readEnv } from "../platform/env.ts";
import { newId } from "../platform/new-id.ts";
import { PlainError } from "../platform/plain-error.ts";
import { startApp } from "../start-app.ts";
import { chooseCompany, makeCompany } from "./import-company.ts";
import { readAnswers, resolveAnswers } from "./import-answers.ts";
import { outcomeWords, questionWords } from "./import-words.ts";

const usage =
  "npm run kept -- import [--what people|products|accounts|opportunities|quotas|activities|forecasts|changes] [--org NAME] [--answers KEY=VALUE,…] FILE or FOLDER …\n" +
  "  --make-company NAME   makes the company first; with --admin EMAIL it also prints an invitation for its admin\n" +
  "  --currency EUR --time-zone Europe/Berlin   of the company made\n" +
  "  --answers dates=dmy|mdy, numbers=point|comma, exported=2026-11-22, covers=whole|owners|part, sheet=NAME, header-line=N, source=salesforce|hubspot|pipedrive|dynamics|csv, list=same|new, stages=one|apart, pipelines=NAME|NAME, stage:NAME=NAME, outcome:STAGE=open|won|lost, column:FIELD=COLUMN, owner:NAME=NAME, product:NAME=NAME, opening-stage=NAME";

const options = {
  what: { type: "string" },
  org: { type: "string" },
  answers: { type: "string", multiple: true },
  "make-company": { type: "string" },
  admin: { type: "string" },
  currency: { type: "string" },
  "time-zone": { type: "string" },
} as const;

/** Takes files or whole folders in from the terminal, beside a running Kept or alone. */
export async function importFiles(args: string[]): Promise<void> {
  const { values, positionals } = parse(args);
  if (values.what !== undefined && !isWhat(values.what))
    throw new PlainError(`--what ${values.what} is not known.`, `One of ${whats.join(", ")}.`);
  if (positionals.length === 0) throw new PlainError("Which file?", usage);
  const answers = readAnswers(values.answers ?? []);
  const files = await inOrder(positionals, values.what);
  const running = await startApp(readEnv(), { share: true });
  try {
    const { app } = running;
    const making = values["make-company"];
    const orgId = making
      ? await makeCompany(app, { name: making, admin: values.admin, currency: values.currency, timeZone: values["time-zone"] })
      : await chooseCompany(app, values.org);
    for (const file of files) await importOne(app, orgId, file, answers);
  } finally {
    await running.stop();
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new PlainError((error as Error).message, usage);
  }
}

interface File {
  path: string;
  what: What;
}

/** People before what they own, accounts and products before the opportunities that name them. */
async function inOrder(paths: readonly string[], told: What | undefined): Promise<File[]> {
  const files: File[] = [];
  for (const given of paths) {
    const path = resolve(process.env.INIT_CWD ?? ".", given);
    const isFolder = isDirectory(path, given);
    for (const one of isFolder ? filesIn(path) : [path]) {
      const what = told ?? (await whatIs(one));
      if (what) files.push({ path: one, what });
      else if (isFolder) console.log(`${basename(one)}: left out. Its columns fit nothing that Kept takes in.`);
      else
        throw new PlainError(
          `The columns of ${basename(one)} fit nothing that Kept takes in.`,
          "Say what it holds with --what, and which column is which with --answers column:FIELD=COLUMN.",
        );
    }
  }
  return files.sort((a, b) => whats.indexOf(a.what) - whats.indexOf(b.what));
}

function isDirectory(path: string, given: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    throw new PlainError(`${given} is not there.`);
  }
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => /\.(csv|tsv|txt|xlsx)$/i.test(name))
    .sort()
    .map((name) => join(folder, name));

async function whatIs(path: string): Promise<What | null> {
  try {
    const { header, crm } = await openSheet(path);
    return recognise(header, crm)?.what ?? null;
  } catch (error) {
    throw error instanceof PlainError ? new PlainError(`${basename(path)}: ${error.message}`, error.hint) : error;
  }
}

async function importOne(app: App, orgId: string, { path, what }: File, given: Record<string, string>): Promise<void> {
  const id = newId();
  const name = basename(path);
  const told = { ...(given.sheet && { sheet: given.sheet }), ...(given["header-line"] && { headerLine: Number(given["header-line"]) }) };
  const answers: Answers = await resolveAnswers(app, orgId, { given, what, header: (await openSheet(path, told)).header });
  const sha256 = await hashOf(path);
  await asActor(app, "import", orgId, (db) =>
    insertRun(db, orgId, {
      id,
      what,
      fileName: name,
      filePath: path,
      fileBytes: statSync(path).size,
      sha256,
      createdBy: null,
      at: app.clock.now(),
      settings: { answers },
    }),
  );
  const telling = setInterval(() => void tellProgress(app, orgId, id), 5000);
  try {
    await checkImport(app, orgId, id, { thenApply: true });
  } finally {
    clearInterval(telling);
  }
  await report(app, orgId, id);
}

/** The same bytes sent through the browser later are known by it. */
async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** For those who wait: rows done and time left, beside what the command prints at its end. */
async function tellProgress(app: App, orgId: string, id: string): Promise<void> {
  const run = await asActor(app, "import", orgId, (db) => findRun(db, orgId, id)).catch(() => undefined);
  if (!run || run.rowsTotal === 0) return;
  const left = timeLeftWords(secondsLeft({ ...run, state: "applying" }, app.clock.now()));
  console.error(`  ${run.rowsDone.toLocaleString("en-US")} of ${run.rowsTotal.toLocaleString("en-US")} rows read. ${left}`);
}

async function report(app: App, orgId: string, id: string): Promise<void> {
  const run = (await asActor(app, "import", orgId, (db) => findRun(db, orgId, id))) as Run;
  if (run.state === "failed") throw new PlainError(`${run.fileName}: ${run.problem}`);
  if (run.state === "needs_answers") {
    await asActor(app, "import", orgId, (db) => changeRun(db, orgId, id, ["needs_answers"], { state: "cancelled" }));
    throw new PlainError(`${run.fileName}: ${questionWords(run)}`);
  }
  console.log(outcomeWords(run));
  if (run.rowsFailed === 0) return;
  const rows = await asActor(app, "import", orgId, (db) => readRowsToSee(db, orgId, id, 0, 10));
  for (const { line, reason } of rows) console.log(`  line ${line}: ${reason}`);
  if (run.rowsFailed > rows.length)
    console.log(`  and ${run.rowsFailed - rows.length} more. All of them are on the page of this import, to download.`);
}
