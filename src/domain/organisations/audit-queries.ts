import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

export interface AuditRow {
  at: Date;
  who: string;
  what: string;
  noun: string;
  /** The person it was about, where it was about one. */
  about: string | null;
  kind: "did" | "read";
}

/** Who did what and who opened whose record, newest first, before an instant. Never any content. */
export async function auditRows(
  db: Db,
  orgId: string,
  filter: { before: Date; kind: "all" | "did" | "read"; limit: number },
): Promise<AuditRow[]> {
  const { before, kind, limit } = filter;
  const { rows } = await sql<AuditRow>`
    select * from (
      (select e.at, coalesce(w.name, case e.actor when 'job' then 'The clock' when 'import' then 'An import' else 'Set-up' end) as who,
         e.verb as what, e.noun, a.name as about, 'did' as kind, e.id
       from event e
       left join person w on w.org_id = e.org_id and w.id = e.actor_id
       left join person a on a.org_id = e.org_id and a.id = e.noun_id
       where e.org_id = ${orgId} and e.at < ${before} and ${kind} <> 'read'
       order by e.at desc, e.id desc limit ${limit})
      union all
      (select r.at, coalesce(w.name, 'Somebody') as who, 'opened' as what, r.what as noun, a.name as about, 'read' as kind, r.id
       from reading r
       left join person w on w.org_id = r.org_id and w.id = r.reader_id
       left join person a on a.org_id = r.org_id and a.id = r.person_id
       where r.org_id = ${orgId} and r.at < ${before} and ${kind} <> 'did'
       order by r.at desc, r.id desc limit ${limit})
    ) rows order by at desc, id desc limit ${limit}`.execute(db);
  return rows;
}

export interface ReadingOfMine {
  at: Date;
  reader: string;
  what: string;
}

/** Who, outside the pair, has opened this person's record. */
export function readingsOf(db: Db, orgId: string, personId: string, limit = 50): Promise<ReadingOfMine[]> {
  return db
    .selectFrom("reading as r")
    .leftJoin(sql<{ id: string; name: string }>`names_of_my_readers()`.as("p"), (on) => on.onRef("p.id", "=", "r.reader_id"))
    .select(["r.at", "r.what"])
    .select(sql<string>`coalesce(p.name, 'Somebody')`.as("reader"))
    .where("r.org_id", "=", orgId)
    .where("r.person_id", "=", personId)
    .orderBy("r.at", "desc")
    .limit(limit)
    .execute();
}
