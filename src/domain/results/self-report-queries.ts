import type { Db } from "../../platform/database.ts";
import type { Measure } from "../preparations/preparation-queries.ts";

export interface Statement {
  stated: number;
  /** What it was at that moment; null where there was nothing to compare with. */
  actual: number | null;
}

export interface SelfReportLine {
  meetingId: string;
  kindName: string;
  plannedStart: Date;
  timeZone: string;
  figures: Partial<Record<Measure, Statement>>;
}

const mostMeetings = 60;

/** What a rep stated of own numbers before each one-on-one and what they were, newest first: of those the viewer may read. */
export async function selfReports(db: Db, orgId: string, repId: string): Promise<SelfReportLine[]> {
  const rows = await db
    .selectFrom("meeting as m")
    .innerJoin("kind as k", (on) => on.onRef("k.org_id", "=", "m.org_id").onRef("k.id", "=", "m.kind_id"))
    .innerJoin("preparation_figure as f", (on) => on.onRef("f.org_id", "=", "m.org_id").onRef("f.meeting_id", "=", "m.id"))
    .select([
      "m.id",
      "k.name as kindName",
      "m.planned_start as plannedStart",
      "m.time_zone as timeZone",
      "f.measure",
      "f.stated",
      "f.actual",
    ])
    .where("m.org_id", "=", orgId)
    .where("m.rep_id", "=", repId)
    .where("f.stated", "is not", null)
    .orderBy("m.planned_start", "desc")
    .orderBy("m.id")
    .limit(mostMeetings * 5)
    .execute();
  return [...Map.groupBy(rows, ({ id }) => id).values()].slice(0, mostMeetings).flatMap((mine) => {
    const [first] = mine;
    if (!first) return [];
    const figures = Object.fromEntries(mine.map(({ measure, stated, actual }) => [measure, { stated: stated ?? 0, actual }]));
    return [{ meetingId: first.id, kindName: first.kindName, plannedStart: first.plannedStart, timeZone: first.timeZone, figures }];
  });
}
