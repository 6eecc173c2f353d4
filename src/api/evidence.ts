import { evidenceOf, type Evidence } from "../domain/evidence/evidence-queries.ts";
import { recordEvidence } from "../domain/evidence/record-evidence.ts";
import { withdrawEvidence } from "../domain/evidence/withdraw-evidence.ts";
import { opportunityForViewer } from "../domain/opportunities/opportunity-access.ts";
import type { Ctx } from "../platform/context.ts";
import { ctxOf, NotFound } from "../platform/http.ts";
import { newId } from "../platform/new-id.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { afterId, pageOf } from "./cursor.ts";
import { cursor, day, id, instant, iso, json, jsonBody, limit, page, pathId, Person, trimmed } from "./shapes.ts";

const EvidenceOut = z
  .object({
    id,
    opportunityId: id,
    verifier: z.object({ id, words: z.string(), stage: z.string() }),
    givenOn: day,
    customerPerson: z.string(),
    words: z.string(),
    link: z.string(),
    recordedBy: Person,
    recordedAt: instant,
    withdrawnAt: instant.nullable(),
    withdrawnBy: z.string().nullable(),
    withdrawnWhy: z.string().nullable(),
  })
  .openapi("Evidence");

const shape = (row: Evidence): z.infer<typeof EvidenceOut> => ({
  id: row.id,
  opportunityId: row.opportunityId,
  verifier: { id: row.verifierId, words: row.verifierWords, stage: row.stageName },
  givenOn: row.givenOn,
  customerPerson: row.customerPerson,
  words: row.words,
  link: row.link,
  recordedBy: { id: row.recordedById, name: row.recordedBy },
  recordedAt: row.recordedAt.toISOString(),
  withdrawnAt: iso(row.withdrawnAt),
  withdrawnBy: row.withdrawnBy,
  withdrawnWhy: row.withdrawnWhy,
});

const ofDeal = z.object({ opportunityId: pathId("opportunityId") });

const list = createRoute({
  method: "get",
  path: "/opportunities/{opportunityId}/evidence",
  operationId: "listEvidence",
  tags: ["Evidence"],
  summary: "What the customer of an opportunity has given, withdrawn evidence too",
  security,
  request: { params: ofDeal, query: z.object({ cursor, limit }) },
  responses: { 200: json(page(EvidenceOut, "EvidencePage"), "A page of evidence"), ...refusals },
});

const record = createRoute({
  method: "post",
  path: "/opportunities/{opportunityId}/evidence",
  operationId: "recordEvidence",
  tags: ["Evidence"],
  summary: "Record that the customer gave what a verifier of the process in force asks for",
  security,
  request: {
    params: ofDeal,
    body: jsonBody(
      z
        .object({
          id: id.optional().openapi({ description: "Chosen by you, so that sending it twice records it once." }),
          verifierId: id,
          givenOn: day.openapi({ description: "Not a day still to come." }),
          customerPerson: trimmed(200).min(1),
          words: trimmed(2000).default(""),
          link: z
            .union([z.literal(""), z.url({ protocol: /^https?$/ }).max(2000)])
            .default("")
            .openapi({ description: "An http or https address. Words or a link: one of the two is enough." }),
        })
        .refine(({ words, link }) => words !== "" || link !== "", { path: ["words"], message: "Give words or a link." })
        .openapi("NewEvidence"),
    ),
  },
  responses: { 201: json(EvidenceOut, "The evidence"), ...refusals },
});

const withdraw = createRoute({
  method: "post",
  path: "/opportunities/{opportunityId}/evidence/{evidenceId}/withdrawal",
  operationId: "withdrawEvidence",
  tags: ["Evidence"],
  summary: "Take evidence back with a word on why: it stays to be read and counts no more",
  security,
  request: {
    params: ofDeal.extend({ evidenceId: pathId("evidenceId") }),
    body: jsonBody(z.object({ why: trimmed(500).min(1) }).openapi("Withdrawal")),
  },
  responses: { 200: json(EvidenceOut, "The evidence, withdrawn"), ...refusals },
});

async function readOne(ctx: Ctx, opportunityId: string, evidenceId: string): Promise<z.infer<typeof EvidenceOut>> {
  const [row] = await ctx.tx((db) => evidenceOf(db, { orgId: ctx.viewer.orgId, opportunityIds: [opportunityId], id: evidenceId }));
  if (!row) throw new NotFound("This evidence");
  return shape(row);
}

export function evidence(api: Api): void {
  api.openapi(list, async (c) => {
    const ctx = ctxOf(c);
    const asked = c.req.valid("query");
    const { opportunityId } = c.req.valid("param");
    const rows = await ctx.tx(async (db) => {
      const deal = await opportunityForViewer(db, ctx, opportunityId);
      return evidenceOf(db, { orgId: ctx.viewer.orgId, opportunityIds: [deal.id], after: afterId(asked.cursor), limit: asked.limit + 1 });
    });
    return c.json(
      pageOf(rows, asked.limit, (row) => [row.id], shape),
      200,
    );
  });
  api.openapi(record, async (c) => {
    const ctx = ctxOf(c);
    const { opportunityId } = c.req.valid("param");
    const given = c.req.valid("json");
    const evidenceId = given.id ?? newId();
    await recordEvidence(ctx, { ...given, id: evidenceId, opportunityId });
    return c.json(await readOne(ctx, opportunityId, evidenceId), 201);
  });
  api.openapi(withdraw, async (c) => {
    const ctx = ctxOf(c);
    const { opportunityId, evidenceId } = c.req.valid("param");
    await withdrawEvidence(ctx, { opportunityId, id: evidenceId, why: c.req.valid("json").why });
    return c.json(await readOne(ctx, opportunityId, evidenceId), 200);
  });
}
