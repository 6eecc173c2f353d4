import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import type { Panel } from "../agendas/ready-made-kinds.ts";
import type { MeetingState } from "./meeting-access.ts";

/** One one-on-one of the viewer's week. */
export interface WeekMeeting {
  id: string;
  state: MeetingState;
  plannedStart: Date;
  movedFrom: Date | null;
  minutes: number;
  place: string;
  kindName: string;
  purpose: string;
  panels: Panel[];
  side: "manager" | "rep";
  managerId: string;
  managerName: string;
  repId: string;
  repName: string;
  agendaSentAt: Date | null;
  nudgedAt: Date | null;
  preparationStartedAt: Date | null;
  preparedAt: Date | null;
  /** How long it took, once it is closed. */
  heldMinutes: number | null;
  /** Promises of either side, once it is closed. */
  promisedHere: number;
  /** Why it falls out, as the pair may read it. */
  excusedFor: string | null;
  managerOff: boolean;
  repOff: boolean;
  /** The name of the holiday it falls on, for each of the two. */
  managerHoliday: string | null;
  repHoliday: string | null;
  pointsByRep: number;
  pointsByManager: number;
  /** When this pair last met before this one. */
  lastMetAt: Date | null;
  promises: Promises;
}

/** What the rep promised the last time, and what is late by now. */
export interface Promises {
  made: number;
  kept: number;
  settled: number;
  overdue: number;
}

/** Every one-on-one of the viewer that is planned within these instants, in order, in one query. */
export async function weekMeetings(
  db: Db,
  ctx: Pick<Ctx, "viewer">,
  range: { from: Date; to: Date; today: string },
): Promise<WeekMeeting[]> {
  const { orgId, personId: me } = ctx.viewer;
  const { rows } = await sql<Omit<WeekMeeting, "promises"> & Promises>`
    with m as materialized (
      select m.*, (m.planned_start at time zone m.time_zone)::date as on_day from meeting m
      where m.org_id = ${orgId} and m.planned_start >= ${range.from} and m.planned_start < ${range.to}
        and (m.manager_id = ${me} or m.rep_id = ${me} or m.co_coach_id = ${me})
    ), name as materialized (
      select p.id, p.name from person p where p.org_id = ${orgId} and p.id in (select manager_id from m union select rep_id from m)
    ), off as materialized (
      select * from days_off_between(${range.today}::date, (select max(on_day) from m), array(select id from name))
    ), version as materialized (
      select distinct on (a.kind_id) a.kind_id, a.id from agenda a
      where a.org_id = ${orgId} and a.kind_id in (select kind_id from m) order by a.kind_id, a.version desc
    )
    select m.id, m.state, m.planned_start as "plannedStart", m.moved_from as "movedFrom", m.minutes, m.place,
      k.name as "kindName", k.purpose,
      array(select distinct s.panel from section s where s.org_id = ${orgId} and s.agenda_id = coalesce(m.agenda_id, version.id)) as panels,
      case when m.rep_id = ${me} then 'rep' else 'manager' end as side,
      m.manager_id as "managerId", manager.name as "managerName", m.rep_id as "repId", rep.name as "repName",
      m.agenda_sent_at as "agendaSentAt", m.nudged_at as "nudgedAt", p.started_at as "preparationStartedAt", p.submitted_at as "preparedAt",
      round(extract(epoch from m.closed_at - m.opened_at) / 60)::int as "heldMinutes",
      case when m.state = 'closed' then (select count(*)::int from commitment x
        where x.org_id = m.org_id and x.meeting_id = m.id and x.withdrawn_at is null) else 0 end as "promisedHere",
      case when m.state = 'excused' then (select r.reason from meeting_reason r
        where r.org_id = m.org_id and r.meeting_id = m.id and r.what = 'excused' order by r.at desc limit 1) end as "excusedFor",
      exists (select 1 from off where off.person_id = m.manager_id and m.on_day between off.from_on and off.until_on) as "managerOff",
      exists (select 1 from off where off.person_id = m.rep_id and m.on_day between off.from_on and off.until_on) as "repOff",
      (select max(off.holiday) from off where off.person_id = m.manager_id and m.on_day between off.from_on and off.until_on) as "managerHoliday",
      (select max(off.holiday) from off where off.person_id = m.rep_id and m.on_day between off.from_on and off.until_on) as "repHoliday",
      coalesce(points.by_rep, 0)::int as "pointsByRep", coalesce(points.by_manager, 0)::int as "pointsByManager",
      last.opened_at as "lastMetAt",
      coalesce(c.made, 0)::int as made, coalesce(c.kept, 0)::int as kept, coalesce(c.settled, 0)::int as settled, coalesce(c.overdue, 0)::int as overdue
    from m
    join kind k on k.org_id = m.org_id and k.id = m.kind_id
    join name manager on manager.id = m.manager_id
    join name rep on rep.id = m.rep_id
    left join version on version.kind_id = m.kind_id
    left join preparation p on p.org_id = m.org_id and p.meeting_id = m.id
    left join lateral (
      select count(*) filter (where x.added_by = m.rep_id) as by_rep, count(*) filter (where x.added_by <> m.rep_id) as by_manager
      from point x where x.org_id = m.org_id and x.meeting_id = m.id and x.withdrawn_at is null) points on true
    left join lateral (
      select l.id, l.opened_at from meeting l
      where l.org_id = m.org_id and l.rep_id = m.rep_id and l.manager_id = m.manager_id and l.state = 'closed' and l.planned_start < m.planned_start
      order by l.planned_start desc limit 1) last on true
    left join lateral (
      select count(*) filter (where x.meeting_id = last.id) as made,
        count(*) filter (where x.meeting_id = last.id and x.outcome = 'kept') as kept,
        count(*) filter (where x.meeting_id = last.id and x.outcome is not null) as settled,
        count(*) filter (where x.outcome is null and x.due_on < ${range.today}::date) as overdue
      from commitment x
      where x.org_id = m.org_id and x.rep_id = m.rep_id and x.manager_id = m.manager_id and x.owner_id = m.rep_id and x.withdrawn_at is null
        and (x.meeting_id = last.id or x.outcome is null)) c on true
    order by m.planned_start, rep.name, m.id`.execute(db);
  return rows.map(({ made, kept, settled, overdue, ...row }) => ({ ...row, promises: { made, kept, settled, overdue } }));
}

/** When the first one-on-one of the viewer begins that is planned from an instant on; null where there is none. */
export async function nextPlanned(db: Db, { viewer: { orgId, personId: me } }: Pick<Ctx, "viewer">, from: Date): Promise<Date | null> {
  const row = await db
    .selectFrom("meeting")
    .select("planned_start as start")
    .where("org_id", "=", orgId)
    .where("state", "=", "planned")
    .where("planned_start", ">=", from)
    .where((on) => on.or([on("manager_id", "=", me), on("rep_id", "=", me), on("co_coach_id", "=", me)]))
    .orderBy("planned_start")
    .limit(1)
    .executeTakeFirst();
  return row?.start ?? null;
}

export interface Missed {
  id: string;
  managerId: string;
  repId: string;
  otherName: string;
  kindName: string;
  side: "manager" | "rep";
  plannedStart: Date;
  lastMetAt: Date | null;
}

/** The last missed one-on-one of each pair and kind of the viewer that has not been made good since. */
export async function missedNotMadeGood(db: Db, ctx: Pick<Ctx, "viewer">, since: Date): Promise<Missed[]> {
  const { orgId, personId: me } = ctx.viewer;
  const { rows } = await sql<Missed>`
    select distinct on (m.rep_id, m.manager_id, m.kind_id) m.id, m.manager_id as "managerId", m.rep_id as "repId",
      other.name as "otherName", k.name as "kindName",
      case when m.rep_id = ${me} then 'rep' else 'manager' end as side, m.planned_start as "plannedStart", last.opened_at as "lastMetAt"
    from meeting m
    join kind k on k.org_id = m.org_id and k.id = m.kind_id
    join person other on other.org_id = m.org_id and other.id = case when m.rep_id = ${me} then m.manager_id else m.rep_id end
    left join lateral (
      select l.opened_at from meeting l
      where l.org_id = m.org_id and l.rep_id = m.rep_id and l.manager_id = m.manager_id and l.state = 'closed'
      order by l.planned_start desc limit 1) last on true
    where m.org_id = ${orgId} and m.state = 'missed' and m.planned_start >= ${since}
      and (m.manager_id = ${me} or m.rep_id = ${me})
      and (last.opened_at is null or last.opened_at < m.planned_start)
    order by m.rep_id, m.manager_id, m.kind_id, m.planned_start desc`.execute(db);
  return rows.toSorted((a, b) => a.plannedStart.getTime() - b.plannedStart.getTime());
}

/** People who report to the viewer and with whom nobody has a one-on-one running or planned. */
export async function reportsWithoutSeries(db: Db, ctx: Pick<Ctx, "viewer">, today: string): Promise<{ id: string; name: string }[]> {
  const { orgId, personId: me } = ctx.viewer;
  return db
    .selectFrom("reporting_line as l")
    .innerJoin("person as p", (on) => on.onRef("p.org_id", "=", "l.org_id").onRef("p.id", "=", "l.person_id"))
    .select(["p.id", "p.name"])
    .where("l.org_id", "=", orgId)
    .where("l.manager_id", "=", me)
    .where("l.from_on", "<=", today)
    .where((eb) => eb.or([eb("l.until_on", "is", null), eb("l.until_on", ">", today)]))
    .where((eb) => eb.or([eb("p.left_on", "is", null), eb("p.left_on", ">", today)]))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("series as s")
            .select("s.id")
            .where("s.org_id", "=", orgId)
            .whereRef("s.rep_id", "=", "p.id")
            .where((or) => or.or([or("s.until_on", "is", null), or("s.until_on", ">=", today)])),
        ),
      ),
    )
    .orderBy("p.name")
    .execute();
}
