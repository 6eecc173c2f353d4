import { type ListedPerson, listPeople } from "../domain/people/list-people.ts";
import { ctxOf, NotFound } from "../platform/http.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { afterId, pageOf } from "./cursor.ts";
import { cursor, day, id, json, limit, page, personOrMe } from "./shapes.ts";

const PersonOut = z
  .object({
    id,
    name: z.string(),
    timeZone: z.string(),
    roles: z.array(z.enum(["rep", "manager", "leader", "admin"])),
    email: z.string().nullable(),
    team: z.string().nullable(),
    experience: z.enum(["new", "developing", "experienced"]).nullable(),
    startedOn: day.nullable(),
    leftOn: day.nullable(),
    managerId: id.nullable(),
  })
  .openapi("Person", {
    description: "Mail address, team, experience and dates are null unless it is you, somebody below you, or you are an admin.",
  });

const list = createRoute({
  method: "get",
  path: "/people",
  operationId: "listPeople",
  tags: ["People"],
  summary: "Everybody you may know by name",
  security,
  request: { query: z.object({ cursor, limit }) },
  responses: { 200: json(page(PersonOut, "People"), "A page of people"), ...refusals },
});

const one = createRoute({
  method: "get",
  path: "/people/{personId}",
  operationId: "getPerson",
  tags: ["People"],
  summary: "One person; `me` is a good id too",
  security,
  request: {
    params: personOrMe,
  },
  responses: { 200: json(PersonOut, "The person"), ...refusals },
});

const shape = (person: ListedPerson): z.infer<typeof PersonOut> => person;

export function people(api: Api): void {
  api.openapi(list, async (c) => {
    const ctx = ctxOf(c);
    const asked = c.req.valid("query");
    const rows = await ctx.tx((db) => listPeople(db, ctx, { after: afterId(asked.cursor), limit: asked.limit + 1 }));
    return c.json(
      pageOf(rows, asked.limit, (row) => [row.id], shape),
      200,
    );
  });
  api.openapi(one, async (c) => {
    const ctx = ctxOf(c);
    const { personId } = c.req.valid("param");
    const [row] = await ctx.tx((db) =>
      listPeople(db, ctx, { id: personId === "me" ? ctx.viewer.personId : personId, after: null, limit: 1 }),
    );
    if (!row) throw new NotFound("This person");
    return c.json(shape(row), 200);
  });
}
