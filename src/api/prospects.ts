import type { KeptProspect } from "../domain/prospects/kept-prospects-queries.ts";
import type { DealNews, Prospect, ProspectState } from "../domain/prospects/prospect-queries.ts";
import { type ProspectsForViewer, prospectsForViewer } from "../domain/prospects/prospects-for-viewer.ts";
import { chooseProspect, reviewProspect } from "../domain/prospects/review-prospect.ts";
import { storyFields } from "../method/story-gaps.ts";
import type { Ctx } from "../platform/context.ts";
import { ctxOf } from "../platform/http.ts";
import { type Api, createRoute, refusals, security, z } from "./api.ts";
import { day, id, instant, iso, json, jsonBody, pathId } from "./shapes.ts";

const storyWords = z.partialRecord(z.enum(storyFields), z.string());
const State = z
  .object({
    opportunityId: id,
    name: z.string(),
    account: z.string().nullable(),
    stage: z.string(),
    amountMinor: z.int().nullable(),
    currency: z.string(),
    closeOn: day.nullable(),
    grade: z.enum(["A", "B", "C"]).nullable(),
  })
  .openapi("ProspectState");

const ProspectOut = State.extend({
  isChosen: z.boolean().openapi({ description: "Chosen by the rep, besides the A ones." }),
  reviewedAt: instant.nullable().openapi({ description: "When the rep went through its story." }),
  story: storyWords.openapi({ description: "As it stands now; empty once the one-on-one is over." }),
  handedIn: storyWords,
  atClose: storyWords,
  news: z
    .object({
      isNew: z.boolean(),
      fromStage: z.string().nullable(),
      fromCloseOn: day.nullable(),
      amountChanged: z.boolean(),
      fromAmountMinor: z.int().nullable(),
    })
    .nullable()
    .openapi({ description: "What changed since the pair last met. Null where it is only kept." }),
  verified: z
    .object({ stage: z.string(), aheadBy: z.int(), missing: z.array(z.string()) })
    .nullable()
    .openapi({ description: "The verified stage, beside the one claimed." }),
}).openapi("Prospect");

const ProspectsOut = z
  .object({
    isLive: z.boolean().openapi({
      description: "True while the rep prepares and while the pair sits together; otherwise this is what was handed in and left.",
    }),
    since: instant.nullable().openapi({ description: "When the pair last met before." }),
    prospects: z.array(ProspectOut),
    others: z.array(State).openapi({ description: "Open deals the rep may choose besides." }),
    fiveP: z
      .array(
        z.object({
          p: z.enum(["planned", "prospects", "prepared", "practised", "positive"]),
          name: z.string(),
          isDone: z.boolean(),
          words: z.string(),
        }),
      )
      .openapi({ description: "The five P's from what was really done. Empty where the agenda does not go through them." }),
  })
  .openapi("Prospects", {
    example: {
      isLive: true,
      since: "2026-11-05T09:00:00.000Z",
      prospects: [
        {
          opportunityId: "019ab2c4-7d1e-7000-8000-000000000004",
          name: "Halden Mills, line 1",
          account: "Halden Mills",
          stage: "Proposal",
          amountMinor: 1800000,
          currency: "USD",
          closeOn: "2026-12-20",
          grade: "A",
          isChosen: false,
          reviewedAt: "2026-11-21T16:00:00.000Z",
          story: { next_step: "Walk through the trial with the plant manager", agreed: "yes" },
          handedIn: {},
          atClose: {},
          news: { isNew: false, fromStage: "Engaging", fromCloseOn: null, amountChanged: false, fromAmountMinor: null },
          verified: { stage: "Engaging", aheadBy: 1, missing: ["A date for the trial"] },
        },
      ],
      others: [],
      fiveP: [{ p: "prospects", name: "Prospects reviewed", isDone: true, words: "gone through for 1 of 1" }],
    },
  });

const list = createRoute({
  method: "get",
  path: "/meetings/{meetingId}/prospects",
  operationId: "getProspects",
  tags: ["Preparation"],
  summary: "The deals to go through in a one-on-one, and its five P's: for the pair alone",
  security,
  request: { params: z.object({ meetingId: pathId("meetingId") }) },
  responses: { 200: json(ProspectsOut, "As the viewer may see them: before they are handed in the rep alone"), ...refusals },
});

const change = createRoute({
  method: "patch",
  path: "/meetings/{meetingId}/prospects/{opportunityId}",
  operationId: "changeProspect",
  tags: ["Preparation"],
  summary: "Choose a deal for your preparation, or say that you have gone through it; its story is written at its own address",
  security,
  request: {
    params: z.object({ meetingId: pathId("meetingId"), opportunityId: pathId("opportunityId") }),
    body: jsonBody(
      z
        .strictObject({ isChosen: z.boolean().optional(), isReviewed: z.boolean().optional() })
        .refine((said) => Object.keys(said).length > 0, "Say isChosen or isReviewed.")
        .openapi("ProspectChange"),
      { isChosen: true, isReviewed: true },
    ),
  },
  responses: { 200: json(ProspectsOut, "All of them as they stand now"), ...refusals },
});

const state = (one: ProspectState): z.infer<typeof State> => ({
  opportunityId: one.opportunityId,
  name: one.name,
  account: one.account,
  stage: one.stage,
  amountMinor: one.amountMinor,
  currency: one.currency,
  closeOn: one.closeOn,
  grade: one.grade,
});
const news = ({ isNew, stage, close, amount }: DealNews) => ({
  isNew,
  fromStage: stage?.from ?? null,
  fromCloseOn: close?.from ?? null,
  amountChanged: amount !== undefined,
  fromAmountMinor: amount?.from ?? null,
});
const liveShape = (one: Prospect): z.infer<typeof ProspectOut> => ({
  ...state(one),
  isChosen: one.isChosen,
  reviewedAt: iso(one.reviewedAt),
  story: Object.fromEntries([...one.story.lines].map(([field, { words }]) => [field, words])),
  handedIn: {},
  atClose: {},
  news: news(one.news),
  verified: one.verified
    ? { stage: one.verified.verifiedName, aheadBy: one.verified.aheadBy, missing: one.verified.missing.map(({ words }) => words) }
    : null,
});
const keptShape = (one: KeptProspect): z.infer<typeof ProspectOut> => ({
  ...state(one),
  isChosen: false,
  reviewedAt: iso(one.reviewedAt),
  story: {},
  handedIn: Object.fromEntries(one.handedIn),
  atClose: Object.fromEntries(one.atClose),
  news: null,
  verified: null,
});

const shape = ({ live, kept, marks }: ProspectsForViewer): z.infer<typeof ProspectsOut> => ({
  isLive: live !== undefined,
  since: iso(live?.since ?? null),
  prospects: live ? live.list.map(liveShape) : kept.map(keptShape),
  others: live?.others.map(state) ?? [],
  fiveP: marks,
});

const read = async (ctx: Ctx, meetingId: string) => shape(await ctx.tx((db) => prospectsForViewer(db, ctx, meetingId)));

export function prospects(api: Api): void {
  api.openapi(list, async (c) => c.json(await read(ctxOf(c), c.req.valid("param").meetingId), 200));
  api.openapi(change, async (c) => {
    const ctx = ctxOf(c);
    const { meetingId, opportunityId } = c.req.valid("param");
    const { isChosen, isReviewed } = c.req.valid("json");
    if (isChosen !== undefined) await chooseProspect(ctx, meetingId, opportunityId, isChosen);
    if (isReviewed !== undefined) await reviewProspect(ctx, meetingId, opportunityId, isReviewed);
    return c.json(await read(ctx, meetingId), 200);
  });
}
