import { sql } from "kysely";
import { addDays } from "../../method/days.ts";
import type { DaysOff } from "../../method/occurrences.ts";
import { type PastMeeting, type Streak, streakOf } from "../../method/streak.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { isAdmin } from "../../platform/viewer.ts";
import { peopleWithManager } from "../people/people-with-manager-queries.ts";
import { seriesRows, type SeriesView } from "./series-access.ts";

export type SeriesLine = Omit<SeriesView, "mayChange"> & { nextStart: Date | null; streak: Streak };

interface Asked {
  /** Only this person's; without it the viewer's own. */
  personId: string;
  today: string;
  now: Date;
}

/** The running series of a person, on either side, each with its next date and what the pair's past says. */
export async function seriesOfPerson(db: Db, orgId: string, { personId, today, now }: Asked): Promise<SeriesLine[]> {
  const rows = await seriesRows(db, orgId)
    .select(
      sql<Date | null>`(select min(m.planned_start) from meeting m where m.org_id = s.org_id and m.series_id = s.id
        and m.state = 'planned' and m.planned_start > ${now})`.as("nextStart"),
    )
    .where((eb) => eb.or([eb("s.manager_id", "=", personId), eb("s.rep_id", "=", personId), eb("s.co_coach_id", "=", personId)]))
    .where((eb) => eb.or([eb("s.until_on", "is", null), eb("s.until_on", ">=", today)]))
    .orderBy("rep.name")
    .orderBy("k.position")
    .orderBy("s.starts_on")
    .execute();
  const past = await pastOfPairs(db, orgId, personId, now);
  return rows.map((row) => ({
    ...row,
    localTime: row.localTime.slice(0, 5),
    streak: streakOf(past.get(`${row.managerId} ${row.repId} ${row.kindId}`) ?? [], now),
  }));
}

const yearBack = 365 * 86_400_000;

/** What became of each pair's one-on-ones of each kind in the last year: states and times alone. */
async function pastOfPairs(db: Db, orgId: string, personId: string, now: Date): Promise<Map<string, PastMeeting[]>> {
  const rows = await db
    .selectFrom("meeting")
    .select(["manager_id", "rep_id", "kind_id", "state", sql<Date>`coalesce(opened_at, planned_start)`.as("at")])
    .where("org_id", "=", orgId)
    .where((eb) => eb.or([eb("manager_id", "=", personId), eb("rep_id", "=", personId), eb("co_coach_id", "=", personId)]))
    .where("state", "in", ["closed", "excused", "missed"])
    .where("planned_start", ">=", new Date(now.getTime() - yearBack))
    .where("planned_start", "<=", now)
    .execute();
  const pairs = new Map<string, PastMeeting[]>();
  for (const { manager_id, rep_id, kind_id, state, at } of rows) {
    const key = `${manager_id} ${rep_id} ${kind_id}`;
    pairs.set(key, [...(pairs.get(key) ?? []), { state: state as PastMeeting["state"], at }]);
  }
  return pairs;
}

export interface RepChoice {
  id: string;
  name: string;
  team: string | null;
  managerId: string | null;
  timeZone: string;
  /** How many series this person has already. */
  series: number;
}

/** With whom the viewer may make a series: everybody below them; for an admin everybody who reports to somebody or is a rep. */
export async function repChoices(db: Db, ctx: Pick<Ctx, "viewer">, today: string): Promise<RepChoice[]> {
  let query = peopleWithManager(db, ctx.viewer.orgId, today)
    .select(["p.id", "p.name", "p.team", "l.manager_id as managerId", "p.time_zone as timeZone"])
    .select(
      sql<number>`(select count(*)::int from series s where s.org_id = p.org_id and s.rep_id = p.id
        and (s.until_on is null or s.until_on >= ${today}::date))`.as("series"),
    )
    .where((eb) => eb.or([eb("p.left_on", "is", null), eb("p.left_on", ">", today)]));
  query = isAdmin(ctx.viewer)
    ? query.where((eb) =>
        eb.or([
          eb("l.manager_id", "is not", null),
          sql<boolean>`exists (select 1 from person_role r where r.org_id = p.org_id and r.person_id = p.id and r.role = 'rep'
            and r.from_on <= ${today}::date and (r.until_on is null or r.until_on > ${today}::date))`,
        ]),
      )
    : query.where(sql<boolean>`p.id in (select viewer_tree())`);
  const rows = await query
    .orderBy(sql`lower(p.name)`)
    .limit(2000)
    .execute();
  const me = ctx.viewer.personId;
  return rows.filter(({ id }) => id !== me).toSorted((a, b) => Number(b.managerId === me) - Number(a.managerId === me));
}

export interface KindChoice {
  id: string;
  slug: string;
  name: string;
  purpose: string;
  rrule: string;
  minutes: number;
  sections: { title: string; minutes: number }[];
}

/** The kinds one can choose from, each with the sections of its newest agenda. */
export async function kindChoices(db: Db, orgId: string): Promise<KindChoice[]> {
  return db
    .selectFrom("kind as k")
    .select(["k.id", "k.slug", "k.name", "k.purpose", "k.rrule", "k.minutes"])
    .select(
      sql<
        { title: string; minutes: number }[]
      >`coalesce((select json_agg(json_build_object('title', s.title, 'minutes', s.minutes) order by s.position)
        from section s where s.org_id = k.org_id and s.agenda_id = (
          select a.id from agenda a where a.org_id = k.org_id and a.kind_id = k.id order by a.version desc limit 1)), '[]')`.as("sections"),
    )
    .where("k.org_id", "=", orgId)
    .where("k.archived_at", "is", null)
    .orderBy("k.position")
    .execute();
}

/** Time off and holidays of these people in the coming year. Of somebody the viewer does not know there are none. */
export async function daysOffOf(db: Db, personIds: readonly string[], today: string): Promise<DaysOff[]> {
  const { rows } = await sql<DaysOff>`
    select person_id as "personId", from_on as "fromOn", until_on as "untilOn", holiday
    from days_off_between(${today}::date, ${addDays(today, 366)}::date, ${[...personIds]}::uuid[])
    order by from_on, until_on, holiday nulls first`.execute(db);
  return rows;
}

export interface Busy {
  start: Date;
  end: Date;
  otherName: string;
  kindName: string;
}

/** When a manager is in other one-on-ones, from now on. */
export async function busyTimes(db: Db, orgId: string, managerId: string, now: Date, butSeriesId: string | null): Promise<Busy[]> {
  let query = db
    .selectFrom("meeting as m")
    .innerJoin("person as p", (on) => on.onRef("p.org_id", "=", "m.org_id").onRef("p.id", "=", "m.rep_id"))
    .innerJoin("kind as k", (on) => on.onRef("k.org_id", "=", "m.org_id").onRef("k.id", "=", "m.kind_id"))
    .select(["m.planned_start as start", "m.minutes", "p.name as otherName", "k.name as kindName"])
    .where("m.org_id", "=", orgId)
    .where("m.manager_id", "=", managerId)
    .where("m.state", "=", "planned")
    .where("m.planned_start", ">", now);
  if (butSeriesId) query = query.where((eb) => eb.or([eb("m.series_id", "is", null), eb("m.series_id", "<>", butSeriesId)]));
  const rows = await query.orderBy("m.planned_start").execute();
  return rows.map(({ start, minutes, otherName, kindName }) => ({
    start,
    otherName,
    kindName,
    end: new Date(start.getTime() + minutes * 60_000),
  }));
}

export interface Upcoming {
  id: string;
  plannedStart: Date;
  movedFrom: Date | null;
  state: "planned" | "open" | "closed" | "excused" | "missed";
}

/** The next meetings of a series, as they are planned. */
export const upcomingOf = (db: Db, orgId: string, seriesId: string, now: Date): Promise<Upcoming[]> =>
  db
    .selectFrom("meeting")
    .select(["id", "planned_start as plannedStart", "moved_from as movedFrom", "state"])
    .where("org_id", "=", orgId)
    .where("series_id", "=", seriesId)
    .where("planned_start", ">", now)
    .orderBy("planned_start")
    .limit(6)
    .execute();
