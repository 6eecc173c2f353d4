import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { shapeVersion } from "./shape-version.ts";

/**
 * Takes some of the people whose numbers are due, the longest waiting first, until this transaction ends: others take other people.
 * What is marked from now on is due again; a transaction that fails leaves every mark where it was.
 */
export async function takeDue(db: Db, orgId: string, most: number): Promise<string[]> {
  // Materialized, so that only those taken are locked: the lock would else be asked for everybody who waits, in one large table of locks.
  const { rows } = await sql<{ id: string }>`
    with waiting as materialized (
      select person_id as id from numbers_due where org_id = ${orgId} group by person_id order by min(since), person_id)
    select w.id from waiting w
    where pg_try_advisory_xact_lock(hashtextextended(${`numbers ${orgId}`} || w.id, 0)) limit ${most}`.execute(db);
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await db.deleteFrom("numbers_due").where("org_id", "=", orgId).where("person_id", "in", ids).execute();
  return ids;
}

/** How many people's numbers are due, counted up to a bound. */
export async function countDue(db: Db, orgId: string, most: number): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select count(*)::int as people from (select distinct person_id from numbers_due where org_id = ${orgId} limit ${most}) p`.execute(db);
  return rows[0]?.people ?? 0;
}

/** Marks everybody whose numbers are not of this day: a new day moves numbers. @param today YYYY-MM-DD */
export async function markOutdated(db: Db, { orgId, today, now }: { orgId: string; today: string; now: Date }): Promise<void> {
  await sql`
    insert into numbers_due (org_id, person_id, since)
    select ${orgId}, p.id, ${now}::timestamptz from people_without_numbers(${today}::date, ${shapeVersion}::smallint) p(id)
    where not exists (select 1 from numbers_due d where d.org_id = ${orgId} and d.person_id = p.id)
    on conflict do nothing`.execute(db);
}
