import { type Process, processAt, processOfVersion, type ProcessVersion, processVersions } from "../domain/processes/process-queries.ts";
import { stagesInUse } from "../domain/processes/stages-in-use.ts";
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
    carried: z.array(z.object({ stageId: id, asStageId: id })).openapi({
      description: "Stages not in it, and what deals count as that still stand in them; others count where their stage used to stand.",
    }),
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

const VersionOut = z
  .object({ id, version: z.int(), name: z.string(), validFrom: instant, publishedBy: z.string().nullable() })
  .openapi("SalesProcessVersion", {
    description: "A change of the process is a new version; the past keeps the one in force then.",
    example: {
      id: "019ab2c4-7d1e-7000-8000-000000000006",
      version: 2,
      name: "Enterprise",
      validFrom: "2026-09-01T08:00:00.000Z",
      publishedBy: "Ada Admin",
    },
  });

const versions = createRoute({
  method: "get",
  path: "/process/versions",
  operationId: "listProcessVersions",
  tags: ["Sales process"],
  summary: "Every version of the sales process, newest first",
  security,
  responses: { 200: json(z.object({ data: z.array(VersionOut) }).openapi("SalesProcessVersions"), "The versions"), ...refusals },
});

const version = createRoute({
  method: "get",
  path: "/process/versions/{version}",
  operationId: "getProcessVersion",
  tags: ["Sales process"],
  summary: "One version of the sales process",
  security,
  request: {
    params: z.object({
      version: z.coerce
        .number("version is a number")
        .int()
        .min(1)
        .max(32_767)
        .openapi({ type: "integer", param: { name: "version", in: "path", required: true } }),
    }),
  },
  responses: { 200: json(ProcessOut, "The process as that version has it"), ...refusals },
});

const StageOut = z
  .object({
    id,
    name: z.string(),
    position: z.int(),
    outcome: z.enum(["open", "won", "lost"]),
    isInProcess: z
      .boolean()
      .openapi({ description: "False for one that the process in force does not have, though deals may stand in it." }),
  })
  .openapi("Stage", {
    example: { id: "019ab2c4-7d1e-7000-8000-000000000005", name: "Proposal", position: 2, outcome: "open", isInProcess: true },
  });

const stages = createRoute({
  method: "get",
  path: "/stages",
  operationId: "listStages",
  tags: ["Sales process"],
  summary: "Every stage a deal can stand in, in their order, won and lost ones too",
  security,
  responses: { 200: json(z.object({ data: z.array(StageOut) }).openapi("Stages"), "The stages"), ...refusals },
});

const versionShape = ({ validFrom, ...rest }: ProcessVersion): z.infer<typeof VersionOut> => ({
  id: rest.id,
  version: rest.version,
  name: rest.name,
  validFrom: validFrom.toISOString(),
  publishedBy: rest.publishedBy,
});

const shape = ({ id: versionId, version, name, validFrom, stages, carried, rules }: Process): z.infer<typeof ProcessOut> => ({
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
  carried: carried.map(({ stageId, asStageId }) => ({ stageId, asStageId })),
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
  api.openapi(versions, async (c) => {
    const ctx = ctxOf(c);
    return c.json({ data: (await ctx.tx((db) => processVersions(db, ctx.viewer.orgId))).map(versionShape) }, 200);
  });
  api.openapi(version, async (c) => {
    const ctx = ctxOf(c);
    const asked = c.req.valid("param").version;
    const process = await ctx.tx((db) => processOfVersion(db, ctx.viewer.orgId, asked));
    if (!process) throw new NotFound("This version");
    return c.json(shape(process), 200);
  });
  api.openapi(stages, async (c) => {
    const ctx = ctxOf(c);
    return c.json({ data: await ctx.tx((db) => stagesInUse(db, ctx)) }, 200);
  });
}
