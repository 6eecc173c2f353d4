import { type PlaceToPromise, placeToPromise } from "../../domain/commitments/promise-verifier.ts";
import { type Evidence, evidenceOf, type PromisedVerifier, promisedVerifiers } from "../../domain/evidence/evidence-queries.ts";
import { type VerifiedDeal, verifiedBy } from "../../domain/evidence/verified-stages.ts";
import type { OpportunityView } from "../../domain/opportunities/opportunity-access.ts";
import { isPairNow } from "../../domain/people/is-pair-now.ts";
import { hasTolls, type Process, processAt } from "../../domain/processes/process-queries.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";

export interface EvidenceData {
  deal: OpportunityView;
  /** In force now; null when there is none, or it asks nothing of the customer. */
  process: Process | null;
  /** Undefined once the deal is won or lost. */
  verified: VerifiedDeal | undefined;
  evidence: Evidence[];
  /** By verifier. */
  promised: Map<string, PromisedVerifier>;
  /** Undefined when the viewer and the owner have no one-on-one to come. */
  place: PlaceToPromise | undefined;
  /** Of the two who could promise each other something if they had one: which of them looks. */
  lacksMeeting: "rep" | "manager" | null;
  now: Date;
}

/** What `<EvidencePanel>` shows of one deal, read within the caller's transaction. */
export async function evidenceData(db: Db, ctx: Ctx, deal: OpportunityView): Promise<EvidenceData> {
  const { orgId } = ctx.viewer;
  const now = ctx.clock.now();
  const process = await processAt(db, orgId, now);
  const place = deal.outcome === "open" ? await placeToPromise(db, ctx, deal.ownerId) : undefined;
  return {
    deal,
    process: hasTolls(process) ? process : null,
    verified: (await verifiedBy(db, { orgId, deals: [deal], at: now }, process)).get(deal.id),
    evidence: await evidenceOf(db, { orgId, opportunityIds: [deal.id] }),
    promised: await promisedVerifiers(db, orgId, deal.id),
    place,
    lacksMeeting: deal.outcome === "open" && !place ? await sideOf(db, ctx, deal.ownerId) : null,
    now,
  };
}

async function sideOf(db: Db, { viewer }: Ctx, ownerId: string): Promise<EvidenceData["lacksMeeting"]> {
  if (ownerId === viewer.personId) return "rep";
  return (await isPairNow(db, ownerId, viewer.personId)) ? "manager" : null;
}
