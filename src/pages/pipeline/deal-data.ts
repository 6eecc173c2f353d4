import { type Activity, activitiesOf } from "../../domain/activities/activity-queries.ts";
import { type Commitment, commitmentsOnDeal } from "../../domain/commitments/commitment-queries.ts";
import { type DealGrade, prospectFacts } from "../../domain/evidence/prospect-facts.ts";
import { type ClosingTimes, closingTimes } from "../../domain/opportunities/closing-times.ts";
import { type Slips, slipsOf } from "../../domain/opportunities/slips-queries.ts";
import { type DatedChange, historyOf } from "../../domain/opportunities/history-queries.ts";
import { type OpportunityView, opportunityForViewer } from "../../domain/opportunities/opportunity-access.ts";
import { type StoryBefore, storiesBefore } from "../../domain/stories/story-access.ts";
import type { Ctx } from "../../platform/context.ts";
import { type EvidenceData, evidenceData } from "../evidence/evidence-data.ts";
import { type StoryData, storyData } from "../stories/story-data.ts";

/** Everything the page of one deal shows, read in one transaction. */
export interface DealData {
  deal: OpportunityView;
  history: DatedChange[];
  activities: Activity[];
  evidence: EvidenceData;
  grade: DealGrade | undefined;
  slips: Slips | undefined;
  closing: ClosingTimes | undefined;
  /** Undefined for whoever is not of the pair. */
  story: StoryData | undefined;
  /** Of other pairs, such as the one that had the deal before: those the viewer may read. */
  storiesBefore: StoryBefore[];
  /** What the viewer may read of what hangs on it. */
  commitments: Commitment[];
  now: Date;
}

export async function dealData(ctx: Ctx, id: string | undefined): Promise<DealData> {
  const { orgId } = ctx.viewer;
  const now = ctx.clock.now();
  return ctx.tx(async (db) => {
    const deal = await opportunityForViewer(db, ctx, id);
    const story = await storyData(db, ctx, deal.id);
    return {
      deal,
      history: await historyOf(db, orgId, deal.id, now),
      activities: await activitiesOf(db, { orgId, opportunityId: deal.id, until: now }),
      evidence: await evidenceData(db, ctx, deal),
      grade: deal.outcome === "open" ? (await prospectFacts(db, ctx, { deals: [deal], at: now })).grades.get(deal.id) : undefined,
      slips: await slipsOf(db, deal.id, now),
      closing: await closingTimes(db, { orgId, at: now }),
      story,
      storiesBefore: (await storiesBefore(db, orgId, deal.id)).filter(
        ({ repId, managerId }) => repId !== story?.owners.repId || managerId !== story.owners.managerId,
      ),
      commitments: await commitmentsOnDeal(db, orgId, deal.id),
      now,
    };
  });
}
