import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { keptForAnHour } from "./kept-while-unwritten.ts";

const leastDays = 7;

/**
 * How long an owner's deals usually lie still: nine of ten pauses between two changes in the year before were shorter, of the
 * owner's latest sixty deals. Owners with fewer than twenty pauses have no usual; it is never taken as less than a week.
 */
export async function usualQuietDays(
  db: Db,
  { orgId, viewerId, ownerIds, at }: { orgId: string; viewerId: string; ownerIds: readonly string[]; at: Date },
): Promise<Map<string, number>> {
  return keptForAnHour(db, at, ["usual quiet days", orgId, viewerId, ownerIds], () => askedOf(db, { orgId, ownerIds, at }));
}

async function askedOf(
  db: Db,
  { orgId, ownerIds, at }: { orgId: string; ownerIds: readonly string[]; at: Date },
): Promise<Map<string, number>> {
  const { rows } = await sql<{ owner_id: string; days: number }>`
    select owner_id, days from usual_quiet_days(${ownerIds}::uuid[], ${at}::timestamptz) where viewer_org() = ${orgId}`.execute(db);
  return new Map(rows.map(({ owner_id, days }) => [owner_id, Math.max(leastDays, days)]));
}
