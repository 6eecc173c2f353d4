import type { Grade } from "../../method/prospect-grade.ts";
import { addDays, dayAt } from "../../method/days.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { prospectFacts } from "../evidence/prospect-facts.ts";
import type { VerifiedDeal } from "../evidence/verified-stages.ts";
import type { MeetingView } from "../meetings/meeting-access.ts";
import { opportunitiesAsOf, type OpportunityAt } from "../opportunities/opportunities-as-of.ts";
import { opportunityNews } from "../opportunities/opportunity-news.ts";
import { lastMetAt } from "../meetings/meeting-access.ts";
import { noStory, storiesOf, type Story } from "../stories/story-queries.ts";

/** A deal as it stands where it is prepared or talked about. */
export interface ProspectState {
  opportunityId: string;
  name: string;
  account: string | null;
  /** Of those that stand in the pipeline now. */
  product?: string | null;
  stage: string;
  amountMinor: number | null;
  currency: string;
  closeOn: string | null;
  grade: Grade | null;
}

/** What the rep has prepared of one deal for a one-on-one. */
export interface Prepared extends ProspectState {
  isChosen: boolean;
  reviewedAt: Date | null;
  keptAt: Date | null;
}

/** What happened to a deal since the pair last met. */
export interface DealNews {
  isNew: boolean;
  stage?: { from: string; to: string } | undefined;
  close?: { from: string; to: string } | undefined;
  amount?: { from: number | null; to: number | null; fromCurrency: string } | undefined;
}

export interface Prospect extends ProspectState {
  isChosen: boolean;
  reviewedAt: Date | null;
  story: Story;
  news: DealNews;
  /** Undefined where nothing is asked of the customer, and for whoever does not see the pipeline. */
  verified: VerifiedDeal | undefined;
}

export interface Prospects {
  /** When this pair last met, before this one-on-one; null when never. */
  since: Date | null;
  list: Prospect[];
  /** Open deals that are not among them: what the rep may choose. Empty for whoever does not see the pipeline. */
  others: ProspectState[];
}

/** What the rep prepared, as far as the viewer may see it: the rep all of it, the others once it is handed in. */
export async function preparedProspects(db: Db, orgId: string, meetingId: string): Promise<Prepared[]> {
  return db
    .selectFrom("prepared_prospect")
    .select([
      "opportunity_id as opportunityId",
      "name",
      "account",
      "stage",
      "amount_minor as amountMinor",
      "currency",
      "close_on as closeOn",
      "grade",
      "is_chosen as isChosen",
      "reviewed_at as reviewedAt",
      "kept_at as keptAt",
    ])
    .where("org_id", "=", orgId)
    .where("meeting_id", "=", meetingId)
    .orderBy("grade")
    .orderBy("close_on")
    .orderBy("name")
    .execute();
}

const stateOf = (deal: OpportunityAt, grade: Grade | null): ProspectState => ({
  opportunityId: deal.id,
  name: deal.name,
  account: deal.accountName,
  product: deal.productName,
  stage: deal.stage,
  amountMinor: deal.amountMinor,
  currency: deal.currency,
  closeOn: deal.closeOn,
  grade,
});

// Where no sales process says what an A prospect is: expected to close within thirty days.
const closingDays = 30;
const gradeOf = (deal: OpportunityAt, grades: ReadonlyMap<string, { grade: Grade | null }>, today: string): Grade | null => {
  const known = grades.get(deal.id);
  if (known) return known.grade;
  return deal.closeOn !== null && deal.closeOn <= addDays(today, closingDays) ? "A" : null;
};

const byGradeAndDay = (a: ProspectState, b: ProspectState): number =>
  (a.grade ?? "Z").localeCompare(b.grade ?? "Z") ||
  (a.closeOn ?? "9999").localeCompare(b.closeOn ?? "9999") ||
  a.name.localeCompare(b.name);

/**
 * The prospects of a one-on-one, each with its story and what happened to it since the pair last met: before it begins the A
 * prospects and those the rep chose; from then on the ones that were handed in, or, when none were, the A prospects.
 */
export async function prospectsOf(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, meeting: MeetingView): Promise<Prospects> {
  const { orgId } = ctx.viewer;
  const now = ctx.clock.now();
  const pair = { orgId, repId: meeting.repId, managerId: meeting.managerId };
  const open = await opportunitiesAsOf(db, { orgId, ownerIds: [meeting.repId], at: now, outcomes: ["open"] });
  const today = dayAt(now, meeting.timeZone);
  const { grades, verified } = await prospectFacts(db, ctx, { deals: open, at: now, today });
  const prepared = new Map((await preparedProspects(db, orgId, meeting.id)).map((one) => [one.opportunityId, one]));
  const states = open.map((deal) => stateOf(deal, gradeOf(deal, grades, today)));
  const begun = meeting.state === "open" || meeting.state === "closed";
  const kept = begun ? [...prepared.values()].filter(({ keptAt }) => keptAt !== null) : [];
  const known = new Map(states.map((state) => [state.opportunityId, state]));
  const chosen =
    kept.length > 0
      ? kept.map((one) => known.get(one.opportunityId) ?? one)
      : states.filter(({ opportunityId, grade }) => grade === "A" || prepared.get(opportunityId)?.isChosen);
  const ids = chosen.map(({ opportunityId }) => opportunityId);
  const since = await lastMetAt(db, pair, meeting.openedAt ?? now);
  const stories = await storiesOf(db, pair, ids);
  const news =
    since && open.length > 0 ? await newsOf(db, { orgId, repId: meeting.repId, after: since, until: now }) : new Map<string, DealNews>();
  return {
    since,
    list: chosen.toSorted(byGradeAndDay).map((state) => ({
      ...state,
      isChosen: prepared.get(state.opportunityId)?.isChosen ?? false,
      reviewedAt: prepared.get(state.opportunityId)?.reviewedAt ?? null,
      story: stories.get(state.opportunityId) ?? noStory(state.opportunityId),
      verified: verified.get(state.opportunityId),
      news: news.get(state.opportunityId) ?? { isNew: false },
    })),
    others: states.filter(({ opportunityId }) => !ids.includes(opportunityId)).toSorted((a, b) => a.name.localeCompare(b.name)),
  };
}

async function newsOf(
  db: Db,
  { orgId, repId, after, until }: { orgId: string; repId: string; after: Date; until: Date },
): Promise<Map<string, DealNews>> {
  const found = (await opportunityNews(db, { orgId, ownerIds: [repId], after, until })).get(repId);
  const news = new Map<string, DealNews>();
  const of = (id: string): DealNews => {
    const one = news.get(id) ?? { isNew: false };
    news.set(id, one);
    return one;
  };
  for (const { id } of found?.created ?? []) of(id).isNew = true;
  for (const { id, fromStage, toStage } of found?.moved ?? []) of(id).stage = { from: fromStage, to: toStage };
  for (const { id, fromDay, toDay } of found?.slipped ?? []) of(id).close = { from: fromDay, to: toDay };
  for (const { id, fromMinor, toMinor, fromCurrency } of found?.amountChanged ?? [])
    of(id).amount = { from: fromMinor, to: toMinor, fromCurrency };
  return news;
}
