import { HTTPException } from "hono/http-exception";
import { listOpportunities } from "../domain/opportunities/list-opportunities.ts";
import type { OpportunityAt } from "../domain/opportunities/opportunities-as-of.ts";
import { ownTree } from "../domain/people/list-people.ts";
import { endOfDay, isDay } from "../method/days.ts";
import type { Ctx } from "../platform/context.ts";
import { ctxOf, NotFound } from "../platform/http.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { afterId, pageOf } from "./cursor.ts";
import { cursor, day, id, instant, json, limit, page, pathId } from "./shapes.ts";

const outcome = z
  .enum(["open", "won", "lost", "vanished"])
  .openapi({ description: "vanished: open when it was last in the export of its source, and not in it any more." });

const OpportunityOut = z
  .object({
    id,
    name: z.string(),
    account: z.string().nullable(),
    product: z.string().nullable(),
    ownerId: id,
    stage: z.object({ id, name: z.string() }),
    outcome,
    amountMinor: z.int().nullable().openapi({
      description: "In the smallest unit of the currency. The list price of the product while there is no amount: see isListPrice.",
    }),
    isListPrice: z.boolean(),
    currency: z.string(),
    closeOn: day.nullable(),
    forecastCategory: z.string().nullable(),
    nextStep: z.string().nullable(),
    createdAt: instant,
    lastChangeAt: instant,
  })
  .openapi("Opportunity");

const asOf = z
  .union([day, instant], "Write a day like 2026-03-02, or an instant like 2026-03-02T17:00:00Z.")
  .optional()
  .openapi({
    description:
      "A day (its end, in the time zone of the token's person, as on the Pipeline page) or an instant: the pipeline as it was known then. One still to come counts as now.",
    param: { name: "asOf", in: "query", required: false },
  });

const list = createRoute({
  method: "get",
  path: "/opportunities",
  operationId: "listOpportunities",
  tags: ["Opportunities"],
  summary: "Your own opportunities and those of everybody below you, now or as of any past day",
  security,
  request: { query: z.object({ asOf, ownerId: id.optional(), outcome: outcome.optional(), cursor, limit }) },
  responses: { 200: json(page(OpportunityOut, "Opportunities"), "A page of opportunities"), ...refusals },
});

const one = createRoute({
  method: "get",
  path: "/opportunities/{opportunityId}",
  operationId: "getOpportunity",
  tags: ["Opportunities"],
  summary: "One opportunity, now or as of any past day",
  security,
  request: { params: z.object({ opportunityId: pathId("opportunityId") }), query: z.object({ asOf }) },
  responses: { 200: json(OpportunityOut, "The opportunity"), ...refusals },
});

function instantOf(asked: string | undefined, { viewer, clock }: Pick<Ctx, "viewer" | "clock">): Date {
  const now = clock.now();
  if (!asked) return now;
  const at = isDay(asked) ? endOfDay(asked, viewer.timeZone) : new Date(asked);
  if (Number.isNaN(at.getTime())) throw new HTTPException(400, { message: "asOf: this is not an instant." });
  // With a clock set back (KEPT_NOW) there are rows of later days: they are not known yet.
  return at > now ? now : at;
}

const shape = (row: OpportunityAt): z.infer<typeof OpportunityOut> => ({
  id: row.id,
  name: row.name,
  account: row.accountName,
  product: row.productName,
  ownerId: row.ownerId,
  stage: { id: row.stageId, name: row.stage },
  outcome: row.outcome,
  amountMinor: row.amountMinor,
  isListPrice: row.isListPrice,
  currency: row.currency,
  closeOn: row.closeOn,
  forecastCategory: row.forecastCategory,
  nextStep: row.nextStep,
  createdAt: row.createdAt.toISOString(),
  lastChangeAt: row.lastChangeAt.toISOString(),
});

export function opportunities(api: Api): void {
  api.openapi(list, async (c) => {
    const ctx = ctxOf(c);
    const asked = c.req.valid("query");
    const rows = await ctx.tx(async (db) => {
      const tree = await ownTree(db, ctx);
      const ownerIds = asked.ownerId ? tree.filter((person) => person === asked.ownerId) : tree;
      const at = instantOf(asked.asOf, ctx);
      return listOpportunities(db, {
        orgId: ctx.viewer.orgId,
        ownerIds,
        at,
        outcome: asked.outcome,
        after: afterId(asked.cursor),
        limit: asked.limit + 1,
      });
    });
    return c.json(
      pageOf(rows, asked.limit, (row) => [row.id], shape),
      200,
    );
  });
  api.openapi(one, async (c) => {
    const ctx = ctxOf(c);
    const at = instantOf(c.req.valid("query").asOf, ctx);
    const [row] = await ctx.tx(async (db) => {
      const ownerIds = await ownTree(db, ctx);
      return listOpportunities(db, {
        orgId: ctx.viewer.orgId,
        ownerIds,
        at,
        id: c.req.valid("param").opportunityId,
        after: null,
        limit: 1,
      });
    });
    if (!row) throw new NotFound("This opportunity");
    return c.json(shape(row), 200);
  });
}
