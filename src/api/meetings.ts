import { type ListedMeeting, listMeetings } from "../domain/meetings/list-meetings.ts";
import { type MeetingRecord, meetingRecord } from "../domain/records/record-queries.ts";
import { storyFields } from "../method/story-gaps.ts";
import { ctxOf, NotFound } from "../platform/http.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { CommitmentOut, commitmentShape } from "./commitments.ts";
import { afterInstant, pageOf } from "./cursor.ts";
import { RolePlayOut, rolePlayShape } from "./role-plays.ts";
import { cursor, id, instant, iso, json, limit, page, pathId, Person } from "./shapes.ts";

const state = z.enum(["planned", "open", "closed", "excused", "missed"]);

const MeetingOut = z
  .object({
    id,
    seriesId: id.nullable(),
    kind: z.object({ id, name: z.string() }),
    manager: Person,
    rep: Person,
    coCoachId: id.nullable(),
    state,
    plannedStart: instant,
    movedFrom: instant.nullable(),
    minutes: z.int(),
    timeZone: z.string(),
    place: z.string(),
    agendaSentAt: instant.nullable(),
    preparation: z.object({ startedAt: instant.nullable(), handedInAt: instant.nullable() }),
    openedAt: instant.nullable(),
    closedAt: instant.nullable(),
  })
  .openapi("Meeting", {
    description: "That a one-on-one is planned, was held or was not. What was said in it is the pair's: see its record.",
  });

const storyWords = z.partialRecord(z.enum(storyFields), z.string());

const words = z.object({ sectionId: id, title: z.string(), words: z.string() });

const RecordOut = z
  .object({
    meeting: MeetingOut,
    agenda: z.array(
      z.object({ id, title: z.string(), minutes: z.int(), focus: z.enum(["past", "present", "future"]), prompts: z.array(z.string()) }),
    ),
    commitments: z.array(CommitmentOut),
    broughtAlong: z.array(CommitmentOut),
    points: z.array(z.object({ id, words: z.string(), by: Person, isDone: z.boolean() })),
    entries: z.array(
      z.object({
        id,
        side: z.enum(["working", "not working"]),
        about: z.enum(["process", "people"]),
        theme: z.string().nullable(),
        words: z.string(),
      }),
    ),
    notes: z.array(words),
    privateNotes: z.array(words).openapi({ description: "Yours alone." }),
    prospects: z
      .array(
        z.object({
          opportunityId: id,
          name: z.string(),
          stage: z.string(),
          verifiedStage: z
            .string()
            .nullable()
            .openapi({ description: "As known at the close; null where nothing is asked of the customer." }),
          grade: z.enum(["A", "B", "C"]).nullable(),
          reviewedAt: instant.nullable(),
          handedIn: storyWords,
          atClose: storyWords,
        }),
      )
      .openapi({
        description: "The deals gone through: the story as it was handed in and as it stood at the close. Empty lines are left out.",
      }),
    rolePlays: z.array(RolePlayOut),
    remarks: z.array(z.object({ id, words: z.string(), by: z.string(), at: instant })),
  })
  .openapi("MeetingRecord");

const when = (name: string) => instant.optional().openapi({ param: { name, in: "query", required: false } });

const list = createRoute({
  method: "get",
  path: "/meetings",
  operationId: "listMeetings",
  tags: ["Meetings"],
  summary: "The one-on-ones you may know of, by time",
  security,
  request: {
    query: z.object({
      personId: id.optional().openapi({ description: "Only those with this person, on either side." }),
      state: state.optional(),
      from: when("from"),
      to: when("to"),
      cursor,
      limit,
    }),
  },
  responses: { 200: json(page(MeetingOut, "Meetings"), "A page of one-on-ones"), ...refusals },
});

const params = z.object({ meetingId: pathId("meetingId") });

const one = createRoute({
  method: "get",
  path: "/meetings/{meetingId}",
  operationId: "getMeeting",
  tags: ["Meetings"],
  summary: "One one-on-one: its state, its agenda sent or not, prepared or not",
  security,
  request: { params },
  responses: { 200: json(MeetingOut, "The one-on-one"), ...refusals },
});

const record = createRoute({
  method: "get",
  path: "/meetings/{meetingId}/record",
  operationId: "getMeetingRecord",
  tags: ["Meetings"],
  summary: "What was said and promised: for the pair alone",
  security,
  request: { params },
  responses: { 200: json(RecordOut, "The record"), ...refusals },
});

const shape = (meeting: ListedMeeting): z.infer<typeof MeetingOut> => ({
  id: meeting.id,
  seriesId: meeting.seriesId,
  kind: { id: meeting.kindId, name: meeting.kindName },
  manager: { id: meeting.managerId, name: meeting.managerName },
  rep: { id: meeting.repId, name: meeting.repName },
  coCoachId: meeting.coCoachId,
  state: meeting.state,
  plannedStart: meeting.plannedStart.toISOString(),
  movedFrom: iso(meeting.movedFrom),
  minutes: meeting.minutes,
  timeZone: meeting.timeZone,
  place: meeting.place,
  agendaSentAt: iso(meeting.agendaSentAt),
  preparation: { startedAt: iso(meeting.preparationStartedAt), handedInAt: iso(meeting.preparedAt) },
  openedAt: iso(meeting.openedAt),
  closedAt: iso(meeting.closedAt),
});

const recordShape = (found: MeetingRecord, meeting: ListedMeeting): z.infer<typeof RecordOut> => ({
  meeting: shape(meeting),
  agenda: found.sections.map(({ id, title, minutes, focus, prompts }) => ({ id, title, minutes, focus, prompts })),
  commitments: found.commitments.map(commitmentShape),
  broughtAlong: found.brought.map(commitmentShape),
  points: found.points.map(({ id, words, byId, byName, done }) => ({ id, words, by: { id: byId, name: byName }, isDone: done })),
  entries: found.entries.map(({ id, side, about, theme, words }) => ({ id, side, about, theme, words })),
  notes: found.notes,
  privateNotes: found.privateNotes,
  prospects: found.prospects.map(({ opportunityId, name, stage, grade, reviewedAt, handedIn, atClose }) => ({
    opportunityId,
    name,
    stage,
    verifiedStage: found.verified.get(opportunityId)?.verifiedName ?? null,
    grade,
    reviewedAt: iso(reviewedAt),
    handedIn: Object.fromEntries(handedIn),
    atClose: Object.fromEntries(atClose),
  })),
  rolePlays: found.rolePlays.map(rolePlayShape),
  remarks: found.remarks.map(({ id, words, byName, at }) => ({ id, words, by: byName, at: at.toISOString() })),
});

export function meetings(api: Api): void {
  api.openapi(list, async (c) => {
    const ctx = ctxOf(c);
    const { from, to, ...asked } = c.req.valid("query");
    const start = afterInstant(asked.cursor);
    const range = {
      personId: asked.personId,
      state: asked.state,
      from: from ? new Date(from) : undefined,
      to: to ? new Date(to) : undefined,
      after: start && { plannedStart: start.at, id: start.id },
      limit: asked.limit + 1,
    };
    const rows = await ctx.tx((db) => listMeetings(db, ctx, range));
    return c.json(
      pageOf(rows, asked.limit, (row) => [row.plannedStart.toISOString(), row.id], shape),
      200,
    );
  });
  api.openapi(one, async (c) => {
    const ctx = ctxOf(c);
    const [row] = await ctx.tx((db) => listMeetings(db, ctx, { id: c.req.valid("param").meetingId, after: null, limit: 1 }));
    if (!row) throw new NotFound("This one-on-one");
    return c.json(shape(row), 200);
  });
  api.openapi(record, async (c) => {
    const ctx = ctxOf(c);
    const { meetingId } = c.req.valid("param");
    const found = await ctx.tx(async (db) => {
      const content = await meetingRecord(db, ctx, meetingId);
      const [row] = await listMeetings(db, ctx, { id: meetingId, after: null, limit: 1 });
      return row && recordShape(content, row);
    });
    if (!found) throw new NotFound("This one-on-one");
    return c.json(found, 200);
  });
}
