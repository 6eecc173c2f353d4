import { gradeProspect } from "../domain/evidence/grade-prospect.ts";
import { type DealGrade, prospectFacts } from "../domain/evidence/prospect-facts.ts";
import type { VerifiedDeal } from "../domain/evidence/verified-stages.ts";
import { listOpportunities, type ListedOpportunity } from "../domain/opportunities/list-opportunities.ts";
import { ownTree } from "../domain/people/list-people.ts";
import { dayAt } from "../method/days.ts";
import { grades as allGrades } from "../method/prospect-grade.ts";
import type { Ctx } from "../platform/context.ts";
import type { Db } from "../platform/database.ts";
import { ctxOf, NotFound } from "../platform/http.ts";
import { newId } from "../platform/new-id.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { asOf, instantOf } from "./as-of.ts";
import { afterId, pageOf } from "./cursor.ts";
import { asWritten, cursor, day, id, instant, iso, json, jsonBody, limit, page, pathId } from "./shapes.ts";

const outcome = z
  .enum(["open", "won", "lost", "vanished"])
  .openapi({ description: "vanished: open when it was last in the export of its source, and not in it any more." });

const VerifiedOut = z
  .object({
    stage: z.object({ id, name: z.string() }).openapi({ description: "The furthest stage for which every earlier toll is paid." }),
    claimedInProcess: z
      .boolean()
      .openapi({ description: "False when the stage claimed was taken out of the sales process, or never was in it." }),
    aheadBy: z.int().openapi({ description: "How many stages claimed is ahead of verified, of those that ask something of the customer." }),
    aheadSince: instant.nullable(),
    missing: z.array(z.object({ verifierId: id, words: z.string(), who: z.string(), stage: z.string() })),
  })
  .openapi("VerifiedStage");

const OpportunityOut = z
  .object({
    id,
    source: z.string().openapi({ description: "Where it came from: salesforce, hubspot, pipedrive, dynamics, csv or what was pushed as." }),
    externalId: z.string().openapi({ description: "Its id there." }),
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
    verified: VerifiedOut.nullable().openapi({
      description:
        "Beside the stage claimed. Null for won and lost ones, and where no process in force then asks anything of the customer.",
    }),
    grade: z.enum(allGrades).nullable().openapi({ description: "By hand, or else by the rules of the process in force then." }),
    gradedByHand: z.object({ by: z.string(), at: instant }).nullable().openapi({ description: "Null where the rules grade it." }),
    createdAt: instant,
    lastChangeAt: instant,
  })
  .openapi("Opportunity");

const list = createRoute({
  method: "get",
  path: "/opportunities",
  operationId: "listOpportunities",
  tags: ["Opportunities"],
  summary: "Your own opportunities and those of everybody below you, now or as of any past day",
  security,
  request: {
    query: z.object({
      asOf,
      ownerId: id.optional(),
      outcome: outcome.optional(),
      source: asWritten(40).optional().openapi({ description: "Only those from there, such as salesforce." }),
      externalId: asWritten(200)
        .optional()
        .openapi({ description: "Only the one with this id in its source; ids of two sources may be alike." }),
      cursor,
      limit,
    }),
  },
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

const grade = createRoute({
  method: "put",
  path: "/opportunities/{opportunityId}/grade",
  operationId: "gradeOpportunity",
  tags: ["Opportunities"],
  summary: "Grade an open opportunity by hand, or give it back to the rules; what it was before stays known",
  security,
  request: {
    params: z.object({ opportunityId: pathId("opportunityId") }),
    body: jsonBody(
      z.object({ grade: z.enum(allGrades).nullable().openapi({ description: "Null gives it back to the rules." }) }).openapi("GradeByHand"),
    ),
  },
  responses: { 200: json(OpportunityOut, "The opportunity as it is graded now"), ...refusals },
});

interface WithFacts {
  row: ListedOpportunity;
  verified: VerifiedDeal | undefined;
  graded: DealGrade | undefined;
}

async function withFacts(db: Db, ctx: Ctx, rows: readonly ListedOpportunity[], at: Date): Promise<WithFacts[]> {
  const { verified, grades } = await prospectFacts(db, ctx, { deals: rows, at, today: dayAt(at, ctx.viewer.timeZone) });
  return rows.map((row) => ({ row, verified: verified.get(row.id), graded: grades.get(row.id) }));
}

const verifiedShape = (deal: VerifiedDeal): z.infer<typeof VerifiedOut> => ({
  stage: { id: deal.verifiedStageId, name: deal.verifiedName },
  aheadBy: deal.aheadBy,
  claimedInProcess: deal.inProcess,
  aheadSince: iso(deal.aheadSince),
  missing: deal.missing.map(({ verifierId, words, who, stageName }) => ({ verifierId, words, who, stage: stageName })),
});

const shape = ({ row, verified, graded }: WithFacts): z.infer<typeof OpportunityOut> => ({
  id: row.id,
  source: row.source,
  externalId: row.externalId,
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
  verified: verified ? verifiedShape(verified) : null,
  grade: graded?.grade ?? null,
  gradedByHand: graded?.byHand ? { by: graded.byHand.name, at: graded.byHand.at.toISOString() } : null,
  createdAt: row.createdAt.toISOString(),
  lastChangeAt: row.lastChangeAt.toISOString(),
});

async function readOne(ctx: Ctx, opportunityId: string, at: Date): Promise<z.infer<typeof OpportunityOut>> {
  const [row] = await ctx.tx(async (db) => {
    const ownerIds = await ownTree(db, ctx);
    return withFacts(
      db,
      ctx,
      await listOpportunities(db, { orgId: ctx.viewer.orgId, ownerIds, at, id: opportunityId, after: null, limit: 1 }),
      at,
    );
  });
  if (!row) throw new NotFound("This opportunity");
  return shape(row);
}

export function opportunities(api: Api): void {
  api.openapi(list, async (c) => {
    const ctx = ctxOf(c);
    const asked = c.req.valid("query");
    const rows = await ctx.tx(async (db) => {
      const tree = await ownTree(db, ctx);
      const ownerIds = asked.ownerId ? tree.filter((person) => person === asked.ownerId) : tree;
      const at = instantOf(asked.asOf, ctx);
      const found = await listOpportunities(db, {
        orgId: ctx.viewer.orgId,
        ownerIds,
        at,
        outcome: asked.outcome,
        source: asked.source,
        externalId: asked.externalId,
        after: afterId(asked.cursor),
        limit: asked.limit + 1,
      });
      return withFacts(db, ctx, found, at);
    });
    return c.json(
      pageOf(rows, asked.limit, ({ row }) => [row.id], shape),
      200,
    );
  });
  api.openapi(one, async (c) => {
    const ctx = ctxOf(c);
    return c.json(await readOne(ctx, c.req.valid("param").opportunityId, instantOf(c.req.valid("query").asOf, ctx)), 200);
  });
  api.openapi(grade, async (c) => {
    const ctx = ctxOf(c);
    const { opportunityId } = c.req.valid("param");
    await gradeProspect(ctx, { id: newId(), opportunityId, grade: c.req.valid("json").grade });
    return c.json(await readOne(ctx, opportunityId, ctx.clock.now()), 200);
  });
}
