import { sql } from "kysely";
import { addDays } from "../../method/days.ts";
import type { Db } from "../../platform/database.ts";
import { signal } from "../../platform/record-event.ts";
import { withdrawMeetings } from "../meetings/withdraw-meetings.ts";

interface HandOver {
  orgId: string;
  /** The first day on which the pair is a pair no longer. */
  on: string;
  now: Date;
}

async function endAll(db: Db, { orgId, on, now }: HandOver, pair: { managerId?: string; personId: string }): Promise<number> {
  let query = db
    .updateTable("series")
    .set({ until_on: addDays(on, -1) })
    .where("org_id", "=", orgId)
    .where((eb) => eb.or([eb("until_on", "is", null), eb("until_on", ">=", on)]));
  query = pair.managerId
    ? query.where("rep_id", "=", pair.personId).where("manager_id", "=", pair.managerId)
    : query.where((eb) => eb.or([eb("rep_id", "=", pair.personId), eb("manager_id", "=", pair.personId)]));
  const ended = await query.returning(["id", "manager_id", "rep_id"]).execute();
  await withdrawMeetings(db, { orgId, seriesIds: ended.map(({ id }) => id), from: on, now });
  for (const person of new Set(ended.flatMap((row) => [row.manager_id, row.rep_id]))) await signal(db, `week:${person}`);
  return ended.length;
}

/**
 * A rep has another manager from `on`: the slots with the old one end the day before; what was held stays theirs. Meetings
 * somebody has put work into stay planned and are excused by the clock. In the caller's transaction, as an admin or a job.
 */
export const handOverSeries = (db: Db, over: HandOver & { managerId: string; repId: string }): Promise<number> =>
  endAll(db, over, { managerId: over.managerId, personId: over.repId });

/** Somebody leaves: `on` is the first day they are gone. All their slots end, on either side. */
export const endSeriesOfPerson = (db: Db, over: HandOver & { personId: string }): Promise<number> =>
  endAll(db, over, { personId: over.personId });

/**
 * What an import or a date in the future has left behind: slots of pairs whose reporting line has ended, and of people who
 * have left. A slot that never followed a reporting line (a leader with somebody else's rep) is nobody's leftover.
 */
export async function sweepHandOvers(db: Db, { orgId, now }: { orgId: string; now: Date }): Promise<number> {
  const today = now.toISOString().slice(0, 10);
  const { rows } = await sql<{ manager_id: string; rep_id: string; on: string }>`
    select s.manager_id, s.rep_id, max(l.until_on)::text as "on"
    from series s
    join reporting_line l on l.org_id = s.org_id and l.person_id = s.rep_id and l.manager_id = s.manager_id
      and l.from_on <= s.created_at::date and l.until_on > s.created_at::date
    where s.org_id = ${orgId} and (s.until_on is null or s.until_on >= l.until_on) and l.until_on <= ${today}::date
      and not exists (select 1 from reporting_line n where n.org_id = s.org_id and n.person_id = s.rep_id
        and n.manager_id = s.manager_id and n.from_on >= l.until_on)
    group by s.manager_id, s.rep_id`.execute(db);
  let ended = 0;
  for (const row of rows) ended += await handOverSeries(db, { orgId, now, on: row.on, managerId: row.manager_id, repId: row.rep_id });
  const gone = await db
    .selectFrom("person as p")
    .select(["p.id", "p.left_on"])
    .where("p.org_id", "=", orgId)
    .where("p.left_on", "<=", today)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("series as s")
          .select("s.id")
          .where("s.org_id", "=", orgId)
          .where((or) => or.or([or("s.rep_id", "=", or.ref("p.id")), or("s.manager_id", "=", or.ref("p.id"))]))
          .where((or) => or.or([or("s.until_on", "is", null), or("s.until_on", ">=", or.ref("p.left_on"))])),
      ),
    )
    .execute();
  for (const { id, left_on } of gone) ended += await endSeriesOfPerson(db, { orgId, now, on: left_on ?? today, personId: id });
  return ended;
}
