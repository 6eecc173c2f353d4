import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { newId } from "../../platform/new-id.ts";
import { signal } from "../../platform/record-event.ts";

interface Gone {
  id: string;
  manager_id: string;
  rep_id: string;
  /** Who is off, when that is why. */
  off_id?: string;
  /** The holiday of theirs, when it is one. */
  holiday?: string | null;
}

/** A planned one-on-one that began on time off or a holiday of one of the two, unless they moved it there knowing. */
async function excuseTimeOff(db: Db, orgId: string, now: Date): Promise<Gone[]> {
  const { rows } = await sql<Gone>`
    update meeting m set state = 'excused', excused_at = ${now}
    from (
      select distinct on (m.id) m.id, t.person_id as off_id, t.holiday from meeting m
      cross join lateral (
        select o.person_id, o.created_at, null as holiday from time_off o
        where o.org_id = m.org_id and o.person_id in (m.manager_id, m.rep_id)
          and (m.planned_start at time zone m.time_zone)::date between o.from_on and o.until_on
        union all
        select p.id, h.created_at, h.name from holiday h
        join person p on p.org_id = h.org_id and p.id in (m.manager_id, m.rep_id) and h.calendar_id = coalesce(p.holiday_calendar_id,
          (select c.id from holiday_calendar c where c.org_id = h.org_id and c.is_default))
        where h.org_id = m.org_id and h.on_day = (m.planned_start at time zone m.time_zone)::date) t
      where m.org_id = ${orgId} and m.state = 'planned' and m.planned_start <= ${now} and (m.moved_at is null or m.moved_at < t.created_at)
      order by m.id, t.holiday nulls first, t.created_at) off
    where m.org_id = ${orgId} and m.id = off.id and m.state = 'planned'
    returning m.id, m.manager_id, m.rep_id, off.off_id, off.holiday`.execute(db);
  return rows;
}

/** One kept planned after the pair was handed over: its people do not meet any more. */
async function excuseHandedOver(db: Db, orgId: string, now: Date): Promise<Gone[]> {
  const { rows } = await sql<Gone>`
    update meeting m set state = 'excused', excused_at = ${now}
    from person manager, person rep
    where m.org_id = ${orgId} and m.state = 'planned' and m.planned_start <= ${now}
      and manager.org_id = m.org_id and manager.id = m.manager_id and rep.org_id = m.org_id and rep.id = m.rep_id
      and (least(manager.left_on, rep.left_on) <= (m.planned_start at time zone m.time_zone)::date
        or (select max(coalesce(l.until_on, 'infinity'::date)) from reporting_line l
            where l.org_id = m.org_id and l.person_id = m.rep_id and l.manager_id = m.manager_id
              and l.from_on <= m.created_at::date and (l.until_on is null or l.until_on > m.created_at::date)) <= (m.planned_start at time zone m.time_zone)::date)
    returning m.id, m.manager_id, m.rep_id`.execute(db);
  return rows;
}

async function missed(db: Db, orgId: string, now: Date): Promise<Gone[]> {
  const { rows } = await sql<Gone>`
    update meeting m set state = 'missed', missed_at = ${now}
    from organisation o
    where m.org_id = ${orgId} and o.org_id = m.org_id and m.state = 'planned'
      and m.planned_start <= ${now}
      and m.planned_start + make_interval(mins => m.minutes, hours => o.missed_grace_hours) <= ${now}
    returning m.id, m.manager_id, m.rep_id`.execute(db);
  return rows;
}

async function writeDown(db: Db, orgId: string, now: Date, verb: "excuse" | "miss", gone: readonly Gone[], reason?: string): Promise<void> {
  if (gone.length === 0) return;
  await db
    .insertInto("event")
    .values(gone.map(({ id }) => ({ org_id: orgId, id: newId(), actor: "job", verb, noun: "meeting", noun_id: id, at: now })))
    .execute();
  if (reason)
    await db
      .insertInto("meeting_reason")
      .values(
        gone.map(({ id, off_id, manager_id, holiday }) => ({
          org_id: orgId,
          id: newId(),
          meeting_id: id,
          what: "excused" as const,
          reason: holiday ? `Holiday: ${holiday}` : reason,
          by_id: off_id ?? manager_id,
          at: now,
        })),
      )
      .execute();
  for (const { id } of gone) await signal(db, `meeting:${id}`);
  for (const person of new Set(gone.flatMap(({ manager_id, rep_id }) => [manager_id, rep_id]))) await signal(db, `week:${person}`);
}

/**
 * What becomes of one-on-ones nobody opened, as the clock sees it: on days off they are excused at their start; after the
 * organisation's hours of grace they are missed. Returns how many of each.
 */
export async function missMeetings(db: Db, { orgId, now }: { orgId: string; now: Date }): Promise<{ missed: number; excused: number }> {
  const off = await excuseTimeOff(db, orgId, now);
  await writeDown(db, orgId, now, "excuse", off, "Time off");
  const handedOver = await excuseHandedOver(db, orgId, now);
  await writeDown(db, orgId, now, "excuse", handedOver, "Handed over: these two do not meet any more");
  const gone = await missed(db, orgId, now);
  await writeDown(db, orgId, now, "miss", gone);
  return { missed: gone.length, excused: off.length + handedOver.length };
}
