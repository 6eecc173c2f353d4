import { ownTree } from "../domain/people/list-people.ts";
import { listQuotas, type Quota } from "../domain/quotas/quota-queries.ts";
import type { Lookups } from "../domain/imports/import-lookups.ts";
import { monthsOf, type Period, readPeriod, shareOut } from "../method/period.ts";
import { ctxOf } from "../platform/http.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { afterInstant, pageOf } from "./cursor.ts";
import { answerPush, currencyCode, limitPush, minor, needed, personIn, pushShape } from "./push-shapes.ts";
import { cursor, day, id, json, limit, page } from "./shapes.ts";

const QuotaOut = z
  .object({
    personId: id,
    month: day,
    amountMinor: z.int(),
    currency: z.string(),
    shareOf: z
      .int()
      .openapi({ description: "Months the figure was given for: that of a quarter (3) or a year (12) is shared out evenly." }),
  })
  .openapi("Quota");

const inQuery = (name: string, description: string) =>
  day.optional().openapi({ description, param: { name, in: "query", required: false } });

const list = createRoute({
  method: "get",
  path: "/quotas",
  operationId: "listQuotas",
  tags: ["Quotas"],
  summary: "Your own quotas and those of everybody below you, by month. A month without one has no quota",
  security,
  request: {
    query: z.object({
      personId: id.optional(),
      from: inQuery("from", "The first month, as its first day."),
      until: inQuery("until", "The last month, as its first day."),
      cursor,
      limit,
    }),
  },
  responses: { 200: json(page(QuotaOut, "Quotas"), "A page of quotas"), ...refusals },
});

export const periodWords = needed(40).openapi({
  description: "A month, a quarter or a year: 2026-11, Nov 2026, Q4 2026, FY26-Q4, 2026. FY counts by your fiscal year.",
});

export const periodOf = (words: string, { fiscalYearStartsIn }: Lookups): Period | string =>
  readPeriod(words, fiscalYearStartsIn) ?? `period: “${words}” is no month, quarter or year`;

const QuotaRow = z
  .strictObject({
    person: needed(300).openapi({ description: "Mail address, id in your system, id in Kept, or a name that only one bears." }),
    period: periodWords,
    amountMinor: minor.min(0, "a quota cannot be less than zero").nullable().openapi({
      description: "In the smallest unit of the currency. null: no quota, which is not zero; one that was there is taken away.",
    }),
    currency: currencyCode.optional(),
  })
  .openapi("QuotaRow");

const push = createRoute({
  method: "post",
  path: "/quotas",
  operationId: "pushQuotas",
  tags: ["Quotas"],
  summary: "Push up to 10,000 quotas, new and changed ones alike (admins)",
  security,
  ...pushShape("QuotaRow", { person: "noor@example.com", period: "2026-11", amountMinor: 4000000, currency: "USD" }),
});

const shape = (quota: Quota): z.infer<typeof QuotaOut> => quota;

export function quotas(api: Api): void {
  limitPush(api, "/quotas");
  api.openAPIRegistry.register("QuotaRow", QuotaRow);
  api.openapi(list, async (c) => {
    const ctx = ctxOf(c);
    const asked = c.req.valid("query");
    const after = afterInstant(asked.cursor);
    const rows = await ctx.tx(async (db) => {
      const tree = await ownTree(db, ctx);
      return listQuotas(db, {
        orgId: ctx.viewer.orgId,
        personIds: asked.personId ? tree.filter((person) => person === asked.personId) : tree,
        from: asked.from,
        until: asked.until,
        after: after && { month: after.at.toISOString().slice(0, 10), personId: after.id },
        limit: asked.limit + 1,
      });
    });
    return c.json(
      pageOf(rows, asked.limit, ({ month, personId }) => [month, personId], shape),
      200,
    );
  });
  api.openapi(push, (c) =>
    answerPush(c, c.req.valid("json"), {
      what: "quotas",
      schema: QuotaRow,
      convert: (row, lookups) => {
        const person = personIn(row.person, lookups);
        const period = periodOf(row.period, lookups);
        if (typeof person === "string") return { problem: person };
        if (typeof period === "string") return { problem: period };
        const shares = row.amountMinor === null ? [] : shareOut(row.amountMinor, period.months);
        const currency = row.currency ?? lookups.currency;
        return { values: monthsOf(period).map((month, n) => [person.id, month, shares[n] ?? null, currency, period.months]) };
      },
    }),
  );
}
