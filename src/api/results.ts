import { activityLevels } from "../domain/activities/activity-levels-queries.ts";
import { storedNumbers } from "../domain/numbers/stored-numbers-queries.ts";
import { personForViewer, recordReading } from "../domain/people/person-access.ts";
import { type ResultFigures, resultFigures } from "../domain/results/result-figures.ts";
import { dayOf } from "../method/day-numbers.ts";
import type { Estimate } from "../method/estimate.ts";
import type { Trend } from "../method/trend.ts";
import { ctxOf, NotFound } from "../platform/http.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { day, id, iso, json, personOrMe } from "./shapes.ts";

const refusal = z
  .object({ refused: z.string().openapi({ description: "Why there is no number: “not enough won deals: 3 won deals, 5 needed”." }) })
  .openapi("Refused");

const amount = z.int().nullable();

const Pace = z.union([
  z.object({ gone: z.number(), reached: z.number().nullable(), atEndMinor: z.int() }).openapi("Pace", {
    description: "Shares between 0 and 1: how much of the period is gone, how much of goal or plan is won. At the end: when it goes on so.",
  }),
  refusal,
]);

const Period = z
  .object({
    horizon: z.enum(["month", "quarter", "year"]),
    label: z.string(),
    from: day,
    until: day.openapi({ description: "The first day after it." }),
    wonMinor: z.int(),
    goalMinor: amount.openapi({ description: "The rep's own goal; null where none is set, and for everybody outside the pair." }),
    planMinor: amount,
    pace: Pace,
  })
  .openapi("PeriodResult");

const told = z.union([z.object({ says: z.enum(["rising", "falling", "cannot tell"]), slope: z.number() }).openapi("Trend"), refusal]);

const ActivityOut = z
  .object({
    type: z.string(),
    month: z.int(),
    quarter: z.int(),
    year: z.int(),
    trend: told.nullable().openapi({ description: "Of whole weeks; null until the numbers are worked out." }),
    perWin: z
      .union([z.object({ each: z.number(), low: z.number(), high: z.number() }).openapi("PerWin"), refusal])
      .nullable()
      .openapi({ description: "Activities for one deal won, and the range it lies in four times in five." }),
  })
  .openapi("ActivityLevel");

const Results = z
  .object({
    personId: id,
    asOf: day,
    currency: z.string(),
    periods: z.array(Period),
    months: z.array(z.object({ month: day, wonMinor: z.int(), planMinor: amount, isWhole: z.boolean() })),
    missedInARow: z.int().nullable().openapi({ description: "Whole months below plan up to the last; null where that has no plan." }),
    activities: z.array(ActivityOut),
    numbersMadeAt: z.iso.datetime().nullable(),
  })
  .openapi("Results");

const one = createRoute({
  method: "get",
  path: "/people/{personId}/results",
  operationId: "getResults",
  tags: ["Results"],
  summary: "What a rep won against own goal and plan, by month, quarter and year, and what they did: yours, and of everybody below you",
  security,
  request: {
    params: personOrMe,
  },
  responses: { 200: json(Results, "The results"), ...refusals },
});

const estimate = <T, Out>(found: Estimate<T>, out: (value: T) => Out): Out | { refused: string } =>
  found.known ? out(found.value) : { refused: found.refusal.words };

function shape({ periods, months, missed, ...figures }: ResultFigures) {
  return {
    asOf: figures.today,
    currency: figures.currency,
    missedInARow: missed,
    periods: periods.map(({ horizon, period, wonMinor, goalMinor, quotaMinor, pace }) => ({
      horizon,
      label: period.label,
      from: dayOf(period.from),
      until: dayOf(period.until),
      wonMinor,
      goalMinor,
      planMinor: quotaMinor,
      pace: estimate(pace, ({ gone, reached, atEnd }) => ({ gone, reached, atEndMinor: Math.round(atEnd) })),
    })),
    months: months.map(({ period, wonMinor, quotaMinor, isRunning }) => ({
      month: period.month,
      wonMinor,
      planMinor: quotaMinor,
      isWhole: !isRunning,
    })),
  };
}

const toldOf = ({ says, slope }: Trend) => ({ says, slope });

/** Own results and KPIs, with the access of the page. */
export function results(api: Api): void {
  api.openapi(one, async (c) => {
    const ctx = ctxOf(c);
    const asked = c.req.valid("param").personId;
    const { orgId, personId: me } = ctx.viewer;
    const out = await ctx.tx(async (db) => {
      const person = await personForViewer(db, ctx, asked === "me" ? me : asked);
      if (!person.isInTree || !person.roles.includes("rep")) throw new NotFound("This page of results");
      await recordReading(db, ctx, person, "results");
      const at = ctx.clock.now();
      const figures = await resultFigures(db, { orgId, personId: person.id, at });
      const starts = Object.fromEntries(figures.periods.map(({ horizon, period }) => [horizon, dayOf(period.from)]));
      const levels = await activityLevels(db, {
        orgId,
        personId: person.id,
        timeZone: figures.timeZone,
        starts: starts as Record<"month" | "quarter" | "year", string>,
        at,
      });
      const stored = (await storedNumbers(db, orgId, [person.id])).get(person.id)?.quota ?? null;
      const types = stored?.numbers.known ? stored.numbers.value.activities.types : [];
      return {
        personId: person.id,
        ...shape(figures),
        activities: levels.byType.map((level) => {
          const known = types.find(({ type }) => type === level.type);
          return {
            ...level,
            trend: known ? estimate(known.trend, toldOf) : null,
            perWin: known ? estimate(known.perWin, (value) => value) : null,
          };
        }),
        numbersMadeAt: iso(stored?.madeAt ?? null),
      };
    });
    return c.json(out, 200);
  });
}
