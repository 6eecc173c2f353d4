import { sql } from "kysely";
import { addDays, dayAt, mondayOf, startOfDay } from "../../method/days.ts";
import type { Db } from "../../platform/database.ts";

export interface Activity {
  id: string;
  externalId: string;
  /** call, meeting, mail, demo, or another word. */
  type: string;
  personId: string;
  personName: string;
  at: Date;
  /** False for one that is only planned. */
  isDone: boolean;
  opportunityId: string | null;
  accountId: string | null;
  subject: string | null;
}

interface Asked {
  orgId: string;
  opportunityId?: string | undefined;
  personIds?: readonly string[] | undefined;
  /** From this instant on. */
  from?: Date | undefined;
  /** Up to and with this instant: what is later is left out. */
  until: Date;
  /** Only those before this one, in the order in which they come. */
  after?: { at: Date; id: string } | null;
  limit?: number;
}

/** Activities the viewer may see, newest first: those of a deal for its time line, or those of some people. */
export async function activitiesOf(
  db: Db,
  { orgId, opportunityId, personIds, from, until, after, limit = 200 }: Asked,
): Promise<Activity[]> {
  if (personIds?.length === 0) return [];
  let query = db
    .selectFrom("activity as a")
    .leftJoin("person as p", (on) => on.onRef("p.org_id", "=", "a.org_id").onRef("p.id", "=", "a.person_id"))
    .select(["a.id", "a.external_id as externalId", "a.type", "a.person_id as personId", "a.at"])
    // On a deal handed over: somebody the viewer does not know by name.
    .select(sql<string>`coalesce(p.name, 'a colleague')`.as("personName"))
    .select(["a.is_done as isDone", "a.opportunity_id as opportunityId", "a.account_id as accountId", "a.subject"])
    .where("a.org_id", "=", orgId)
    .where("a.at", "<=", until);
  if (opportunityId !== undefined) query = query.where("a.opportunity_id", "=", opportunityId);
  if (personIds) query = query.where("a.person_id", "in", personIds);
  if (from) query = query.where("a.at", ">=", from);
  if (after) query = query.where(sql<boolean>`(a.at, a.id) < (${after.at}, ${after.id}::uuid)`);
  return query.orderBy("a.at", "desc").orderBy("a.id", "desc").limit(limit).execute();
}

export interface ActivityWeek {
  /** Its Monday, YYYY-MM-DD. */
  week: string;
  call: number;
  meeting: number;
  mail: number;
  demo: number;
  other: number;
}

/**
 * What one person has done in each of the last weeks, this one first, for themselves and those above: whoever sees but some of it,
 * on a deal of their own, is told no count. Empty when nothing at all is known of them.
 */
export async function activityWeeks(
  db: Db,
  { orgId, personId, now, timeZone, weeks = 6 }: { orgId: string; personId: string; now: Date; timeZone: string; weeks?: number },
): Promise<ActivityWeek[]> {
  const monday = mondayOf(dayAt(now, timeZone));
  const first = addDays(monday, -7 * (weeks - 1));
  const { rows } = await sql<ActivityWeek>`
    select date_trunc('week', at at time zone ${timeZone})::date as week,
      count(*) filter (where type = 'call')::int as call, count(*) filter (where type = 'meeting')::int as meeting,
      count(*) filter (where type = 'mail')::int as mail, count(*) filter (where type = 'demo')::int as demo,
      count(*) filter (where type not in ('call', 'meeting', 'mail', 'demo'))::int as other
    from activity
    where org_id = ${orgId} and person_id = ${personId} and (person_id = viewer_id() or person_id in (select viewer_tree())) and is_done and at >= ${startOfDay(first, timeZone)} and at <= ${now}
    group by 1`.execute(db);
  if (rows.length === 0) return [];
  const byWeek = new Map(rows.map((row) => [row.week, row]));
  return Array.from({ length: weeks }, (_, back) => {
    const week = addDays(monday, -7 * back);
    return byWeek.get(week) ?? { week, call: 0, meeting: 0, mail: 0, demo: 0, other: 0 };
  });
}
