import type { Db } from "../../platform/database.ts";
import { opportunitiesAsOf, type OpportunityAt } from "../opportunities/opportunities-as-of.ts";
import { type VerifiedDeal, verifiedStages } from "./verified-stages.ts";

export interface AheadDeal extends OpportunityAt {
  verified: VerifiedDeal;
}

/** The open deals of these owners, the verified stage of each, and those that are claimed further than the customer has paid for, as known at an instant. */
export async function dealsAhead(
  db: Db,
  { orgId, ownerIds, at }: { orgId: string; ownerIds: readonly string[]; at: Date },
): Promise<{ verified: Map<string, VerifiedDeal>; ahead: AheadDeal[] }> {
  const deals = await opportunitiesAsOf(db, { orgId, ownerIds, at, outcomes: ["open"] });
  const found = await verifiedStages(db, { orgId, deals, at });
  const ahead = deals.flatMap((deal) => {
    const verified = found.get(deal.id);
    return verified && verified.aheadBy > 0 ? [{ ...deal, verified }] : [];
  });
  return { verified: found, ahead };
}
