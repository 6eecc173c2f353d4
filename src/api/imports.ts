import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { HTTPException } from "hono/http-exception";
import { runForViewer } from "../domain/imports/import-access.ts";
import { whats } from "../domain/imports/import-fields.ts";
import { listRuns, readRowsToSee } from "../domain/imports/import-run-store.ts";
import type { Run } from "../domain/imports/import-settings.ts";
import { receiveUpload } from "../domain/imports/receive-upload.ts";
import { startApplying } from "../domain/imports/start-applying.ts";
import { undoImport } from "../domain/imports/undo-import.ts";
import { ctxOf, type Request } from "../platform/http.ts";
import { newId } from "../platform/new-id.ts";
import { PlainError } from "../platform/plain-error.ts";
import { isAdmin } from "../platform/viewer.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { id, instant, iso, json, pathId, trimmed } from "./shapes.ts";

const what = z.enum(whats);

const ImportOut = z
  .object({
    id,
    what: what.nullable(),
    fileName: z.string(),
    state: z.enum(["uploaded", "checking", "needs_answers", "checked", "applying", "applied", "failed", "cancelled", "undone"]),
    problem: z.string().nullable(),
    rows: z.object({ total: z.int(), done: z.int(), new: z.int(), changed: z.int(), same: z.int(), failed: z.int() }),
    createdAt: instant,
    finishedAt: instant.nullable(),
  })
  .openapi("Import", {
    description: "uploaded → checking → checked → (apply) → applying → applied. needs_answers: answer its questions on its page.",
  });

const shape = (run: Run): z.infer<typeof ImportOut> => ({
  id: run.id,
  what: run.what,
  fileName: run.fileName,
  state: run.state,
  problem: run.problem,
  rows: {
    total: run.rowsTotal,
    done: run.rowsDone,
    new: run.rowsNew,
    changed: run.rowsChanged,
    same: run.rowsSame,
    failed: run.rowsFailed,
  },
  createdAt: run.createdAt.toISOString(),
  finishedAt: iso(run.finishedAt),
});

const list = createRoute({
  method: "get",
  path: "/imports",
  operationId: "listImports",
  tags: ["Imports"],
  summary: "The last hundred imports (admins)",
  security,
  responses: { 200: json(z.object({ data: z.array(ImportOut) }).openapi("Imports"), "Imports, newest first"), ...refusals },
});

const send = createRoute({
  method: "post",
  path: "/imports",
  operationId: "sendImport",
  tags: ["Imports"],
  summary: "Send a CSV file; it is looked over, and taken in when you apply it (admins)",
  security,
  request: {
    query: z.object({
      fileName: trimmed(300).min(1),
      what: what.optional().openapi({ description: "Without it, told from the columns." }),
      id: id.optional().openapi({ description: "Chosen by you, so that sending it twice is one import." }),
    }),
    body: { required: true, content: { "text/csv": { schema: z.string().openapi({ format: "binary" }) } } },
  },
  responses: { 202: json(ImportOut, "Received; being looked over"), ...refusals },
});

const params = z.object({ importId: pathId("importId") });

const one = createRoute({
  method: "get",
  path: "/imports/{importId}",
  operationId: "getImport",
  tags: ["Imports"],
  summary: "How far an import is (admins)",
  security,
  request: { params },
  responses: { 200: json(ImportOut, "The import"), ...refusals },
});

const RowOut = z
  .object({ line: z.int(), outcome: z.enum(["failed", "warned"]), reason: z.string(), cells: z.array(z.string()) })
  .openapi("ImportRow");

const rows = createRoute({
  method: "get",
  path: "/imports/{importId}/rows",
  operationId: "listImportRows",
  tags: ["Imports"],
  summary: "The rows that were left out or taken with a warning (admins)",
  security,
  request: {
    params,
    query: z.object({
      afterLine: z.coerce
        .number()
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .default(0)
        .openapi({ type: "integer", minimum: 0, default: 0, param: { name: "afterLine", in: "query", required: false } }),
    }),
  },
  responses: {
    200: json(z.object({ data: z.array(RowOut) }).openapi("ImportRows"), "At most 200 rows, in the order of the file"),
    ...refusals,
  },
});

const apply = createRoute({
  method: "post",
  path: "/imports/{importId}/apply",
  operationId: "applyImport",
  tags: ["Imports"],
  summary: "Take in a file that has been looked over (admins)",
  security,
  request: { params },
  responses: { 202: json(ImportOut, "Being taken in"), ...refusals },
});

const undo = createRoute({
  method: "post",
  path: "/imports/{importId}/undo",
  operationId: "undoImport",
  tags: ["Imports"],
  summary: "Take back what an import did; refused with 409 when something builds on it (admins)",
  security,
  request: { params },
  responses: { 200: json(ImportOut, "Taken back; once more changes nothing"), ...refusals },
});

function adminOf(c: Request) {
  const ctx = ctxOf(c);
  if (!isAdmin(ctx.viewer)) throw new HTTPException(403, { message: "Imports are for admins." });
  return ctx;
}

export function imports(api: Api): void {
  api.openapi(list, async (c) => {
    const ctx = adminOf(c);
    return c.json({ data: (await ctx.tx((db) => listRuns(db, ctx.viewer.orgId))).map(shape) }, 200);
  });
  api.openapi(send, async (c) => {
    const ctx = adminOf(c);
    const asked = c.req.valid("query");
    const { body } = c.req.raw;
    if (!body) throw new HTTPException(400, { message: "Send the file as the body of the request." });
    const content = Readable.fromWeb(body as ReadableStream<Uint8Array>);
    const runId = await receiveUpload(ctx, { id: asked.id ?? newId(), fileName: asked.fileName, what: asked.what ?? null, content });
    return c.json(shape(await ctx.tx((db) => runForViewer(db, ctx, runId))), 202);
  });
  api.openapi(one, async (c) => {
    const ctx = adminOf(c);
    return c.json(shape(await ctx.tx((db) => runForViewer(db, ctx, c.req.valid("param").importId))), 200);
  });
  api.openapi(rows, async (c) => {
    const ctx = adminOf(c);
    const found = await ctx.tx(async (db) => {
      const run = await runForViewer(db, ctx, c.req.valid("param").importId);
      return readRowsToSee(db, ctx.viewer.orgId, run.id, c.req.valid("query").afterLine, 200);
    });
    return c.json({ data: found }, 200);
  });
  api.openapi(undo, async (c) => {
    const ctx = adminOf(c);
    const { importId } = c.req.valid("param");
    const run = await ctx.tx((db) => runForViewer(db, ctx, importId));
    if (run.state !== "applied" && run.state !== "undone")
      throw new HTTPException(409, {
        message: `This import is ${run.state.replace("_", " ")}: it has done nothing that could be taken back.`,
      });
    try {
      await undoImport(ctx, importId);
    } catch (error) {
      if (!(error instanceof PlainError)) throw error;
      throw new HTTPException(409, { message: [error.message, error.hint].filter(Boolean).join(" ") });
    }
    return c.json(shape(await ctx.tx((db) => runForViewer(db, ctx, importId))), 200);
  });
  api.openapi(apply, async (c) => {
    const ctx = adminOf(c);
    const { importId } = c.req.valid("param");
    const run = await ctx.tx((db) => runForViewer(db, ctx, importId));
    if (!(await startApplying(ctx, importId)) && !["applying", "applied"].includes(run.state))
      throw new HTTPException(409, { message: `This import is ${run.state.replace("_", " ")}: it can be taken in once it is checked.` });
    return c.json(shape(await ctx.tx((db) => runForViewer(db, ctx, importId))), 202);
  });
}
