import { z } from "zod";
import { excuseMeeting, excuses } from "../../domain/meetings/excuse-meeting.ts";
import { meetingForViewer, type MeetingView } from "../../domain/meetings/meeting-access.ts";
import { moveMeeting } from "../../domain/meetings/move-meeting.ts";
import { whenInWords } from "../../domain/meetings/when-in-words.ts";
import { busyTimes, daysOffOf } from "../../domain/series/series-queries.ts";
import { dayAt, isDay, mondayOf } from "../../method/days.ts";
import { instantAt } from "../../method/occurrences.ts";
import { type Errors, errorsOf } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { timeIn } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { isId, newId } from "../../platform/new-id.ts";
import { ExcusePage, type ExcuseForm } from "./excuse-page.tsx";
import { MovePage, type MoveForm } from "./move-page.tsx";

export function routes(http: Http): void {
  http.get("/meetings/:id", async (c) => {
    const { id, state } = await found(c, ctxOf(c));
    return c.redirect(`/meetings/${id}/${state === "closed" ? "record" : "room"}`, 303);
  });
  http.get("/meetings/:id/move", showMove);
  http.post("/meetings/:id/move", move);
  http.get("/meetings/:id/excuse", showExcuse);
  http.post("/meetings/:id/excuse", excuse);
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const found = (c: Request, ctx: Ctx): Promise<MeetingView> => ctx.tx((db) => meetingForViewer(db, ctx, c.req.param("id")));
const furthest = 366 * 86_400_000;

async function showMove(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const meeting = await found(c, ctx);
  const { timeZone } = ctx.viewer;
  const time = timeIn(meeting.plannedStart, timeZone).padStart(5, "0");
  return showMoveForm(c, ctx, meeting, { id: newId(), day: dayAt(meeting.plannedStart, timeZone), time, reason: "" }, {});
}

async function showMoveForm(c: Request, ctx: Ctx, meeting: MeetingView, form: MoveForm, errors: Errors): Promise<Response> {
  const week = await ctx.tx(async (db) => ({
    busy: meeting.side === "manager" ? await busyTimes(db, ctx.viewer.orgId, meeting.managerId, ctx.clock.now(), meeting.seriesId) : [],
    off: await daysOffOf(db, [meeting.managerId, meeting.repId], dayAt(ctx.clock.now(), ctx.viewer.timeZone)),
  }));
  return render(
    c,
    <MovePage c={c} viewer={ctx.viewer} meeting={meeting} form={form} errors={errors} {...week} />,
    Object.keys(errors).length > 0 ? 422 : 200,
  );
}

const moveSchema = z.object({
  id: z.string().refine(isId, "This form is broken: open it again."),
  day: z.string().trim().refine(isDay, "Give a day that exists."),
  time: z
    .string()
    .trim()
    .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, "Give a time, such as 14:30."),
  reason: z.string().trim().max(1000, "A reason has 1,000 signs at most."),
});

async function move(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const meeting = await found(c, ctx);
  const body = await c.req.parseBody();
  const form: MoveForm = { id: text(body.id), day: text(body.day), time: text(body.time), reason: text(body.reason) };
  const parsed = moveSchema.safeParse(form);
  if (!parsed.success) return showMoveForm(c, ctx, meeting, form, errorsOf(parsed.error));
  const { data } = parsed;
  const start = instantAt(data.day, data.time.padStart(5, "0"), ctx.viewer.timeZone);
  const ahead = start.getTime() - ctx.clock.now().getTime();
  if (ahead <= 0) return showMoveForm(c, ctx, meeting, form, { day: "That has passed. Choose a time that is still to come." });
  if (ahead > furthest) return showMoveForm(c, ctx, meeting, form, { day: "That is more than a year away. Excuse it instead." });
  await moveMeeting(ctx, meeting.id, { id: data.id, start, reason: data.reason });
  leaveNotice(c, `Moved to ${whenInWords(start, ctx.viewer.timeZone)}. ${meeting.otherName} is told.`);
  return c.redirect(`/week?of=${mondayOf(data.day)}`, 303);
}

async function showExcuse(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const meeting = await found(c, ctx);
  return render(c, <ExcusePage c={c} viewer={ctx.viewer} meeting={meeting} form={{ id: newId(), excuse: "", words: "" }} errors={{}} />);
}

const excuseSchema = z
  .object({
    id: z.string().refine(isId, "This form is broken: open it again."),
    excuse: z.enum(excuses, "Choose a reason: a one-on-one is not cancelled without one."),
    words: z.string().trim().max(900, "A reason has 900 signs at most."),
  })
  .refine(({ excuse, words }) => excuse !== "Other" || words !== "", { path: ["words"], message: "Say in a few words why." });

async function excuse(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const meeting = await found(c, ctx);
  const body = await c.req.parseBody();
  const form: ExcuseForm = { id: text(body.id), excuse: text(body.excuse), words: text(body.words) };
  const parsed = excuseSchema.safeParse(form);
  if (!parsed.success)
    return render(c, <ExcusePage c={c} viewer={ctx.viewer} meeting={meeting} form={form} errors={errorsOf(parsed.error)} />, 422);
  const { data } = parsed;
  const reason = data.excuse === "Other" ? data.words : [data.excuse, data.words].filter(Boolean).join(": ");
  await excuseMeeting(ctx, meeting.id, { id: data.id, reason });
  leaveNotice(c, `Excused. ${meeting.otherName} is told.`);
  return c.redirect(`/week?of=${mondayOf(dayAt(meeting.plannedStart, ctx.viewer.timeZone))}`, 303);
}
