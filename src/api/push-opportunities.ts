import type { OpportunityRow as Row } from "../domain/imports/apply-opportunity-rows.ts";
import { cellsOf, pushOpportunities } from "../imports/push-rows.ts";
import { isDay } from "../method/days.ts";
import { type Api, createRoute, security, z } from "./api.ts";
import { when } from "./activities.ts";
import { callOf, currencyCode, limitPush, minor, misfit, needed, perhaps, pusherOf, pushShape, sendAnswer } from "./push-shapes.ts";

const OpportunityRow = z
  .strictObject({
    externalId: needed(200).openapi({ description: "Its id in your CRM: what is sent again under the same id is the same opportunity." }),
    name: perhaps(500),
    owner: needed(300).optional().openapi({ description: "Mail address, id in your system, id in Kept, or a name that only one bears." }),
    account: perhaps(500).openapi({ description: "Its name; one that is new is made." }),
    product: perhaps(300).openapi({ description: "Its name or id in your system; one that is new is made." }),
    stage: needed(200).optional().openapi({ description: "Its name; one that is new is made." }),
    status: z.enum(["open", "won", "lost"]).optional().openapi({ description: "Where the stage does not say it." }),
    createdOn: when.nullable().optional().openapi({
      description: "A day or an instant. One earlier than known here is taken; a later one is refused, as it would take away its past.",
    }),
    closeOn: z
      .string()
      .refine(isDay, "write a day like 2026-11-22")
      .refine((day) => day < "2201", "this is after the year 2200")
      .nullable()
      .optional()
      .openapi({ description: "Expected while it is open, actual once it is won or lost." }),
    amountMinor: minor.nullable().optional(),
    currency: currencyCode.optional().openapi({ description: "A new opportunity that names none is in your organisation's." }),
    forecastCategory: perhaps(500),
    nextStep: perhaps(500),
  })
  .openapi("OpportunityRow", {
    description: "What a row leaves out stays as it is here; null takes it away. A new opportunity needs an owner and a stage or status.",
  });

const push = createRoute({
  method: "post",
  path: "/opportunities",
  operationId: "pushOpportunities",
  tags: ["Opportunities"],
  summary: "Push up to 10,000 opportunities, new and changed ones alike; changes are dated now (admins)",
  security,
  ...pushShape("OpportunityRow", {
    externalId: "A-1001",
    name: "Halden Mills, line 1",
    owner: "noor@example.com",
    account: "Halden Mills",
    stage: "Proposal",
    closeOn: "2026-12-15",
    amountMinor: 1800000,
    currency: "USD",
  }),
});

export function opportunityPush(api: Api): void {
  limitPush(api, "/opportunities");
  api.openAPIRegistry.register("OpportunityRow", OpportunityRow);
  api.openapi(push, async (c) => {
    const ctx = pusherOf(c);
    const { source, rows } = c.req.valid("json");
    const read = rows.map((row) => {
      const { success, data, error } = OpportunityRow.safeParse(row);
      return success ? (data satisfies Row) : { problem: misfit(error), given: cellsOf(row) };
    });
    return sendAnswer(c, await pushOpportunities(ctx, { ...(await callOf(c)), source, rows: read }));
  });
}
