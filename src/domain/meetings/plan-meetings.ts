import { sql } from "kysely";
import { addDays, dayAt } from "../../method/days.ts";
import { occurrences } from "../../method/occurrences.ts";
import type { Db } from "../../platform/database.ts";
import { newId } from "../../platform/new-id.ts";

const weeksAhead = 9;
const batch = 500;

interface Scope {
  orgId: string;
  now: Date;
  /** Only these; without it every running series of the organisation. */
  seriesIds?: readonly string[];
}

type SeriesToPlan = Awaited<ReturnType<typeof seriesToPlan>>[number];

function seriesToPlan(db: Db, { orgId, now, seriesIds }: Scope) {
  const today = now.toISOString().slice(0, 10);
  let query = db
    .selectFrom("series as s")
    .innerJoin("person as manager", (on) => on.onRef("manager.org_id", "=", "s.org_id").onRef("manager.id", "=", "s.manager_id"))
    .innerJoin("person as rep", (on) => on.onRef("rep.org_id", "=", "s.org_id").onRef("rep.id", "=", "s.rep_id"))
    .selectAll("s")
    .select(sql<string | null>`least(manager.left_on, rep.left_on)`.as("left_on"))
    // Meetings of the slot this one follows that stay where they are, because somebody has put work into them.
    .select(
      sql<string[]>`array(select distinct m.occurrence_on::text from series o join meeting m on m.org_id = o.org_id and m.series_id = o.id
        where s.follows_id is not null and o.org_id = s.org_id and o.rep_id = s.rep_id and o.manager_id = s.manager_id
          and o.kind_id = s.kind_id and o.id <> s.id and o.until_on < s.starts_on and m.state = 'planned' and m.occurrence_on >= s.starts_on)`.as(
        "stays",
      ),
    )
    .where("s.org_id", "=", orgId)
    .where((eb) => eb.or([eb("s.until_on", "is", null), eb("s.until_on", ">=", addDays(today, -1))]));
  if (seriesIds) query = query.where("s.id", "in", [...seriesIds]);
  return query.execute();
}

const weekOf = (day: string): string => {
  const date = Temporal.PlainDate.from(day);
  return `${date.yearOfWeek}-${date.weekOfYear}`;
};

function meetingsOf(series: SeriesToPlan, now: Date) {
  const today = dayAt(now, series.time_zone);
  const slot = {
    rrule: series.rrule,
    startsOn: series.starts_on,
    untilOn: series.until_on,
    localTime: series.local_time,
    timeZone: series.time_zone,
  };
  const taken = new Set(series.stays.map(weekOf));
  return occurrences(slot, { from: today, to: addDays(today, weeksAhead * 7) })
    .filter(({ on, start }) => start > now && (series.left_on === null || on < series.left_on) && !taken.has(weekOf(on)))
    .map(({ on, start }) => ({
      org_id: series.org_id,
      id: newId(),
      series_id: series.id,
      kind_id: series.kind_id,
      manager_id: series.manager_id,
      rep_id: series.rep_id,
      co_coach_id: series.co_coach_id,
      occurrence_on: on,
      planned_start: start,
      minutes: series.minutes,
      time_zone: series.time_zone,
      place: series.place,
      created_at: now,
    }));
}

/**
 * Writes the meetings of the coming nine weeks of every running series (or of those given) as rows. What is there stays as
 * it is, also when it was moved or excused: planning again adds nothing. Returns how many are new.
 */
export async function planMeetings(db: Db, scope: Scope): Promise<number> {
  if (scope.seriesIds?.length === 0) return 0;
  const rows = (await seriesToPlan(db, scope)).flatMap((series) => meetingsOf(series, scope.now));
  let made = 0;
  for (let i = 0; i < rows.length; i += batch) {
    const result = await db
      .insertInto("meeting")
      .values(rows.slice(i, i + batch))
      .onConflict((on) => on.columns(["org_id", "series_id", "occurrence_on"]).doNothing())
      .executeTakeFirst();
    made += Number(result.numInsertedOrUpdatedRows ?? 0);
  }
  return made;
}
