import type { AmountChanged, Moved, Slipped, Stuck } from "../domain/opportunities/opportunity-news.ts";
import type { OpportunityAt } from "../domain/opportunities/opportunities-as-of.ts";
import { type SinceLastMet, sinceLastMet } from "../domain/opportunities/since-last-met.ts";
import { ctxOf } from "../platform/http.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { asOf, instantOf } from "./as-of.ts";
import { day, id, instant, json, personOrMe } from "./shapes.ts";

const Deal = z
  .object({
    opportunityId: id,
    name: z.string(),
    account: z.string().nullable(),
    stage: z.string(),
    verifiedStage: z.string().nullable().openapi({ description: "Beside the one claimed; null where nothing is asked of the customer." }),
    amountMinor: z.int().nullable(),
    currency: z.string(),
    closeOn: day.nullable(),
  })
  .openapi("DealInNews");
const Met = z.object({ meetingId: id, kind: z.string(), managerId: id, heldAt: instant });
const Worth = z.object({ currency: z.string(), count: z.int(), sumMinor: z.int() });

const SinceOut = z
  .object({
    personId: id,
    since: instant.openapi({ description: "When the one-on-one looked back to was held; thirty days ago where none was." }),
    until: instant,
    lastMet: Met.nullable().openapi({ description: "Null while none has been held." }),
    metBefore: z.array(Met).openapi({ description: "The latest one-on-ones one can look back to, by meetingId=." }),
    openThen: z.array(Worth).openapi({ description: "Open when they met, by currency." }),
    openNow: z.array(Worth),
    created: z.array(Deal),
    moved: z.array(Deal.extend({ fromStage: z.string() })),
    won: z.array(Deal),
    lost: z.array(Deal),
    slipped: z.array(Deal.extend({ fromCloseOn: day })),
    vanished: z.array(Deal).openapi({ description: "Open then, and no longer in the export of their source." }),
    amountChanged: z.array(Deal.extend({ fromAmountMinor: z.int().nullable(), fromCurrency: z.string() })),
    stuck: z.array(Deal.extend({ quietDays: z.int() })).openapi({ description: "Open, and unchanged for longer than stuckAfterDays." }),
    stuckAfterDays: z.int(),
  })
  .openapi("SinceLastMet", {
    example: {
      personId: "019ab2c4-7d1e-7000-8000-000000000001",
      since: "2026-11-05T09:00:00.000Z",
      until: "2026-11-22T12:00:00.000Z",
      lastMet: {
        meetingId: "019ab2c4-7d1e-7000-8000-000000000002",
        kind: "Deal strategy",
        managerId: "019ab2c4-7d1e-7000-8000-000000000003",
        heldAt: "2026-11-05T09:00:00.000Z",
      },
      metBefore: [],
      openThen: [{ currency: "USD", count: 4, sumMinor: 7200000 }],
      openNow: [{ currency: "USD", count: 5, sumMinor: 9000000 }],
      created: [],
      moved: [],
      won: [],
      lost: [],
      slipped: [
        {
          opportunityId: "019ab2c4-7d1e-7000-8000-000000000004",
          name: "Halden Mills, line 1",
          account: "Halden Mills",
          stage: "Proposal",
          verifiedStage: "Engaging",
          amountMinor: 1800000,
          currency: "USD",
          closeOn: "2026-12-20",
          fromCloseOn: "2026-12-01",
        },
      ],
      vanished: [],
      amountChanged: [],
      stuck: [],
      stuckAfterDays: 30,
    },
  });

const since = createRoute({
  method: "get",
  path: "/people/{personId}/since-last-met",
  operationId: "getSinceLastMet",
  tags: ["Opportunities"],
  summary: "What has become of one rep's pipeline since the pair last met: for the rep and those above; `me` is a good id too",
  security,
  request: {
    params: personOrMe,
    query: z.object({ asOf, meetingId: id.optional().openapi({ description: "The one-on-one to look back to; else the last." }) }),
  },
  responses: { 200: json(SinceOut, "The difference of two instants"), ...refusals },
});

type Verified = SinceLastMet["verified"];

const dealWith =
  (verified: Verified) =>
  ({ id: opportunityId, name, accountName, stage, amountMinor, currency, closeOn }: OpportunityAt): z.infer<typeof Deal> => ({
    opportunityId,
    name,
    account: accountName,
    stage,
    verifiedStage: verified.get(opportunityId)?.verifiedName ?? null,
    amountMinor,
    currency,
    closeOn,
  });
const met = ({ id: meetingId, kindName, managerId, heldAt }: SinceLastMet["met"][number]): z.infer<typeof Met> => ({
  meetingId,
  kind: kindName,
  managerId,
  heldAt: heldAt.toISOString(),
});
const worth = ({ currency, count, sum }: SinceLastMet["openNow"][number]): z.infer<typeof Worth> => ({ currency, count, sumMinor: sum });

function shape(found: SinceLastMet, until: Date): z.infer<typeof SinceOut> {
  const deal = dealWith(found.verified);
  return {
    personId: found.rep.id,
    since: found.since.toISOString(),
    until: until.toISOString(),
    lastMet: found.last ? met(found.last) : null,
    metBefore: found.met.map(met),
    openThen: found.openThen.map(worth),
    openNow: found.openNow.map(worth),
    created: found.news.created.map(deal),
    moved: found.news.moved.map((one: Moved) => ({ ...deal(one), fromStage: one.fromStage })),
    won: found.news.won.map(deal),
    lost: found.news.lost.map(deal),
    slipped: found.news.slipped.map((one: Slipped) => ({ ...deal(one), fromCloseOn: one.fromDay })),
    vanished: found.news.vanished.map(deal),
    amountChanged: found.news.amountChanged.map((one: AmountChanged) => ({
      ...deal(one),
      fromAmountMinor: one.fromMinor,
      fromCurrency: one.fromCurrency,
    })),
    stuck: found.news.stuck.map((one: Stuck) => ({ ...deal(one), quietDays: one.quietDays })),
    stuckAfterDays: found.news.stuckAfterDays,
  };
}

export function sinceLastMetOf(api: Api): void {
  api.openapi(since, async (c) => {
    const ctx = ctxOf(c);
    const { personId } = c.req.valid("param");
    const { asOf: day, meetingId } = c.req.valid("query");
    const at = instantOf(day, ctx);
    const repId = personId === "me" ? ctx.viewer.personId : personId;
    return c.json(shape(await ctx.tx((db) => sinceLastMet(db, ctx, { repId, meetingId, at })), at), 200);
  });
}
