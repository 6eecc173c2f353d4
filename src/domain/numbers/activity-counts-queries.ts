import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

/** What one person did, as far as it is known here. */
export interface ActivityCounts {
  /** Their first activity ever known, a day number. */
  firstOn: number;
  /** Done, by type and by week: the week is its Monday, a day number; `done` of those on or after the day asked from. */
  counts: { type: string; week: number; done: number; inWindow: number }[];
}

interface Asked {
  orgId: string;
  personIds: readonly string[];
  timeZone: string;
  /** The first day that counts, and the first day of the weeks: day numbers. */
  from: number;
  weeksFrom: number;
  /** The instant: nothing later is read. */
  at: Date;
}

/** Activities done, by person, type and week. People without any have no entry. */
export async function activityCounts(db: Db, asked: Asked): Promise<Map<string, ActivityCounts>> {
  const { orgId, personIds, timeZone, from, weeksFrom, at } = asked;
  const { rows } = await sql<{ personId: string; firstOn: number; type: string; week: number; done: number; inWindow: number }>`
    with mine as (
      select p.id, f.first from unnest(${personIds}::uuid[]) p(id) cross join lateral (
        select (a.at at time zone ${timeZone})::date - date '1970-01-01' as first from activity a
        where a.org_id = ${orgId} and a.person_id = p.id and a.is_done and a.at <= ${at}::timestamptz order by a.at limit 1) f)
    select m.id as "personId", m.first as "firstOn", d.type, date_trunc('week', d.day)::date - date '1970-01-01' as week,
      count(*)::int as done, (count(*) filter (where d.day - date '1970-01-01' >= greatest(${from}::int, m.first)))::int as "inWindow"
    from mine m cross join lateral (
      select a.type, (a.at at time zone ${timeZone})::date as day from activity a
      where a.org_id = ${orgId} and a.person_id = m.id and a.is_done and a.at <= ${at}::timestamptz
        and a.at >= (date '1970-01-01' + least(${from}::int, ${weeksFrom}::int) - 1)) d
    group by 1, 2, 3, 4 order by 1, 3, 4`.execute(db);
  return new Map(
    [...Map.groupBy(rows, ({ personId }) => personId)].map(([personId, mine]) => [
      personId,
      { firstOn: mine[0]?.firstOn ?? 0, counts: mine.map(({ type, week, done, inWindow }) => ({ type, week, done, inWindow })) },
    ]),
  );
}
