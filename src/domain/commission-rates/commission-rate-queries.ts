import { dayOf } from "../../method/day-numbers.ts";
import type { Db } from "../../platform/database.ts";

export interface CommissionRate {
  personId: string;
  /** YYYY-MM-DD */
  fromOn: string;
  /** Hundredths of a percent of what is won. */
  basisPoints: number;
}

/** Every dated rate of these people that the viewer may read, the newest first. */
export async function commissionRatesOf(db: Db, orgId: string, personIds: readonly string[]): Promise<CommissionRate[]> {
  if (personIds.length === 0) return [];
  return db
    .selectFrom("commission_rate")
    .select(["person_id as personId", "from_on as fromOn", "basis_points as basisPoints"])
    .where("org_id", "=", orgId)
    .where("person_id", "in", personIds)
    .orderBy("from_on", "desc")
    .execute();
}

/**
 * The rate that holds for each person on a day: the last one dated on or before it; no entry where there is none the viewer may read.
 * @param day a day number
 */
export async function commissionRateOn(
  db: Db,
  orgId: string,
  personIds: readonly string[],
  day: number,
): Promise<Map<string, CommissionRate>> {
  const found = new Map<string, CommissionRate>();
  for (const rate of await commissionRatesOf(db, orgId, personIds))
    if (rate.fromOn <= dayOf(day) && !found.has(rate.personId)) found.set(rate.personId, rate);
  return found;
}
