import { HTTPException } from "hono/http-exception";
import { meetingForViewer } from "../domain/meetings/meeting-access.ts";
import { beginRolePlay } from "../domain/role-plays/begin-role-play.ts";
import { endRolePlay, withdrawRolePlay } from "../domain/role-plays/end-role-play.ts";
import { type RolePlay, rolePlaysOf } from "../domain/role-plays/role-play-queries.ts";
import { rolePlayPart, writeRolePlayLine } from "../domain/role-plays/save-role-play-line.ts";
import { branchParts, numbersOf, saidOf, tryParts } from "../method/role-play-parts.ts";
import type { Ctx } from "../platform/context.ts";
import { ctxOf, NotFound } from "../platform/http.ts";
import { newId } from "../platform/new-id.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { asWritten, id, instant, iso, json, jsonBody, pathId, Person } from "./shapes.ts";

export const RolePlayOut = z
  .object({
    id,
    about: z.string(),
    opportunityId: id.nullable(),
    by: Person,
    situation: z.string(),
    branches: z.array(z.object({ answer: z.string(), reply: z.string() })),
    tries: z.array(z.object({ words: z.string(), polished: z.string() })),
    feedback: z.string(),
    doneAt: instant.nullable(),
    versions: z.record(z.string(), z.int()).openapi({ description: "Of each part written, to send along with a change of it." }),
  })
  .openapi("RolePlay", {
    description: "What was practised: the situation, what if they answer, tries, and what was good.",
    example: {
      id: "019ab2c4-7d1e-7000-8000-000000000007",
      about: "Halden Mills, line 1",
      opportunityId: "019ab2c4-7d1e-7000-8000-000000000004",
      by: { id: "019ab2c4-7d1e-7000-8000-000000000001", name: "Noor Haddad" },
      situation: "They ask for a discount.",
      branches: [{ answer: "It is too much.", reply: "What were you expecting?" }],
      tries: [{ words: "We can talk about it.", polished: "What would make it worth it?" }],
      feedback: "You stayed calm and asked.",
      doneAt: null,
      versions: { situation: 1, "answer 1": 1, "reply 1": 2, "try 1": 1, "polished 1": 1, feedback: 1 },
    },
  });

export const rolePlayShape = ({ id, about, opportunityId, byId, byName, doneAt, lines }: RolePlay): z.infer<typeof RolePlayOut> => ({
  id,
  about,
  opportunityId,
  by: { id: byId, name: byName },
  situation: saidOf(lines, "situation"),
  branches: numbersOf(lines, branchParts).written.map((n) => ({
    answer: saidOf(lines, `answer ${n}`),
    reply: saidOf(lines, `reply ${n}`),
  })),
  tries: numbersOf(lines, tryParts).written.map((n) => ({ words: saidOf(lines, `try ${n}`), polished: saidOf(lines, `polished ${n}`) })),
  feedback: saidOf(lines, "feedback"),
  doneAt: iso(doneAt),
  versions: Object.fromEntries([...lines].map(([part, { version }]) => [part, version])),
});

const ofMeeting = z.object({ meetingId: pathId("meetingId") });
const ofPlay = ofMeeting.extend({ rolePlayId: pathId("rolePlayId") });
const tags = ["Role-plays"];

const list = createRoute({
  method: "get",
  path: "/meetings/{meetingId}/role-plays",
  operationId: "listRolePlays",
  tags,
  summary: "What was practised in a one-on-one: for the pair alone",
  security,
  request: { params: ofMeeting },
  responses: { 200: json(z.object({ data: z.array(RolePlayOut) }).openapi("RolePlays"), "In the order begun"), ...refusals },
});

const begin = createRoute({
  method: "post",
  path: "/meetings/{meetingId}/role-plays",
  operationId: "beginRolePlay",
  tags,
  summary: "Begin a role-play in an open one-on-one, about one of the rep's deals or about a skill",
  security,
  request: {
    params: ofMeeting,
    body: jsonBody(
      z
        .strictObject({
          id: id.optional().openapi({ description: "Chosen by you, so that sending it twice begins one." }),
          opportunityId: id.nullable().default(null),
          skill: asWritten(300).default("").openapi({ description: "Where it is about no deal." }),
        })
        .openapi("NewRolePlay"),
      { skill: "Opening a call" },
    ),
  },
  responses: { 201: json(RolePlayOut, "The role-play"), ...refusals },
});

const write = createRoute({
  method: "patch",
  path: "/meetings/{meetingId}/role-plays/{rolePlayId}",
  operationId: "writeRolePlay",
  tags,
  summary: "Write parts of a role-play; all of them or none",
  security,
  request: {
    params: ofPlay,
    body: jsonBody(
      z
        .strictObject({
          lines: z
            .record(z.string().regex(rolePlayPart, "This is no part of a role-play."), asWritten(4000))
            .refine((lines) => Object.keys(lines).length > 0, "Name at least one part.")
            .openapi({ description: "By part: situation, answer 1 and reply 1, try 1 and polished 1, …, feedback." }),
          versions: z.record(z.string(), z.int().min(0)).default({}).openapi({
            description: "The version each part was read at, 0 for one not written yet. A part changed since is a conflict.",
          }),
        })
        .openapi("RolePlayChange"),
      {
        lines: { situation: "They ask for a discount.", "answer 1": "It is too much.", "reply 1": "What were you expecting?" },
      },
    ),
  },
  responses: { 200: json(RolePlayOut, "The role-play as it stands now"), ...refusals },
});

const end = createRoute({
  method: "post",
  path: "/meetings/{meetingId}/role-plays/{rolePlayId}/end",
  operationId: "endRolePlay",
  tags,
  summary: "End a role-play: positive feedback has to be written down first",
  security,
  request: { params: ofPlay },
  responses: { 200: json(RolePlayOut, "The role-play, done"), ...refusals },
});

const withdraw = createRoute({
  method: "post",
  path: "/meetings/{meetingId}/role-plays/{rolePlayId}/withdrawal",
  operationId: "withdrawRolePlay",
  tags,
  summary: "Take back a role-play you began",
  security,
  request: { params: ofPlay },
  responses: { 200: json(z.object({ data: z.array(RolePlayOut) }), "Those that are left"), ...refusals },
});

const readAll = (ctx: Ctx, meetingId: string): Promise<RolePlay[]> =>
  ctx.tx(async (db) => rolePlaysOf(db, ctx.viewer.orgId, (await meetingForViewer(db, ctx, meetingId)).id));

async function readOne(ctx: Ctx, meetingId: string, rolePlayId: string): Promise<z.infer<typeof RolePlayOut>> {
  const found = (await readAll(ctx, meetingId)).find((one) => one.id === rolePlayId);
  if (!found) throw new NotFound("This role-play");
  return rolePlayShape(found);
}

export function rolePlays(api: Api): void {
  api.openapi(list, async (c) => c.json({ data: (await readAll(ctxOf(c), c.req.valid("param").meetingId)).map(rolePlayShape) }, 200));
  api.openapi(begin, async (c) => {
    const ctx = ctxOf(c);
    const { meetingId } = c.req.valid("param");
    const { id: chosen, ...about } = c.req.valid("json");
    const made = chosen ?? newId();
    await beginRolePlay(ctx, { id: made, meetingId, ...about });
    return c.json(await readOne(ctx, meetingId, made), 201);
  });
  api.openapi(write, async (c) => {
    const ctx = ctxOf(c);
    const { meetingId, rolePlayId } = c.req.valid("param");
    const { lines, versions } = c.req.valid("json");
    await ctx.tx(async (db) => {
      for (const [part, said] of Object.entries(lines)) {
        const line = { meetingId, rolePlayId, part, words: said, version: versions[part] ?? 0 };
        const answer = await writeRolePlayLine(db, ctx, line);
        if (!answer.saved)
          throw new HTTPException(409, { message: `${part}: it is at version ${answer.version} now. Read it again, then write.` });
      }
    });
    return c.json(await readOne(ctx, meetingId, rolePlayId), 200);
  });
  api.openapi(end, async (c) => {
    const ctx = ctxOf(c);
    const { meetingId, rolePlayId } = c.req.valid("param");
    await endRolePlay(ctx, meetingId, rolePlayId);
    return c.json(await readOne(ctx, meetingId, rolePlayId), 200);
  });
  api.openapi(withdraw, async (c) => {
    const ctx = ctxOf(c);
    const { meetingId, rolePlayId } = c.req.valid("param");
    await withdrawRolePlay(ctx, meetingId, rolePlayId);
    return c.json({ data: (await readAll(ctx, meetingId)).map(rolePlayShape) }, 200);
  });
}
