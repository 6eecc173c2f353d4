import { commissionRatesOf } from "../domain/commission-rates/commission-rate-queries.ts";
import { setCommissionRates } from "../domain/commission-rates/set-commission-rates.ts";
import { exchangeRatesOf } from "../domain/exchange-rates/exchange-rate-queries.ts";
import { mostRates, readRate } from "../domain/exchange-rates/rate-lines.ts";
import { setExchangeRates } from "../domain/exchange-rates/set-exchange-rates.ts";
import { sayGoals } from "../domain/goals/say-goals.ts";
import { targetsOn } from "../domain/goals/targets-queries.ts";
import { changeFiscalCalendar } from "../domain/organisations/change-fiscal-calendar.ts";
import { fiscalCalendarOf } from "../domain/organisations/fiscal-calendar-queries.ts";
import { personForViewer, recordReading } from "../domain/people/person-access.ts";
import { dayNumber, dayOf } from "../method/day-numbers.ts";
import { dayAt } from "../method/days.ts";
import { type FiscalPeriod, fiscalPatterns, fiscalPeriods, goalHorizons } from "../method/fiscal-calendar.ts";
import { adminOf } from "../platform/admin-of.ts";
import type { Ctx } from "../platform/context.ts";
import { ctxOf } from "../platform/http.ts";
import { newId } from "../platform/new-id.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { day, id, json, jsonBody, pathId } from "./shapes.ts";

const inQuery = (description: string) => day.optional().openapi({ description, param: { name: "day", in: "query", required: false } });
const todayIn = ({ viewer, clock }: Ctx, asked?: string): number => dayNumber(asked ?? dayAt(clock.now(), viewer.timeZone));
const done = { 204: { description: "Done" }, ...refusals };

const PeriodOut = z.object({ label: z.string(), from: day, until: day.openapi({ description: "The first day after it." }), month: day });
const Calendar = z
  .object({
    startsIn: z.int().min(1).max(12).openapi({ description: "Month in which the year begins." }),
    pattern: z.enum(fiscalPatterns),
    weekStarts: z.int().min(1).max(7).openapi({ description: "1 Monday to 7 Sunday; counts where months are made of weeks." }),
    yearEnds: z.enum(["nearest", "last"]),
  })
  .openapi("FiscalCalendar");
const CalendarOut = Calendar.extend({ month: PeriodOut, quarter: PeriodOut, year: PeriodOut }).openapi("FiscalCalendarOn");

const readCalendar = createRoute({
  method: "get",
  path: "/fiscal-calendar",
  operationId: "getFiscalCalendar",
  tags: ["Targets"],
  summary: "The fiscal calendar, and the month, quarter and year that run on a day",
  security,
  request: { query: z.object({ day: inQuery("Today without it.") }) },
  responses: { 200: json(CalendarOut, "The calendar"), ...refusals },
});
const writeCalendar = createRoute({
  method: "put",
  path: "/fiscal-calendar",
  operationId: "putFiscalCalendar",
  tags: ["Targets"],
  summary: "Change the fiscal calendar (admins)",
  security,
  request: { body: jsonBody(Calendar) },
  responses: done,
});

const Rate = z
  .object({
    currency: z.string().regex(/^[A-Z]{3}$/, "three capital letters"),
    fromOn: day,
    rate: z.string().openapi({ description: "What one unit is worth in your currency, as a decimal.", example: "1.1316" }),
  })
  .openapi("ExchangeRate");
const readRates = createRoute({
  method: "get",
  path: "/exchange-rates",
  operationId: "listExchangeRates",
  tags: ["Targets"],
  summary: "Dated rates into your organisation’s currency, the newest of each first",
  security,
  responses: { 200: json(z.object({ into: z.string(), data: z.array(Rate) }).openapi("ExchangeRates"), "The rates"), ...refusals },
});
const writeRates = createRoute({
  method: "post",
  path: "/exchange-rates",
  operationId: "setExchangeRates",
  tags: ["Targets"],
  summary: "Set dated rates; the same currency and day again corrects it (admins)",
  security,
  request: {
    body: jsonBody(
      z.object({ data: z.array(Rate.refine(({ rate }) => readRate(rate) !== null, "rate: a decimal above zero")).max(mostRates) }),
    ),
  },
  responses: done,
});

const Commission = z
  .object({
    fromOn: day,
    basisPoints: z.int().min(0).max(10_000).openapi({ description: "Hundredths of a percent of what is won." }),
  })
  .openapi("CommissionRate");
const readCommission = createRoute({
  method: "get",
  path: "/people/{id}/commission-rates",
  operationId: "listCommissionRates",
  tags: ["Targets"],
  summary: "A person’s commission rates, the newest first: your own, those of your own reps, all for admins",
  security,
  request: { params: z.object({ id: pathId("id") }) },
  responses: { 200: json(z.object({ data: z.array(Commission) }).openapi("CommissionRates"), "The rates"), ...refusals },
});
const writeCommission = createRoute({
  method: "post",
  path: "/people/{id}/commission-rates",
  operationId: "setCommissionRate",
  tags: ["Targets"],
  summary: "Set a person’s commission rate from a day on (their manager, admins)",
  security,
  request: { params: z.object({ id: pathId("id") }), body: jsonBody(Commission) },
  responses: done,
});

const amounts = z.object({ month: z.int().optional(), quarter: z.int().optional(), year: z.int().optional() });
const Targets = z
  .object({
    personId: id,
    currency: z.string(),
    quota: amounts.openapi({ description: "Minor units; what nobody set is not there, which is not zero." }),
    goal: amounts.openapi({ description: "The rep’s own; it is there only for the rep and whoever is of their pair." }),
  })
  .openapi("Targets");
const readTargets = createRoute({
  method: "get",
  path: "/people/{id}/targets",
  operationId: "getTargets",
  tags: ["Targets"],
  summary: "Quota and own goal of a person for the month, quarter and year that run on a day",
  security,
  request: { params: z.object({ id: pathId("id") }), query: z.object({ day: inQuery("Today without it.") }) },
  responses: { 200: json(Targets, "The targets"), ...refusals },
});
const writeGoal = createRoute({
  method: "post",
  path: "/goals",
  operationId: "sayGoal",
  tags: ["Targets"],
  summary: "Say your own goal for the month, quarter or year that holds a day. What you said before is kept",
  security,
  request: {
    body: jsonBody(
      z
        .object({
          horizon: z.enum(goalHorizons),
          day,
          amountMinor: z.int().min(0).nullable().openapi({ description: "null takes it back." }),
        })
        .openapi("Goal"),
    ),
  },
  responses: done,
});

const periodOut = ({ label, from, until, month }: FiscalPeriod) => ({ label, from: dayOf(from), until: dayOf(until), month });

/** The fiscal calendar, exchange and commission rates, quota and own goals: with the same access as on the pages. */
export function targets(api: Api): void {
  api.openapi(readCalendar, async (c) => {
    const ctx = ctxOf(c);
    const calendar = await ctx.tx((db) => fiscalCalendarOf(db, ctx.viewer.orgId));
    const { month, quarter, year } = fiscalPeriods(calendar, todayIn(ctx, c.req.valid("query").day));
    return c.json({ ...calendar, month: periodOut(month), quarter: periodOut(quarter), year: periodOut(year) }, 200);
  });
  api.openapi(writeCalendar, async (c) => {
    await changeFiscalCalendar(adminOf(c), c.req.valid("json"));
    return c.body(null, 204);
  });
  api.openapi(readRates, async (c) => {
    const ctx = ctxOf(c);
    const { into, dated } = await ctx.tx((db) => exchangeRatesOf(db, ctx.viewer.orgId));
    const data = [...dated].flatMap(([currency, all]) => all.map(({ from, rate }) => ({ currency, fromOn: dayOf(from), rate })));
    return c.json({ into, data }, 200);
  });
  api.openapi(writeRates, async (c) => {
    await setExchangeRates(adminOf(c), c.req.valid("json").data);
    return c.body(null, 204);
  });
  api.openapi(readCommission, async (c) => {
    const ctx = ctxOf(c);
    const rates = await ctx.tx(async (db) => {
      const person = await personForViewer(db, ctx, c.req.valid("param").id);
      return commissionRatesOf(db, ctx.viewer.orgId, [person.id]);
    });
    return c.json({ data: rates.map(({ fromOn, basisPoints }) => ({ fromOn, basisPoints })) }, 200);
  });
  api.openapi(writeCommission, async (c) => {
    await setCommissionRates(ctxOf(c), [{ personId: c.req.valid("param").id, ...c.req.valid("json") }]);
    return c.body(null, 204);
  });
  api.openapi(readTargets, async (c) => {
    const ctx = ctxOf(c);
    const found = await ctx.tx(async (db) => {
      const person = await personForViewer(db, ctx, c.req.valid("param").id);
      await recordReading(db, ctx, person, "targets");
      const all = await targetsOn(db, ctx.viewer.orgId, [person.id], todayIn(ctx, c.req.valid("query").day));
      return { personId: person.id, ...all.get(person.id) };
    });
    const { personId, quota = {}, goal = {} } = found;
    return c.json({ personId, currency: ctx.viewer.currency, quota, goal }, 200);
  });
  api.openapi(writeGoal, async (c) => {
    const ctx = ctxOf(c);
    const { horizon, day: on, amountMinor } = c.req.valid("json");
    const calendar = await ctx.tx((db) => fiscalCalendarOf(db, ctx.viewer.orgId));
    const { month } = fiscalPeriods(calendar, dayNumber(on))[horizon];
    await sayGoals(ctx, { personId: ctx.viewer.personId, id: newId(), goals: [{ horizon, month, amountMinor }] });
    return c.body(null, 204);
  });
}
