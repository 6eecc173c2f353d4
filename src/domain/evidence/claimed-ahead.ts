import type { Db } from "../../platform/database.ts";
import { opportunitiesAsOf } from "../opportunities/opportunities-as-of.ts";
import { type VerifiedDeal, verifiedStages } from "./verified-stages.ts";

export interface ClaimedAhead {
  ownerId: string;
  /** Open deals, and how many of them are claimed further than the customer has paid for. */
  open: number;
  deals: number;
  /** What those are worth, by currency, in minor units; deals without an amount add nothing. */
  sums: { currency: string; minor: number }[];
  /** Whole days the longest of them has been ahead. */
  longestDays: number;
  /** Stages ahead in all. */
  stages: number;
}

const day = 86_400_000;

/** Claimed ahead of verified, by owner and in no order: pages put the names in the order of the alphabet, never of the figures. */
export async function claimedAhead(
  db: Db,
  { orgId, ownerIds, at }: { orgId: string; ownerIds: readonly string[]; at: Date },
): Promise<Map<string, ClaimedAhead>> {
  const deals = await opportunitiesAsOf(db, { orgId, ownerIds, at, outcomes: ["open"] });
  return aheadByOwner({ ownerIds, deals, verified: await verifiedStages(db, { orgId, deals, at }), at });
}

interface Known {
  ownerIds: readonly string[];
  /** Open deals as they stood at the instant. */
  deals: readonly { id: string; ownerId: string; amountMinor: number | null; currency: string }[];
  verified: ReadonlyMap<string, VerifiedDeal>;
  at: Date;
}

/** The same where deals and verified stages are at hand. */
export function aheadByOwner({ ownerIds, deals, verified, at }: Known): Map<string, ClaimedAhead> {
  const found = new Map(ownerIds.map((ownerId) => [ownerId, none(ownerId)]));
  for (const { id, ownerId, amountMinor, currency } of deals) {
    const mine = found.get(ownerId);
    if (!mine) continue;
    mine.open++;
    const { aheadBy = 0, aheadSince = null } = verified.get(id) ?? {};
    if (aheadBy === 0) continue;
    mine.deals++;
    mine.stages += aheadBy;
    if (aheadSince) mine.longestDays = Math.max(mine.longestDays, Math.floor((at.getTime() - aheadSince.getTime()) / day));
    addSum(mine.sums, currency, amountMinor ?? 0);
  }
  return found;
}

const none = (ownerId: string): ClaimedAhead => ({ ownerId, open: 0, deals: 0, sums: [], longestDays: 0, stages: 0 });

function addSum(sums: ClaimedAhead["sums"], currency: string, minor: number): void {
  const sum = sums.find((one) => one.currency === currency);
  if (sum) sum.minor += minor;
  else sums.push({ currency, minor });
}
