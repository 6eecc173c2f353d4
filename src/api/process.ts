import { type Process, processAt } from "../domain/processes/process-queries.ts";
import { ctxOf, NotFound } from "../platform/http.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { asOf, instantOf } from "./as-of.ts";
import { id, instant, json } from "./shapes.ts";

const ProcessOut = z
  .object({
    id,
    version: z.int(),
    name: z.string(),
    validFrom: instant.openapi({ description: "In force from then until the next version is." }),
    stages: z.array(
      z.object({
        id,
        name: z.string(),
        experience: z.string().openapi({ description: "What the customer should experience." }),
        probability: z.int().openapi({ description: "Per cent." }),
        verifiers: z.array(z.object({ id, words: z.string(), who: z.string() })).openapi({
          description: "What only the customer can give before a deal goes on from this stage. Ids stay from version to version.",
        }),
      }),
    ),
    rules: z
      .array(
        z.object({
          grade: z.enum(["A", "B", "C"]),
          field: z.enum(["stage", "verified stage", "backed", "closes within", "amount", "changed within"]),
          stageId: id.nullable(),
          number: z.int().nullable().openapi({ description: "Days, or minor units of the organisation's currency." }),
        }),
      )
      .openapi({ description: "A deal is the first grade whose rules all hold; without rules C is every other one, A and B are none." }),
  })
  .openapi("SalesProcess");

const read = createRoute({
  method: "get",
  path: "/process",
  operationId: "getProcess",
  tags: ["Sales process"],
  summary: "The sales process in force, now or on any past day",
  security,
  request: { query: z.object({ asOf }) },
  responses: { 200: json(ProcessOut, "The process"), ...refusals },
});

const shape = ({ id: versionId, version, name, validFrom, stages, rules }: Process): z.infer<typeof ProcessOut> => ({
  id: versionId,
  version,
  name,
  validFrom: validFrom.toISOString(),
  stages: stages.map(({ stageId, name: stage, experience, probability, tolls }) => ({
    id: stageId,
    name: stage,
    experience,
    probability,
    verifiers: tolls.map(({ verifierId, words, who }) => ({ id: verifierId, words, who })),
  })),
  rules,
});

export function salesProcess(api: Api): void {
  api.openapi(read, async (c) => {
    const ctx = ctxOf(c);
    const at = instantOf(c.req.valid("query").asOf, ctx);
    const process = await ctx.tx((db) => processAt(db, ctx.viewer.orgId, at));
    if (!process) throw new NotFound("A sales process");
    return c.json(shape(process), 200);
  });
}
