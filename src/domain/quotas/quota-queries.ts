import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

export interface Quota {
  personId: string;
  /** YYYY-MM-01 */
  month: string;
  amountMinor: number;
  currency: string;
  /** Months the figure was given for; more than one where that of a quarter or a year is shared out. */
  shareOf: number;
}

interface Asked {
  orgId: string;
  personIds: readonly string[];
  /** First and last month, YYYY-MM-01. */
  from?: string | undefined;
  until?: string | undefined;
  /** Those after this one, by month and person. */
  after?: { month: string; personId: string } | null;
  limit: number;
}

/** Quotas of people by month, the earliest first. */
export async function listQuotas(db: Db, { orgId, personIds, from, until, after, limit }: Asked): Promise<Quota[]> {
  if (personIds.length === 0) return [];
  let query = db
    .selectFrom("quota")
    .select(["person_id as personId", "month", "amount_minor as amountMinor", "currency", "share_of as shareOf"])
    .where("org_id", "=", orgId)
    .where("person_id", "in", personIds);
  if (from) query = query.where("month", ">=", from);
  if (until) query = query.where("month", "<=", until);
  if (after) query = query.where(sql<boolean>`(month, person_id) > (${after.month}::date, ${after.personId}::uuid)`);
  return query.orderBy("month").orderBy("person_id").limit(limit).execute();
}

/** Every quota of these people from one month to another. */
export async function quotasIn(
  db: Db,
  { orgId, personIds, from, until }: { orgId: string; personIds: readonly string[]; from: string; until: string },
): Promise<Quota[]> {
  if (personIds.length === 0) return [];
  return db
    .selectFrom("quota")
    .select(["person_id as personId", "month", "amount_minor as amountMinor", "currency", "share_of as shareOf"])
    .where("org_id", "=", orgId)
    .where("person_id", "in", personIds)
    .where("month", ">=", from)
    .where("month", "<=", until)
    .orderBy("month")
    .execute();
}
