import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { changedSince } from "./opportunities-as-of.ts";
import { reconstruct } from "./reconstruct.ts";

export interface MonthResult {
  /** YYYY-MM-01 */
  month: string;
  wonMinor: number;
  /** null when no quota is set for the month. */
  quotaMinor: number | null;
  currency: string;
}

export interface PersonResults {
  /** One for each month asked for, in the order asked. */
  months: MonthResult[];
}

interface Asked {
  orgId: string;
  personIds: readonly string[];
  /** YYYY-MM-01 each. */
  months: readonly string[];
  at: Date;
}

/** Won amount and quota by person and month, as known at an instant. Every person asked for has an entry. */
export async function monthResults(db: Db, { orgId, personIds, months, at }: Asked): Promise<Map<string, PersonResults>> {
  const { currency } = await db.selectFrom("organisation").select("currency").where("org_id", "=", orgId).executeTakeFirstOrThrow();
  const won = await wonByMonth(db, { orgId, personIds, months, at });
  const quotas = personIds.length === 0 ? [] : await db.selectFrom("quota").select(["person_id", "month", "amount_minor"]).where("org_id", "=", orgId).where("person_id", "in", personIds).where("month", "in", months).execute();
  const quota = new Map(quotas.map((row) => [`${row.person_id} ${row.month}`, row.amount_minor]));
  return new Map(
    personIds.map((id) => [
      id,
      { months: months.map((month) => ({ month, wonMinor: won.get(`${id} ${month}`) ?? 0, quotaMinor: quota.get(`${id} ${month}`) ?? null, currency })) },
    ]),
  );
}

async function wonByMonth(db: Db, { orgId, personIds, months, at }: Asked): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  const sorted = [...months].toSorted();
  const first = sorted[0];
  const last = sorted.at(-1);
  if (!first || !last || personIds.length === 0) return sums;
  const end = Temporal.PlainDate.from(last).add({ months: 1 }).toString();
  const add = (owner: string, closeOn: string | null, amount: number | null) => {
    const key = `${owner} ${(closeOn ?? "").slice(0, 7)}-01`;
    sums.set(key, (sums.get(key) ?? 0) + (amount ?? 0));
  };
  const rows = await db
    .selectFrom("opportunity")
    .select(["owner_id", sql<string>`date_trunc('month', close_on)::date`.as("month"), sql<number>`coalesce(sum(amount_minor), 0)::bigint`.as("sum")])
    .where("org_id", "=", orgId)
    .where("owner_id", "in", personIds)
    .where("outcome", "=", "won")
    .where("close_on", ">=", first)
    .where("close_on", "<", end)
    .where("last_change_at", "<=", at)
    .groupBy([sql`1`, sql`2`])
    .execute();
  for (const row of rows) add(row.owner_id, row.month, row.sum);
  const past = await reconstruct(db, orgId, await changedSince(db, { orgId, ownerIds: personIds, at }), at);
  for (const deal of past) if (deal.outcome === "won" && deal.closeOn && deal.closeOn >= first && deal.closeOn < end) add(deal.ownerId, deal.closeOn, deal.amountMinor);
  return sums;
}
