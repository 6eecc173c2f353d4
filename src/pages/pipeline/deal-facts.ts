import { verifiedStages } from "../../domain/evidence/verified-stages.ts";
import type { DealList } from "../../domain/opportunities/deal-list-queries.ts";
import type { DealScope } from "../../domain/opportunities/every-deal.ts";
import type { Db } from "../../platform/database.ts";

/** Claimed ahead of verified, of one owner. */
export interface OwnerAhead {
  ownerId: string;
  open: number;
  deals: number;
  /** What those are worth, by currency, in minor units; deals without an amount add nothing. */
  sums: { currency: string; minor: number }[];
  /** Whole days the longest of them has been ahead; null where there are too many to look at each one's history. */
  longestDays: number | null;
}

const day = 86_400_000;

/** By owner and in no order: pages put the names in the order of the alphabet, never of the figures. */
export async function aheadOf(db: Db, { orgId, at }: DealScope, list: DealList): Promise<Map<string, OwnerAhead>> {
  const found = new Map<string, OwnerAhead>();
  for (const { ownerId, currency, open, ahead, aheadMinor } of list.owners) {
    const mine = found.get(ownerId) ?? { ownerId, open: 0, deals: 0, sums: [], longestDays: list.ahead ? 0 : null };
    mine.open += open;
    mine.deals += ahead;
    if (ahead > 0) mine.sums.push({ currency, minor: aheadMinor });
    found.set(ownerId, mine);
  }
  if (!list.ahead || list.ahead.length === 0) return found;
  const verified = await verifiedStages(db, { orgId, deals: list.ahead, at });
  for (const { id, ownerId } of list.ahead) {
    const [mine, since] = [found.get(ownerId), verified.get(id)?.aheadSince];
    if (mine && since) mine.longestDays = Math.max(mine.longestDays ?? 0, Math.floor((at.getTime() - since.getTime()) / day));
  }
  return found;
}
