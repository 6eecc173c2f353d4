import { forecastsSaid, type SaidForecast } from "../domain/forecasts/forecast-queries.ts";
import { ownTree } from "../domain/people/list-people.ts";
import { forecastCategories, forecastCategory } from "../method/forecast-category.ts";
import { isDay } from "../method/days.ts";
import { todayOf } from "../platform/clock.ts";
import { ctxOf } from "../platform/http.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { answerPush, currencyCode, limitPush, minor, needed, personIn, pushShape } from "./push-shapes.ts";
import { periodOf, periodWords } from "./quotas.ts";
import { day, id, json } from "./shapes.ts";

const ForecastOut = z
  .object({
    personId: id,
    periodOn: day.openapi({ description: "The first day of the period." }),
    months: z.union([z.literal(1), z.literal(3), z.literal(12)]),
    category: z.enum(forecastCategories),
    asOf: day.openapi({ description: "The day on which it was said." }),
    amountMinor: z.int(),
    currency: z.string(),
  })
  .openapi("Forecast");

const list = createRoute({
  method: "get",
  path: "/forecasts",
  operationId: "listForecasts",
  tags: ["Forecasts"],
  summary: "What you and everybody below you have said, as of each day, about the periods that run on a day",
  security,
  request: {
    query: z.object({
      personId: id.optional(),
      day: day.optional().openapi({ description: "Today without it.", param: { name: "day", in: "query", required: false } }),
    }),
  },
  responses: {
    200: json(z.object({ data: z.array(ForecastOut) }).openapi("Forecasts"), "At most 10,000 figures, oldest first"),
    ...refusals,
  },
});

const ForecastRow = z
  .strictObject({
    person: needed(300).openapi({ description: "Mail address, id in your system, id in Kept, or a name that only one bears." }),
    period: periodWords,
    category: needed(40).openapi({ description: "Commit, best case, pipeline, omitted or closed." }),
    amountMinor: minor.nullable().openapi({
      description: "In the smallest unit of the currency. null: nothing was said; what was there is taken away.",
    }),
    asOf: z
      .string()
      .refine(isDay, "write a day like 2026-11-22")
      .optional()
      .openapi({ description: "The day on which it was said; today without it." }),
    currency: currencyCode.optional(),
  })
  .openapi("ForecastRow");

const push = createRoute({
  method: "post",
  path: "/forecasts",
  operationId: "pushForecasts",
  tags: ["Forecasts"],
  summary: "Push up to 10,000 forecasts by category, new and changed ones alike (admins)",
  security,
  ...pushShape("ForecastRow", {
    person: "noor@example.com",
    period: "Q4 2026",
    category: "Commit",
    amountMinor: 9000000,
    asOf: "2026-11-20",
  }),
});

const shape = (said: SaidForecast): z.infer<typeof ForecastOut> => said;

export function forecasts(api: Api): void {
  limitPush(api, "/forecasts");
  api.openAPIRegistry.register("ForecastRow", ForecastRow);
  api.openapi(list, async (c) => {
    const ctx = ctxOf(c);
    const asked = c.req.valid("query");
    const on = asked.day ?? todayOf(ctx);
    const said = await ctx.tx(async (db) => {
      const tree = await ownTree(db, ctx);
      const personIds = asked.personId ? tree.filter((person) => person === asked.personId) : tree;
      return forecastsSaid(db, { orgId: ctx.viewer.orgId, personIds, from: on, until: on });
    });
    return c.json({ data: said.map(shape) }, 200);
  });
  api.openapi(push, (c) => {
    const today = todayOf(ctxOf(c));
    return answerPush(c, c.req.valid("json"), {
      what: "forecasts",
      schema: ForecastRow,
      convert: (row, lookups) => {
        const person = personIn(row.person, lookups);
        const period = periodOf(row.period, lookups);
        const category = forecastCategory(row.category);
        const asOf = row.asOf ?? today;
        if (typeof person === "string") return { problem: person };
        if (typeof period === "string") return { problem: period };
        if (category === null) return { problem: `category: “${row.category}” is none of ${forecastCategories.join(", ")}` };
        if (asOf > today) return { problem: "asOf: this day is still to come" };
        return { values: [[person.id, period.from, period.months, category, asOf, row.amountMinor, row.currency ?? lookups.currency]] };
      },
    });
  });
}
