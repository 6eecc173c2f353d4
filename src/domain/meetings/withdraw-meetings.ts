import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

/**
 * Takes back what a series still had planned from a day on. A meeting that somebody moved, prepared or added a point to
 * stays: it is returned, so that people can be told.
 */
export async function withdrawMeetings(
  db: Db,
  { orgId, seriesIds, from, now }: { orgId: string; seriesIds: readonly string[]; from: string; now: Date },
): Promise<{ id: string; plannedStart: Date }[]> {
  if (seriesIds.length === 0) return [];
  const ahead = db
    .selectFrom("meeting")
    .select("id")
    .where("org_id", "=", orgId)
    .where("series_id", "in", [...seriesIds])
    .where("state", "=", "planned")
    .where("occurrence_on", ">=", from)
    .where("planned_start", ">", now);
  await db
    .deleteFrom("meeting")
    .where("org_id", "=", orgId)
    .where("id", "in", ahead)
    .where(sql<boolean>`not is_touched(id)`)
    .execute();
  return ahead.select("planned_start as plannedStart").orderBy("planned_start").execute();
}
