import { HTTPException } from "hono/http-exception";
import { storyForViewer } from "../domain/stories/story-access.ts";
import { writeStoryLine } from "../domain/stories/save-story-line.ts";
import { noStory, storiesOf, type Story } from "../domain/stories/story-queries.ts";
import { agreedAnswers, type StoryField, storyFields, storyProblem } from "../method/story-gaps.ts";
import { dayAt } from "../method/days.ts";
import type { Ctx } from "../platform/context.ts";
import type { Db } from "../platform/database.ts";
import { ctxOf, NotFound } from "../platform/http.ts";
import { Refusal } from "../platform/refusal.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { day, id, instant, iso, json, jsonBody, pathId } from "./shapes.ts";

const line = z.object({ words: z.string(), version: z.int(), byId: id, at: instant });

const StoryOut = z
  .object({
    opportunityId: id,
    repId: id,
    managerId: id,
    canWrite: z.boolean(),
    changedAt: instant.nullable(),
    lines: z.partialRecord(z.enum(storyFields), line),
  })
  .openapi("Story", { description: "What the owner of a deal and their manager say of it. Nobody else reads it." });

const words = z.string().max(4000);
const StoryIn = z
  .object({
    situation: words,
    motive: words.openapi({ description: "The dominant buying motive." }),
    needs: words,
    last_met_on: day.or(z.literal("")),
    last_ended: words,
    closed_on: words.openapi({ description: "What was closed on in the last meeting with the customer." }),
    next_step: words,
    next_step_on: day.or(z.literal("")),
    agreed: z.enum([...agreedAnswers, ""]).openapi({ description: "Whether the customer agreed to the next step." }),
    agreed_by: words,
    agreed_on: day.or(z.literal("")),
    what_if: words,
    versions: z.partialRecord(z.enum(storyFields), z.int().min(0)).openapi({
      description: "The version each line was read at. A line changed since is a conflict; without one it counts as 0, not written yet.",
    }),
  })
  .partial()
  .strict()
  .refine((change) => Object.keys(change).some((name) => name !== "versions"), "Name at least one line to write.")
  .openapi("StoryChange", { description: "The lines to write; those left out stay as they are, an empty one is taken out." });

const params = z.object({ opportunityId: pathId("opportunityId") });
const query = z.object({
  managerId: id.optional().openapi({ description: "The manager of the pair, where it is not the one the owner reports to." }),
});
const path = "/opportunities/{opportunityId}/story";

const read = createRoute({
  method: "get",
  path,
  operationId: "getStory",
  tags: ["Opportunities"],
  summary: "The story of a deal: for its owner and their manager alone",
  security,
  request: { params, query },
  responses: { 200: json(StoryOut, "The story"), ...refusals },
});

const write = createRoute({
  method: "patch",
  path,
  operationId: "changeStory",
  tags: ["Opportunities"],
  summary: "Write lines of the story; all of them or none",
  security,
  request: { params, query, body: jsonBody(StoryIn) },
  responses: { 200: json(StoryOut, "The story as it stands now"), ...refusals },
});

type Owners = NonNullable<Awaited<ReturnType<typeof storyForViewer>>>;

async function ownersOf(db: Db, ctx: Ctx, opportunityId: string, managerId: string | undefined): Promise<Owners> {
  const owners = await storyForViewer(db, ctx, opportunityId, managerId);
  if (!owners) throw new NotFound("This story");
  return owners;
}

async function shapeOf(db: Db, owners: Owners): Promise<z.infer<typeof StoryOut>> {
  const { opportunityId, repId, managerId, canWrite } = owners;
  const story: Story = (await storiesOf(db, owners, [opportunityId])).get(opportunityId) ?? noStory(opportunityId);
  const lines = [...story.lines].map(([field, one]) => [
    field,
    { words: one.words, version: one.version, byId: one.byId, at: one.at.toISOString() },
  ]);
  return { opportunityId, repId, managerId, canWrite, changedAt: iso(story.changedAt), lines: Object.fromEntries(lines) };
}

async function writeAll(db: Db, ctx: Ctx, owners: Owners, { versions, ...change }: z.infer<typeof StoryIn>): Promise<void> {
  if (!owners.canWrite) throw new HTTPException(409, { message: "This story is closed: the two do not work together any more." });
  const today = dayAt(ctx.clock.now(), ctx.viewer.timeZone);
  for (const [field, said] of Object.entries(change) as [StoryField, string][]) {
    const problem = storyProblem(field, said, today);
    if (problem) throw new Refusal(field, problem);
    const answer = await writeStoryLine(db, ctx, owners, {
      opportunityId: owners.opportunityId,
      field,
      words: said,
      version: versions?.[field] ?? 0,
    });
    if (!answer.saved)
      throw new HTTPException(409, { message: `${field}: it is at version ${answer.version} now. Read it again, then write.` });
  }
}

export function stories(api: Api): void {
  api.openapi(read, async (c) => {
    const ctx = ctxOf(c);
    const { opportunityId } = c.req.valid("param");
    const found = await ctx.tx(async (db) => shapeOf(db, await ownersOf(db, ctx, opportunityId, c.req.valid("query").managerId)));
    return c.json(found, 200);
  });
  api.openapi(write, async (c) => {
    const ctx = ctxOf(c);
    const { opportunityId } = c.req.valid("param");
    const found = await ctx.tx(async (db) => {
      const owners = await ownersOf(db, ctx, opportunityId, c.req.valid("query").managerId);
      await writeAll(db, ctx, owners, c.req.valid("json"));
      return shapeOf(db, owners);
    });
    return c.json(found, 200);
  });
}
