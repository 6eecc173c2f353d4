import { activitiesOf, type Activity } from "../domain/activities/activity-queries.ts";
import { ownTree } from "../domain/people/list-people.ts";
import { activityType } from "../method/activity-type.ts";
import { ctxOf } from "../platform/http.ts";
import { newId } from "../platform/new-id.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { afterInstant, pageOf } from "./cursor.ts";
import { answerPush, limitPush, needed, perhaps, personIn, pushShape } from "./push-shapes.ts";
import { cursor, id, instant, json, limit, page } from "./shapes.ts";

const ActivityOut = z
  .object({
    id,
    externalId: z.string(),
    type: z.string().openapi({ description: "call, meeting, mail, demo, or the word of your CRM." }),
    personId: id,
    at: instant,
    isDone: z.boolean().openapi({ description: "False for one that is only planned." }),
    opportunityId: id.nullable(),
    subject: z.string().nullable(),
  })
  .openapi("Activity");

const moment = (name: string, description: string) =>
  z.iso
    .datetime({ offset: true })
    .optional()
    .openapi({ description, param: { name, in: "query", required: false } });

const list = createRoute({
  method: "get",
  path: "/activities",
  operationId: "listActivities",
  tags: ["Activities"],
  summary: "Your own activities and those of everybody below you, newest first; of one opportunity you see, everybody's",
  security,
  request: {
    query: z.object({
      personId: id.optional(),
      opportunityId: id.optional(),
      from: moment("from", "Those from this instant on."),
      until: moment("until", "Those up to this instant; without it, up to now. Planned ones lie ahead."),
      cursor,
      limit,
    }),
  },
  responses: { 200: json(page(ActivityOut, "Activities"), "A page of activities"), ...refusals },
});

const inReach = (value: string): boolean => value >= "1990" && value < "2101" && !Number.isNaN(Date.parse(value));
export const when = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], "write a day like 2026-11-22, or an instant like 2026-11-22T09:30:00Z")
  .refine(inReach, "this is not within the years 1990 to 2100");

const ActivityRow = z
  .strictObject({
    externalId: needed(200).openapi({ description: "Its id in your CRM: what is sent again under the same id is the same activity." }),
    type: needed(100).openapi({ description: "Call, meeting, mail and demo are known in several languages; any other word is kept." }),
    person: needed(300).openapi({ description: "Mail address, id in your system, id in Kept, or a name that only one bears." }),
    at: when.openapi({ description: "A day counts as its noon." }),
    isDone: z.boolean().optional().openapi({ description: "False for one that is only planned." }),
    opportunity: perhaps(500).openapi({ description: "Its id in your CRM or in Kept, or its name." }),
    account: perhaps(500).openapi({ description: "Its name." }),
    subject: perhaps(500),
  })
  .openapi("ActivityRow", { description: "What a row leaves out stays as it is here; null takes it away." });

const push = createRoute({
  method: "post",
  path: "/activities",
  operationId: "pushActivities",
  tags: ["Activities"],
  summary: "Push up to 10,000 activities, new and changed ones alike (admins)",
  security,
  ...pushShape("ActivityRow", {
    externalId: "T-501",
    type: "Call",
    person: "noor@example.com",
    at: "2026-11-17T10:30:00+01:00",
    opportunity: "A-1001",
    subject: "Agree on the trial",
  }),
});

const shape = ({ id, externalId, type, personId, at, isDone, opportunityId, subject }: Activity): z.infer<typeof ActivityOut> => ({
  id,
  externalId,
  type,
  personId,
  at: at.toISOString(),
  isDone,
  opportunityId,
  subject,
});

export function activities(api: Api): void {
  limitPush(api, "/activities");
  api.openAPIRegistry.register("ActivityRow", ActivityRow);
  api.openapi(list, async (c) => {
    const ctx = ctxOf(c);
    const asked = c.req.valid("query");
    const rows = await ctx.tx(async (db) => {
      const tree = await ownTree(db, ctx);
      // On a deal one sees, everybody's: it may have been somebody else's before.
      const everybody = asked.opportunityId ? {} : { personIds: tree };
      return activitiesOf(db, {
        orgId: ctx.viewer.orgId,
        ...everybody,
        ...(asked.personId
          ? { personIds: asked.opportunityId ? [asked.personId] : tree.filter((person) => person === asked.personId) }
          : {}),
        opportunityId: asked.opportunityId,
        ...(asked.from ? { from: new Date(asked.from) } : {}),
        until: asked.until ? new Date(asked.until) : ctx.clock.now(),
        after: afterInstant(asked.cursor),
        limit: asked.limit + 1,
      });
    });
    return c.json(
      pageOf(rows, asked.limit, ({ at, id }) => [at.toISOString(), id], shape),
      200,
    );
  });
  api.openapi(push, (c) =>
    answerPush(c, c.req.valid("json"), {
      what: "activities",
      schema: ActivityRow,
      convert: (row, lookups) => {
        const person = personIn(row.person, lookups);
        if (typeof person === "string") return { problem: person };
        const at = row.at.length === 10 ? noonOf(row.at, lookups.timeZone) : new Date(row.at).toISOString();
        const values = [newId(), row.externalId, activityType(row.type), person.id, at, String(row.isDone ?? true)];
        return { values: [[...values, row.opportunity ?? null, row.account ?? null, row.subject ?? null, keptBy(row)]] };
      },
    }),
  );
}

const mayStay = ["isDone", "opportunity", "account", "subject"] as const;

/** What a row does not speak of stays as it is. */
function keptBy(row: z.infer<typeof ActivityRow>): string | null {
  const kept = mayStay.filter((field) => row[field] === undefined);
  return kept.length > 0 ? `{${kept.join(",")}}` : null;
}

const noonOf = (day: string, timeZone: string): string =>
  new Date(Temporal.PlainDateTime.from(`${day}T12:00:00`).toZonedDateTime(timeZone).epochMilliseconds).toISOString();
