import type { Db } from "../../platform/database.ts";

export interface Timing {
  sectionId: string;
  startedAt: Date;
  endedAt: Date | null;
}

/** When each section ran, in order. */
export async function timingsOf(db: Db, orgId: string, meetingId: string): Promise<Timing[]> {
  return db
    .selectFrom("section_timing")
    .select(["section_id as sectionId", "started_at as startedAt", "ended_at as endedAt"])
    .where("org_id", "=", orgId)
    .where("meeting_id", "=", meetingId)
    .orderBy("started_at")
    .orderBy("id")
    .execute();
}

/** The last pivot of each section. */
export async function pivotsOf(db: Db, orgId: string, meetingId: string): Promise<Map<string, "inform" | "praise">> {
  const rows = await db
    .selectFrom("pivot")
    .select(["section_id", "choice"])
    .where("org_id", "=", orgId)
    .where("meeting_id", "=", meetingId)
    .orderBy("at")
    .orderBy("id")
    .execute();
  return new Map(rows.map((row) => [row.section_id, row.choice]));
}

/** The next planned one-on-one of the pair after an instant: commitments are due by then. */
export async function nextPlanned(
  db: Db,
  pair: { orgId: string; managerId: string; repId: string },
  after: Date,
): Promise<{ id: string; plannedStart: Date; timeZone: string } | undefined> {
  return db
    .selectFrom("meeting")
    .select(["id", "planned_start as plannedStart", "time_zone as timeZone"])
    .where("org_id", "=", pair.orgId)
    .where("manager_id", "=", pair.managerId)
    .where("rep_id", "=", pair.repId)
    .where("state", "=", "planned")
    .where("planned_start", ">", after)
    .orderBy("planned_start")
    .limit(1)
    .executeTakeFirst();
}
