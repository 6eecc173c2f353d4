import { type DealMoment, dealMoments } from "../domain/opportunities/deal-moments.ts";
import { changedFields } from "../domain/opportunities/history-queries.ts";
import { opportunityForViewer } from "../domain/opportunities/opportunity-access.ts";
import { ctxOf } from "../platform/http.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { afterMoment, pageOf } from "./cursor.ts";
import { cursor, day, id, instant, json, limit, page, pathId, Person } from "./shapes.ts";

const Change = z.object({
  field: z.enum(changedFields).openapi({ description: "vanished: since when it is no longer in the export of its source." }),
  before: z.string().nullable().openapi({ description: "Names as one reads them; amounts in minor units, days ISO." }),
  after: z.string().nullable(),
  source: z.string(),
});
const Given = z.object({ id, verifierId: id, words: z.string(), customerPerson: z.string(), givenOn: day, by: z.string() });
const Done = z.object({ id, type: z.string(), person: Person, subject: z.string().nullable(), isDone: z.boolean() });

const MomentOut = z
  .object({
    at: instant,
    kind: z.enum(["change", "activity", "evidence", "withdrawal"]),
    change: Change.nullable(),
    activity: Done.nullable(),
    evidence: Given.nullable().openapi({ description: "What the customer gave, or what of it was taken back." }),
  })
  .openapi("DealMoment", {
    description: "One thing that happened to a deal; what it was stands under the name of its kind.",
    example: {
      at: "2026-11-17T09:30:00.000Z",
      kind: "change",
      change: { field: "stage", before: "Engaging", after: "Proposal", source: "salesforce" },
      activity: null,
      evidence: null,
    },
  });

const timeLine = createRoute({
  method: "get",
  path: "/opportunities/{opportunityId}/time-line",
  operationId: "listDealMoments",
  tags: ["Opportunities"],
  summary: "What has happened to an opportunity: its changes, activities and evidence, newest first",
  security,
  request: { params: z.object({ opportunityId: pathId("opportunityId") }), query: z.object({ cursor, limit }) },
  responses: { 200: json(page(MomentOut, "DealMoments"), "A page of what has happened"), ...refusals },
});

function shape(moment: DealMoment): z.infer<typeof MomentOut> {
  const { at, kind, what } = moment;
  const none = { change: null, activity: null, evidence: null };
  const base = { at: at.toISOString(), kind, ...none };
  if (kind === "change") return { ...base, change: what };
  if (kind !== "activity") return { ...base, evidence: what };
  const { personId, personName, ...rest } = what;
  return { ...base, activity: { ...rest, person: { id: personId, name: personName } } };
}

export function timeLines(api: Api): void {
  api.openapi(timeLine, async (c) => {
    const ctx = ctxOf(c);
    const asked = c.req.valid("query");
    const rows = await ctx.tx(async (db) => {
      const { id: opportunityId } = await opportunityForViewer(db, ctx, c.req.valid("param").opportunityId);
      const until = ctx.clock.now();
      return dealMoments(db, { orgId: ctx.viewer.orgId, opportunityId, until, after: afterMoment(asked.cursor), limit: asked.limit + 1 });
    });
    return c.json(
      pageOf(rows, asked.limit, ({ at, key }) => [at.toISOString(), key], shape),
      200,
    );
  });
}
