import { bringHolidays } from "../../domain/holidays/bring-holidays.ts";
import { linesOf, mostHolidays, readHolidayLines } from "../../domain/holidays/holiday-lines.ts";
import { holidayCalendar, holidayCalendars, holidaysCalled, holidaysOf } from "../../domain/holidays/holiday-queries.ts";
import { makeDefaultHolidays } from "../../domain/holidays/make-default-holidays.ts";
import { readHolidayFile } from "../../domain/holidays/read-holiday-file.ts";
import { removeHoliday } from "../../domain/holidays/remove-holiday.ts";
import { removeHolidayCalendar } from "../../domain/holidays/remove-holiday-calendar.ts";
import { isDay } from "../../method/days.ts";
import type { Errors } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { count, fullDay } from "../../parts/words.ts";
import { adminOf } from "../../platform/admin-of.ts";
import { todayOf } from "../../platform/clock.ts";
import type { Http, Request } from "../../platform/http.ts";
import { isId, newId } from "../../platform/new-id.ts";
import { Refusal } from "../../platform/refusal.ts";
import { type BringForm, BringHolidaysPage, type Looked } from "./bring-holidays-page.tsx";
import { HolidayCalendarPage } from "./holiday-calendar-page.tsx";
import { HolidaysPage } from "./holidays-page.tsx";

/** Holiday calendars: which there are, what is in them, and bringing days in from a file or from lines. Admins only. */
export function routes(http: Http): void {
  http.get("/set-up/holidays", showAll);
  http.get("/set-up/holidays/new", showNew);
  http.post("/set-up/holidays", lookOrBring);
  http.get("/set-up/holidays/:id", showOne);
  http.post("/set-up/holidays/:id/default", changeDefault);
  http.post("/set-up/holidays/:id/days/:day/remove", takeAway);
  http.post("/set-up/holidays/:id/remove", remove);
}

async function showAll(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const calendars = await ctx.tx((db) => holidayCalendars(db, ctx.viewer.orgId, todayOf(ctx)));
  return render(c, <HolidaysPage c={c} calendars={calendars} />);
}

async function showNew(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const into = c.req.query("into");
  const name = into ? (await ctx.tx((db) => holidayCalendar(db, ctx, into, todayOf(ctx)))).name : "";
  return render(c, <BringHolidaysPage c={c} form={{ id: newId(), name, lines: "" }} errors={{}} looked={null} />);
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** First shows what comes in; only what was seen in the lines is then brought. */
async function lookOrBring(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const errors: Errors = {};
  const body = await c.req.parseBody().catch((): Record<string, string | File> => {
    errors.file = "The file did not arrive whole. Choose it again.";
    return {};
  });
  const form: BringForm = { id: isId(body.id) ? body.id : newId(), name: text(body.name).trim(), lines: text(body.lines) };
  const file = body.file instanceof File && body.file.name !== "" ? body.file : null;
  const unread: Looked["unread"] = [];
  if (file)
    try {
      const read = await readHolidayFile(new Uint8Array(await file.arrayBuffer()), todayOf(ctx));
      form.lines = [form.lines.trimEnd(), linesOf(read.days)].filter(Boolean).join("\n");
      form.name ||= read.name ?? "";
      unread.push(...read.unread.map((one) => ({ ...one, file: file.name })));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      errors.file = error.message;
    }
  const typed = readHolidayLines(form.lines);
  unread.push(...typed.unread.map((one) => ({ ...one, file: null })));
  if (form.name === "") errors.name = "Give the calendar a name, such as the country or region.";
  if (form.name.length > 120) errors.name = "At most 120 characters.";
  if (typed.days.length > mostHolidays) errors.lines = `At most ${mostHolidays.toLocaleString("en")} days at a time.`;
  if (typed.days.length === 0 && !errors.file)
    errors.lines = "Choose a file, or write a day and a name in each line, such as 2026-12-25, Christmas Day.";
  const known = await ctx.tx((db) => holidaysCalled(db, ctx.viewer.orgId, form.name));
  const looked = typed.days.length > 0 || unread.length > 0 ? { days: typed.days, unread, known } : null;
  const isBringing = body.do === "bring" && !file && Object.keys(errors).length === 0;
  if (!isBringing)
    return render(c, <BringHolidaysPage c={c} form={form} errors={errors} looked={looked} />, Object.keys(errors).length > 0 ? 422 : 200);
  const { calendarId, changed } = await bringHolidays(ctx, { id: form.id, name: form.name, days: typed.days });
  const left = unread.length > 0 ? ` ${count(unread.length, "line")} could not be read and stayed out.` : "";
  leaveNotice(
    c,
    `${changed === 0 ? "All of these days were here already: nothing changed." : `${count(changed, "day")} brought in.`}${left}`,
  );
  return c.redirect(`/set-up/holidays/${calendarId}`, 303);
}

async function showOne(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const today = todayOf(ctx);
  const page = await ctx.tx(async (db) => {
    const calendar = await holidayCalendar(db, ctx, c.req.param("id"), today);
    return { calendar, days: await holidaysOf(db, ctx.viewer.orgId, calendar.id) };
  });
  return render(c, <HolidayCalendarPage c={c} today={today} {...page} />);
}

async function changeDefault(c: Request): Promise<Response> {
  const id = c.req.param("id");
  const isDefault = (await c.req.parseBody()).default === "yes";
  await makeDefaultHolidays(adminOf(c), id, isDefault);
  leaveNotice(
    c,
    isDefault ? "It now holds for everybody who has none of their own." : "It now holds only for whoever has it as their own.",
  );
  return c.redirect(`/set-up/holidays/${id}`, 303);
}

async function takeAway(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const [id, on] = [c.req.param("id"), c.req.param("day")];
  if (isId(id) && isDay(on)) {
    await removeHoliday(ctx, { calendarId: id, on });
    leaveNotice(c, `${fullDay(on)} is a working day again.`);
  }
  return c.redirect(`/set-up/holidays/${id}`, 303);
}

async function remove(c: Request): Promise<Response> {
  const ctx = adminOf(c);
  const id = c.req.param("id");
  if (isId(id) && (await removeHolidayCalendar(ctx, id)))
    leaveNotice(c, "The calendar is removed. One-on-ones already excused stay excused.");
  return c.redirect("/set-up/holidays", 303);
}
