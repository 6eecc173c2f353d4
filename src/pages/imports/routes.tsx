import { laterThanToday } from "../../domain/imports/later-than-today.ts";
import { z } from "zod";
import { forgetMatch } from "../../domain/imports/forget-match.ts";
import { rememberedMatches } from "../../domain/imports/remembered-matches-queries.ts";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { bodyLimit } from "hono/body-limit";
import { answerImport } from "../../domain/imports/answer-import.ts";
import { cancelImport } from "../../domain/imports/cancel-import.ts";
import { importChoices, runForViewer } from "../../domain/imports/import-access.ts";
import { isWhat } from "../../domain/imports/import-fields.ts";
import { changedSince } from "../../domain/imports/import-basis.ts";
import { listRuns, readReasons, readRowsToSee } from "../../domain/imports/import-run-store.ts";
import { peopleOfRun, visibleDeals } from "../../domain/imports/run-samples.ts";
import { undoImport } from "../../domain/imports/undo-import.ts";
import { PlainError } from "../../platform/plain-error.ts";
import { forgetShape, listShapes } from "../../domain/imports/import-shapes.ts";
import { RememberedPage } from "./remembered-page.tsx";
import { startApplying } from "../../domain/imports/start-applying.ts";
import { csvLine } from "../../parts/csv.ts";
import type { Errors } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { todayOf } from "../../platform/clock.ts";
import { adminOf } from "../../platform/admin-of.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Http, Request } from "../../platform/http.ts";
import { newId } from "../../platform/new-id.ts";
import { Refusal } from "../../platform/refusal.ts";
import { answersFromForm } from "./answers-from-form.ts";
import { ImportPage } from "./import-page.tsx";
import { ImportsPage } from "./imports-page.tsx";
import { NewImportPage } from "./new-import-page.tsx";
import { readUpload } from "./read-upload.ts";

const pageSize = 50;
const mostMatches = 500;
const small = bodyLimit({ maxSize: 2 * 2 ** 20 });

/** Bringing files in: what was brought in, a new file, what it would do, its rows that failed. */
export function routes(http: Http): void {
  http.get("/imports", list);
  http.get("/imports/new", (c) => {
    adminOf(c);
    const what = c.req.query("what");
    return render(c, <NewImportPage c={c} id={newId()} what={isWhat(what) ? what : ""} error={undefined} />);
  });
  http.post("/imports", upload);
  http.get("/imports/remembered", remembered);
  http.post("/imports/remembered/forget-name", small, forgetName);
  http.post("/imports/remembered/:id/forget", small, forget);
  http.get("/imports/:id", (c) => show(c));
  http.get("/imports/:id/rows.csv", download);
  http.post("/imports/:id/answers", small, answer);
  http.post("/imports/:id/apply", small, apply);
  http.post("/imports/:id/cancel", small, cancel);
  http.post("/imports/:id/undo", small, undo);
  http.post("/imports/:id/look", small, look);
}

async function list(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const { orgId } = ctx.viewer;
  const page = await ctx.tx(async (db) => {
    const runs = await listRuns(db, orgId);
    return { runs, people: await peopleOfRun(db, orgId, [...new Set(runs.map(({ createdBy }) => createdBy))]) };
  });
  return render(c, <ImportsPage c={c} {...page} zone={ctx.viewer.timeZone} />);
}

async function remembered(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const { orgId, timeZone } = ctx.viewer;
  const { shapes, matches } = await ctx.tx(async (db) => ({
    shapes: await listShapes(db, orgId),
    matches: await rememberedMatches(db, { orgId, after: null, limit: mostMatches + 1 }),
  }));
  const page = { shapes, matches: matches.slice(0, mostMatches), hasMore: matches.length > mostMatches };
  return render(c, <RememberedPage c={c} {...page} zone={timeZone} />);
}

const named = z.object({ source: z.string().max(40), kind: z.enum(["person", "product", "account"]), value: z.string().max(500) });

async function forgetName(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const asked = named.safeParse(await c.req.parseBody());
  if (asked.success && (await forgetMatch(ctx, asked.data)))
    leaveNotice(c, `Forgotten. The next file that names “${asked.data.value}” asks who or what it is.`);
  return c.redirect("/imports/remembered", 303);
}

async function forget(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  if (await forgetShape(ctx, c.req.param("id") ?? "")) leaveNotice(c, "Forgotten. The next such file is asked about anew.");
  return c.redirect("/imports/remembered", 303);
}

async function upload(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  try {
    return c.redirect(`/imports/${await readUpload(c, ctx)}`, 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return render(c, <NewImportPage c={c} id={newId()} what="" error={error.message} />, 422);
  }
}

async function show(c: Request, typed?: { form: Record<string, string>; errors: Errors }): Promise<Response> {
  const ctx = adminOf(c);
  const after = Math.max(0, Math.trunc(Number(c.req.query("after") ?? 0)) || 0);
  const page = await ctx.tx(async (db) => {
    const run = await runForViewer(db, ctx, c.req.param("id"));
    const names = await peopleOfRun(db, ctx.viewer.orgId, [run.createdBy, run.undoneBy]);
    return {
      run,
      later: await laterThanToday(db, run),
      since: await changedSince(db, run),
      reasons: await readReasons(db, ctx.viewer.orgId, run.id),
      today: todayOf(ctx),
      isFrozen: ctx.env.frozenAt !== undefined,
      people: { startedBy: names.get(run.createdBy ?? "") ?? null, undoneBy: names.get(run.undoneBy ?? "") ?? null },
      visible: await visibleDeals(db, ctx.viewer.orgId, run.settings.found?.samples ?? []),
      rows: await readRowsToSee(db, ctx.viewer.orgId, run.id, after, pageSize + 1),
      choices: await importChoices(db, ctx.viewer.orgId),
    };
  });
  const shown = (
    <ImportPage
      c={c}
      {...page}
      after={after}
      pageSize={pageSize}
      zone={ctx.viewer.timeZone}
      errors={typed?.errors ?? {}}
      typed={typed?.form}
    />
  );
  return render(c, shown, typed ? 422 : 200);
}

async function answer(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const form = Object.fromEntries(Object.entries(await c.req.parseBody()).map(([name, value]) => [name, String(value)]));
  const { run, choices } = await ctx.tx(async (db) => ({
    run: await runForViewer(db, ctx, c.req.param("id")),
    choices: await importChoices(db, ctx.viewer.orgId),
  }));
  const { what, answers, errors } = answersFromForm(form, run, choices);
  if (Object.keys(errors).length > 0) return show(c, { form, errors });
  if (!(await answerImport(ctx, run.id, what, answers))) leaveNotice(c, "This file has moved on in the meantime.", "watch");
  return c.redirect(`/imports/${run.id}`, 303);
}

async function apply(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const run = await ctx.tx((db) => runForViewer(db, ctx, c.req.param("id")));
  await startApplying(ctx, run.id);
  return c.redirect(`/imports/${run.id}`, 303);
}

/** Read once more, for what has become otherwise here since: the same bytes as before, or a file still to be taken in. */
async function look(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const run = await ctx.tx((db) => runForViewer(db, ctx, c.req.param("id")));
  if (run.settings.sameAs) await answerImport(ctx, run.id, run.what, {});
  else if (run.state === "checked") await answerImport(ctx, run.id, run.what, run.settings.answers);
  return c.redirect(`/imports/${run.id}`, 303);
}

async function undo(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const run = await ctx.tx((db) => runForViewer(db, ctx, c.req.param("id")));
  try {
    await undoImport(ctx, run.id);
    leaveNotice(c, `${run.fileName} is taken back.`);
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    leaveNotice(c, `It was not taken back. ${[error.message, error.hint].filter(Boolean).join(" ")}`, "watch");
  }
  return c.redirect(`/imports/${run.id}`, 303);
}

async function cancel(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const run = await ctx.tx((db) => runForViewer(db, ctx, c.req.param("id")));
  if (await cancelImport(ctx, run.id)) leaveNotice(c, `${run.fileName} is dropped. Nothing of it was taken in.`);
  return c.redirect("/imports", 303);
}

/** The rows that failed as they stood in the file, each with its reason: to be mended and brought in again. */
async function download(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const run = await ctx.tx((db) => runForViewer(db, ctx, c.req.param("id")));
  const name = run.fileName.replaceAll(/[^\w.-]+/g, "-").replace(/\.\w+$/, "");
  c.header("content-disposition", `attachment; filename="${name}-left-out.csv"`);
  c.header("cache-control", "no-store");
  const text = Readable.from(rowsAsCsv(ctx, run.id, run.settings.found?.header ?? []));
  return c.body(Readable.toWeb(text) as ReadableStream as globalThis.ReadableStream, 200, { "content-type": "text/csv; charset=utf-8" });
}

async function* rowsAsCsv(ctx: Ctx, runId: string, header: readonly string[]): AsyncGenerator<Buffer> {
  yield Buffer.from(`\uFEFF${csvLine([...header, "line", "value", "reason"])}`);
  for (let after = 0; ;) {
    const rows = await ctx.tx((db) => readRowsToSee(db, ctx.viewer.orgId, runId, after, 1000));
    if (rows.length === 0) return;
    yield Buffer.from(
      rows
        .map(({ line, reason, cells }) => csvLine([...padded(cells, header.length), line, /“([^”]*)”/.exec(reason)?.[1] ?? "", reason]))
        .join(""),
    );
    after = rows.at(-1)?.line ?? Number.MAX_SAFE_INTEGER;
  }
}

const padded = (cells: readonly string[], width: number): string[] => [
  ...cells,
  ...Array.from({ length: Math.max(0, width - cells.length) }, () => ""),
];
