import { sql } from "kysely";
import { like } from "../../platform/like.ts";
import type { Db } from "../../platform/database.ts";
import { seriesRows, type SeriesView } from "./series-access.ts";

/** A series as an admin sees it: who, which kind and when. Neither the place nor how it goes. */
export type SeriesOfAll = Pick<
  SeriesView,
  "id" | "kindName" | "managerName" | "repName" | "rrule" | "localTime" | "timeZone" | "minutes"
> & {
  nextStart: Date | null;
};

interface Asked {
  today: string;
  now: Date;
  /** Part of a name of either person. */
  text: string;
  limit: number;
  offset: number;
}

/** Every running series of the organisation that has such a person, by manager and rep. */
export async function allSeries(
  db: Db,
  orgId: string,
  { today, now, text, limit, offset }: Asked,
): Promise<{ rows: SeriesOfAll[]; total: number }> {
  let query = seriesRows(db, orgId).where((eb) => eb.or([eb("s.until_on", "is", null), eb("s.until_on", ">=", today)]));
  if (text) query = query.where((eb) => eb.or([eb("manager.name", "ilike", like(text)), eb("rep.name", "ilike", like(text))]));
  const { total } = await query
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow();
  const rows = await query
    .clearSelect()
    .select(["s.id", "k.name as kindName", "manager.name as managerName", "rep.name as repName", "s.rrule"])
    .select(["s.local_time as localTime", "s.time_zone as timeZone", "s.minutes"])
    .select(
      sql<Date | null>`(select min(m.planned_start) from meeting m where m.org_id = s.org_id and m.series_id = s.id
        and m.state = 'planned' and m.planned_start > ${now})`.as("nextStart"),
    )
    .orderBy(sql`lower(manager.name)`)
    .orderBy(sql`lower(rep.name)`)
    .orderBy("k.position")
    .orderBy("s.id")
    .limit(limit)
    .offset(offset)
    .execute();
  return { rows: rows.map((row) => ({ ...row, localTime: row.localTime.slice(0, 5) })), total: Number(total) };
}
