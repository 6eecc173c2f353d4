import type { Commitment } from "../domain/commitments/commitment-queries.ts";
import { listCommitments } from "../domain/commitments/list-commitments.ts";
import { makeCommitment } from "../domain/commitments/make-commitment.ts";
import { promiseVerifier } from "../domain/commitments/promise-verifier.ts";
import { settleCommitment } from "../domain/commitments/settle-commitment.ts";
import type { Ctx } from "../platform/context.ts";
import { ctxOf, NotFound } from "../platform/http.ts";
import { newId } from "../platform/new-id.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { afterId, pageOf } from "./cursor.ts";
import { cursor, day, id, instant, iso, json, jsonBody, limit, page, pathId, Person, trimmed } from "./shapes.ts";

const outcome = z.enum(["kept", "partly", "missed", "dropped"]);
const hangsOn = z.enum(["action", "opportunity", "pipeline gap", "activity", "skill"]);

export const CommitmentOut = z
  .object({
    id,
    meetingId: id,
    managerId: id,
    repId: id,
    owner: Person,
    words: z.string(),
    dueOn: day,
    hangsOn,
    hangsOnWords: z.string(),
    opportunityId: id.nullable(),
    verifierId: id.nullable().openapi({ description: "What the customer is to give, where the promise is to bring that." }),
    createdAt: instant,
    managerConfirmedAt: instant.nullable(),
    repConfirmedAt: instant.nullable(),
    outcome: outcome.nullable(),
    outcomeWords: z.string(),
    outcomeAt: instant.nullable(),
  })
  .openapi("Commitment");

export const commitmentShape = (commitment: Commitment): z.infer<typeof CommitmentOut> => ({
  id: commitment.id,
  meetingId: commitment.meetingId,
  managerId: commitment.managerId,
  repId: commitment.repId,
  owner: { id: commitment.ownerId, name: commitment.ownerName },
  words: commitment.words,
  dueOn: commitment.dueOn,
  hangsOn: commitment.hangsOn,
  hangsOnWords: commitment.hangsWords,
  opportunityId: commitment.opportunityId,
  verifierId: commitment.verifierId,
  createdAt: commitment.createdAt.toISOString(),
  managerConfirmedAt: iso(commitment.managerConfirmedAt),
  repConfirmedAt: iso(commitment.repConfirmedAt),
  outcome: commitment.outcome,
  outcomeWords: commitment.outcomeWords,
  outcomeAt: iso(commitment.outcomeAt),
});

const list = createRoute({
  method: "get",
  path: "/commitments",
  operationId: "listCommitments",
  tags: ["Commitments"],
  summary: "The commitments of your own pairs",
  security,
  request: {
    query: z.object({
      state: z.enum(["open", "settled"]).optional(),
      ownerId: id.optional().openapi({ description: "Only those this person has to keep." }),
      cursor,
      limit,
    }),
  },
  responses: { 200: json(page(CommitmentOut, "Commitments"), "A page of commitments"), ...refusals },
});

const make = createRoute({
  method: "post",
  path: "/commitments",
  operationId: "makeCommitment",
  tags: ["Commitments"],
  summary: "A commitment in an open one-on-one of yours",
  security,
  request: {
    body: jsonBody(
      z
        .object({
          id: id.optional().openapi({ description: "Chosen by you, so that sending it twice makes one." }),
          meetingId: id,
          owner: z.enum(["manager", "rep"]),
          words: trimmed(2000).min(1),
          dueOn: day,
          hangsOn: hangsOn.default("action"),
          hangsOnWords: trimmed(500).default(""),
          opportunityId: id.nullable().default(null),
        })
        .openapi("NewCommitment"),
    ),
  },
  responses: { 201: json(CommitmentOut, "The commitment"), ...refusals },
});

const promise = createRoute({
  method: "post",
  path: "/opportunities/{opportunityId}/promises",
  operationId: "promiseVerifier",
  tags: ["Commitments"],
  summary: "Promise to bring what the customer has not given yet: in the open one-on-one of you two, or else in your next",
  security,
  request: {
    params: z.object({ opportunityId: pathId("opportunityId") }),
    body: jsonBody(
      z
        .object({
          id: id.optional().openapi({ description: "Chosen by you, so that sending it twice makes one." }),
          verifierId: id.openapi({ description: "Of the process in force, such as one of `verified.missing` of the opportunity." }),
          owner: z.enum(["manager", "rep"]).default("rep"),
          words: trimmed(2000).default("").openapi({ description: "Left out: “Get from the customer: …”." }),
          dueOn: day.optional().openapi({ description: "Left out: the day of the one-on-one after that one." }),
        })
        .openapi("NewPromise"),
    ),
  },
  responses: { 201: json(CommitmentOut, "The commitment"), ...refusals },
});

const settle = createRoute({
  method: "post",
  path: "/commitments/{commitmentId}/outcome",
  operationId: "settleCommitment",
  tags: ["Commitments"],
  summary: "Say what became of one: its owner at any time, either of the pair in an open one-on-one",
  security,
  request: {
    params: z.object({ commitmentId: pathId("commitmentId") }),
    body: jsonBody(z.object({ outcome, words: trimmed(2000).default(""), meetingId: id.nullable().default(null) }).openapi("Outcome")),
  },
  responses: { 200: json(CommitmentOut, "The commitment, settled"), ...refusals },
});

async function readOne(ctx: Ctx, commitmentId: string): Promise<z.infer<typeof CommitmentOut>> {
  const [row] = await ctx.tx((db) => listCommitments(db, ctx, { id: commitmentId, after: null, limit: 1 }));
  if (!row) throw new NotFound("This commitment");
  return commitmentShape(row);
}

export function commitments(api: Api): void {
  api.openapi(list, async (c) => {
    const ctx = ctxOf(c);
    const { state, ownerId, ...asked } = c.req.valid("query");
    const rows = await ctx.tx((db) => listCommitments(db, ctx, { state, ownerId, after: afterId(asked.cursor), limit: asked.limit + 1 }));
    return c.json(
      pageOf(rows, asked.limit, (row) => [row.id], commitmentShape),
      200,
    );
  });
  api.openapi(make, async (c) => {
    const ctx = ctxOf(c);
    const { hangsOnWords, ...wanted } = c.req.valid("json");
    const commitmentId = wanted.id ?? newId();
    await makeCommitment(ctx, { ...wanted, id: commitmentId, hangsWords: hangsOnWords });
    return c.json(await readOne(ctx, commitmentId), 201);
  });
  api.openapi(promise, async (c) => {
    const ctx = ctxOf(c);
    const wanted = c.req.valid("json");
    const commitmentId = wanted.id ?? newId();
    await promiseVerifier(ctx, { ...wanted, id: commitmentId, opportunityId: c.req.valid("param").opportunityId });
    return c.json(await readOne(ctx, commitmentId), 201);
  });
  api.openapi(settle, async (c) => {
    const ctx = ctxOf(c);
    const { commitmentId } = c.req.valid("param");
    const { outcome, words, meetingId } = c.req.valid("json");
    await settleCommitment(ctx, { commitmentId, outcome, words, meetingId });
    return c.json(await readOne(ctx, commitmentId), 200);
  });
}
