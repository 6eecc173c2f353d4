import { allSeries } from "../../domain/series/all-series-queries.ts";
import { changeSeries } from "../../domain/series/change-series.ts";
import { endSeries } from "../../domain/series/end-series.ts";
import { makeSeries } from "../../domain/series/make-series.ts";
import { possibleManagers } from "../../domain/people/people-queries.ts";
import { personForViewer } from "../../domain/people/person-access.ts";
import { previewSeries, type SeriesPreview } from "../../domain/series/preview-series.ts";
import { seriesForViewer, type SeriesView } from "../../domain/series/series-access.ts";
import { kindChoices, type RepChoice, repChoices, seriesOfPerson, upcomingOf } from "../../domain/series/series-queries.ts";
import { addDays, dayAt, isDay } from "../../method/days.ts";
import { whenInWords } from "../../domain/meetings/when-in-words.ts";
import { pageAsked, textAsked } from "../../parts/asked.ts";
import type { Errors } from "../../parts/form-errors.ts";
import { leaveNotice } from "../../parts/notice.ts";
import { render } from "../../parts/render.tsx";
import { count, list, longDay } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import { ctxOf, type Http, type Request } from "../../platform/http.ts";
import { newId } from "../../platform/new-id.ts";
import { isAdmin, isManager } from "../../platform/viewer.ts";
import { EverySeriesPage, seriesPageSize } from "./every-series-page.tsx";
import { KindsPage } from "./kinds-page.tsx";
import { NewSeriesPage } from "./new-series-page.tsx";
import { cadenceFields, readSlot, type SlotForm, typedSlot } from "./series-form.ts";
import { SeriesListPage } from "./series-list-page.tsx";
import { SeriesPage } from "./series-page.tsx";

export function routes(http: Http): void {
  http.get("/series", showList);
  http.get("/series/new", showNew);
  http.post("/series", make);
  http.get("/series/:id", showOne);
  http.post("/series/:id", change);
  http.post("/series/:id/end", end);
}

const todayOfViewer = (ctx: Ctx): string => dayAt(ctx.clock.now(), ctx.viewer.timeZone);

async function showList(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const asked = c.req.query("person");
  const hasOwn = ctx.viewer.roles.has("rep") || isManager(ctx.viewer);
  if (!asked && isAdmin(ctx.viewer) && (c.req.query("of") === "everybody" || (!hasOwn && c.req.query("of") !== "mine")))
    return showEverybodys(c, ctx, hasOwn);
  const page = await ctx.tx(async (db) => {
    const person = asked ? await personForViewer(db, ctx, asked) : null;
    const personId = person?.id ?? ctx.viewer.personId;
    return {
      personName: personId === ctx.viewer.personId ? null : (person?.name ?? null),
      lines: await seriesOfPerson(db, ctx.viewer.orgId, { personId, today: todayOfViewer(ctx), now: ctx.clock.now() }),
    };
  });
  return render(c, <SeriesListPage c={c} viewer={ctx.viewer} now={ctx.clock.now()} {...page} />);
}

async function showEverybodys(c: Request, ctx: Ctx, hasOwn: boolean): Promise<Response> {
  const text = textAsked(c.req.query("q"));
  const page = pageAsked(c.req.query("page"));
  const paged = { limit: seriesPageSize, offset: (page - 1) * seriesPageSize };
  const found = await ctx.tx((db) => allSeries(db, ctx.viewer.orgId, { today: todayOfViewer(ctx), now: ctx.clock.now(), text, ...paged }));
  return render(c, <EverySeriesPage c={c} viewer={ctx.viewer} text={text} page={page} hasOwn={hasOwn} {...found} />);
}

async function showNew(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const typed = typedSlot({ ...c.req.query(), reps: c.req.queries("reps") ?? c.req.query("rep") });
  const kinds = await ctx.tx((db) => kindChoices(db, ctx.viewer.orgId));
  const kind = kinds.find(({ slug }) => slug === typed.kind);
  if (!kind || (!isManager(ctx.viewer) && !isAdmin(ctx.viewer)))
    return render(c, <KindsPage c={c} viewer={ctx.viewer} kinds={kinds} rep={c.req.query("rep")} />);
  const isFresh = c.req.query("show") === undefined;
  const today = todayOfViewer(ctx);
  const from = isDay(typed.from) ? typed.from : today;
  const form: SlotForm = isFresh
    ? {
        ...typed,
        id: newId(),
        manager: isManager(ctx.viewer) ? ctx.viewer.personId : "",
        ...cadenceFields(kind.rrule, addDays(today, 1)),
        from,
        time: "09:00",
        zone: ctx.viewer.timeZone,
        minutes: String(kind.minutes),
      }
    : { ...typed, manager: isAdmin(ctx.viewer) ? typed.manager : ctx.viewer.personId };
  return showForm(c, ctx, form, {});
}

/** The form with what was typed, the dates that follow from it, and what to mend. */
async function showForm(c: Request, ctx: Ctx, form: SlotForm, errors: Errors): Promise<Response> {
  const page = await ctx.tx(async (db) => {
    const kinds = await kindChoices(db, ctx.viewer.orgId);
    const reps = await repChoices(db, ctx, todayOfViewer(ctx));
    const managers = await possibleManagers(db, ctx);
    const manager = heldBy(form, reps);
    // Nobody chosen yet: the dates are the manager’s all the same.
    const read = readSlot({ ...form, manager, reps: form.reps.length > 0 ? form.reps : [manager] });
    const previews = "slot" in read ? await previewSeries(db, ctx, { ...read.slot, butSeriesId: null }) : [];
    return { form, kinds, reps, managers, previews };
  });
  const kind = page.kinds.find(({ slug }) => slug === form.kind);
  if (!kind) return c.redirect("/series/new", 303);
  return render(
    c,
    <NewSeriesPage c={c} viewer={ctx.viewer} kind={kind} errors={errors} {...page} />,
    Object.keys(errors).length > 0 ? 422 : 200,
  );
}

async function make(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const typed = typedSlot(await c.req.parseBody({ all: true }));
  const form = isAdmin(ctx.viewer) ? typed : { ...typed, manager: ctx.viewer.personId };
  const found = await ctx.tx(async (db) => ({
    kind: (await kindChoices(db, ctx.viewer.orgId)).find(({ slug }) => slug === form.kind),
    reps: await repChoices(db, ctx, todayOfViewer(ctx)),
  }));
  const read = readSlot({ ...form, manager: heldBy(form, found.reps) });
  if ("errors" in read) return showForm(c, ctx, form, read.errors);
  const names = found.reps.filter(({ id }) => form.reps.includes(id)).map(({ name }) => name);
  if (!found.kind) return c.redirect("/series/new", 303);
  if (names.length < form.reps.length) return showForm(c, ctx, form, { reps: "Choose people from the list: those who report to you." });
  if (form.reps.includes(read.slot.managerId)) return showForm(c, ctx, form, { manager: "Nobody holds a one-on-one with themselves." });
  await makeSeries(ctx, { ...read.slot, kindId: found.kind.id });
  leaveNotice(c, `${found.kind.name} with ${list(names)} is planned.`);
  const isOwn = read.slot.managerId === ctx.viewer.personId;
  return c.redirect(isOwn ? "/series" : `/series?person=${form.reps[0]}`, 303);
}

/** Whoever was chosen to hold it; nobody chosen is the manager these people report to, if it is one and the same. */
function heldBy(form: SlotForm, reps: readonly RepChoice[]): string {
  if (form.manager !== "") return form.manager;
  const managers = new Set(reps.filter(({ id }) => form.reps.includes(id)).map(({ managerId }) => managerId));
  return managers.size === 1 ? ([...managers][0] ?? "") : "";
}

const formOf = (series: SeriesView, today: string): SlotForm => ({
  id: newId(),
  kind: series.kindSlug,
  manager: series.managerId,
  reps: [series.repId],
  ...cadenceFields(series.rrule, series.startsOn),
  from: series.startsOn > today ? series.startsOn : addDays(today, 1),
  time: series.localTime,
  zone: series.timeZone,
  minutes: String(series.minutes),
  place: series.place,
  gap: "0",
  coCoach: series.coCoachId ?? "",
});

async function showOne(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const series = await ctx.tx((db) => seriesForViewer(db, ctx, c.req.param("id")));
  const isFresh = c.req.query("show") === undefined;
  const form = isFresh
    ? formOf(series, todayOfViewer(ctx))
    : { ...typedSlot(c.req.query()), manager: series.managerId, reps: [series.repId] };
  return showChange(c, ctx, series, form, {});
}

async function showChange(c: Request, ctx: Ctx, series: SeriesView, form: SlotForm, errors: Errors): Promise<Response> {
  const page = await ctx.tx(async (db) => {
    const read = readSlot(form);
    const previews: SeriesPreview[] =
      series.mayChange && "slot" in read ? await previewSeries(db, ctx, { ...read.slot, butSeriesId: series.id }) : [];
    return {
      previews,
      managers: await possibleManagers(db, ctx),
      upcoming: await upcomingOf(db, ctx.viewer.orgId, series.id, ctx.clock.now()),
    };
  });
  const today = todayOfViewer(ctx);
  return render(
    c,
    <SeriesPage c={c} viewer={ctx.viewer} series={series} form={form} errors={errors} today={today} {...page} />,
    Object.keys(errors).length > 0 ? 422 : 200,
  );
}

async function change(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const series = await ctx.tx((db) => seriesForViewer(db, ctx, c.req.param("id")));
  const form = { ...typedSlot(await c.req.parseBody({ all: true })), manager: series.managerId, reps: [series.repId] };
  const read = readSlot(form);
  if ("errors" in read) return showChange(c, ctx, series, form, read.errors);
  const { slot } = read;
  if (slot.startsOn < todayOfViewer(ctx))
    return showChange(c, ctx, series, form, { from: "The past stays as it was: choose today or later." });
  if (series.untilOn !== null && slot.startsOn > series.untilOn)
    return showChange(c, ctx, series, form, {
      from: `This series ends on ${longDay(series.untilOn)}: choose a day before, or schedule a new one.`,
    });
  const changed = await changeSeries(ctx, series.id, { ...slot, from: slot.startsOn, localTime: form.time });
  leaveNotice(
    c,
    `From ${longDay(slot.startsOn)} on it is the new slot.${staysWords(changed.stays, ctx)}`,
    changed.stays.length > 0 ? "watch" : "",
  );
  return c.redirect(`/series/${changed.id}`, 303);
}

async function end(c: Request): Promise<Response> {
  const ctx = ctxOf(c);
  const series = await ctx.tx((db) => seriesForViewer(db, ctx, c.req.param("id")));
  const last = String((await c.req.parseBody()).last_day ?? "");
  const today = todayOfViewer(ctx);
  if (!isDay(last) || last < addDays(today, -1))
    return showChange(c, ctx, series, formOf(series, today), { last_day: "Give a last day that is today or later." });
  const stays = await endSeries(ctx, series.id, last);
  leaveNotice(
    c,
    `${series.kindName} with ${series.repName} ends on ${longDay(last)}.${staysWords(stays, ctx)}`,
    stays.length > 0 ? "watch" : "",
  );
  return c.redirect("/series", 303);
}

function staysWords(stays: readonly { plannedStart: Date }[], ctx: Ctx): string {
  if (stays.length === 0) return "";
  const when = list(stays.map(({ plannedStart }) => whenInWords(plannedStart, ctx.viewer.timeZone)));
  return ` ${count(stays.length, "one-on-one")} somebody has already put work into ${stays.length === 1 ? "stays" : "stay"} on the old slot: ${when}. Move or excuse ${stays.length === 1 ? "it" : "them"} if that no longer fits.`;
}
