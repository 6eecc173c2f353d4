import { HTTPException } from "hono/http-exception";
import { forgetMatch } from "../domain/imports/forget-match.ts";
import { type RememberedMatch, rememberedMatches } from "../domain/imports/remembered-matches-queries.ts";
import type { Ctx } from "../platform/context.ts";
import { ctxOf, NotFound, type Request } from "../platform/http.ts";
import { isAdmin } from "../platform/viewer.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { afterWords, pageOf } from "./cursor.ts";
import { asWritten, cursor, id, instant, json, limit, page } from "./shapes.ts";

const kind = z.enum(["person", "product", "account"]);
const MatchOut = z
  .object({
    source: z.string(),
    kind,
    value: z.string().openapi({ description: "The words of the file." }),
    targetId: id.nullable().openapi({ description: "Who or what it is here; null where it was said to be none." }),
    targetName: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: instant,
  })
  .openapi("RememberedMatch", {
    example: {
      source: "salesforce",
      kind: "product",
      value: "GTXPro",
      targetId: "019ab2c4-7d1e-7000-8000-000000000001",
      targetName: "GTX Pro",
      decidedBy: "Ada Admin",
      decidedAt: "2026-11-02T08:00:00.000Z",
    },
  });

const list = createRoute({
  method: "get",
  path: "/import-matches",
  operationId: "listImportMatches",
  tags: ["Imports"],
  summary: "Who or what the words of files and calls were said to mean (admins)",
  security,
  request: { query: z.object({ source: asWritten(40).optional(), kind: kind.optional(), cursor, limit }) },
  responses: { 200: json(page(MatchOut, "RememberedMatches"), "A page of them"), ...refusals },
});

const forget = createRoute({
  method: "delete",
  path: "/import-matches",
  operationId: "forgetImportMatch",
  tags: ["Imports"],
  summary: "Forget one: the next file with these words asks again; what was taken in stays (admins)",
  security,
  request: { query: z.object({ source: asWritten(40), kind, value: asWritten(500) }) },
  responses: { 204: { description: "Forgotten" }, ...refusals },
});

function adminOf(c: Request): Ctx {
  const ctx = ctxOf(c);
  if (!isAdmin(ctx.viewer)) throw new HTTPException(403, { message: "What is remembered of imports is for admins." });
  return ctx;
}

const shape = ({ decidedAt, ...match }: RememberedMatch): z.infer<typeof MatchOut> => ({ ...match, decidedAt: decidedAt.toISOString() });

export function importMatches(api: Api): void {
  api.openapi(list, async (c) => {
    const ctx = adminOf(c);
    const { source, kind: asked, cursor: from, limit: most } = c.req.valid("query");
    const range = { orgId: ctx.viewer.orgId, source, kind: asked, after: afterWords(from, 3), limit: most + 1 };
    const rows = await ctx.tx((db) => rememberedMatches(db, range));
    return c.json(
      pageOf(rows, most, (row) => [row.source, row.kind, row.value], shape),
      200,
    );
  });
  api.openapi(forget, async (c) => {
    const ctx = adminOf(c);
    if (!(await forgetMatch(ctx, c.req.valid("query")))) throw new NotFound("This match");
    return c.body(null, 204);
  });
}
