import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

export interface Aspiration {
  id: string;
  words: string;
  /** Null: no number was said. */
  amountMinor: number | null;
  currency: string;
  saidAt: Date;
}

/** What this person said would be awesome in a year, the last first: as far as the viewer may read it. */
export function aspirationsOf(db: Db, orgId: string, personId: string, year: string, limit = 20): Promise<Aspiration[]> {
  return db
    .selectFrom("aspiration")
    .select(["id", "words", "amount_minor as amountMinor", "currency", "said_at as saidAt"])
    .where("org_id", "=", orgId)
    .where("person_id", "=", personId)
    .where("year_on", "=", year)
    .orderBy("said_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

export interface Consent {
  /** Something was said before the rep had the manager they have now. */
  isAsked: boolean;
  isGiven: boolean;
}

/** Does the rep's manager of today read what was said before their time? Only the rep and that manager learn it. */
export async function consentTo(db: Db, orgId: string, repId: string, managerId: string | null): Promise<Consent> {
  if (managerId === null) return { isAsked: false, isGiven: false };
  const { rows } = await sql<Consent>`
    select exists (select 1 from goal where org_id = ${orgId} and person_id = ${repId} and manager_id is distinct from ${managerId}::uuid)
        or exists (select 1 from aspiration where org_id = ${orgId} and person_id = ${repId} and manager_id is distinct from ${managerId}::uuid)
        as "isAsked",
      exists (select 1 from consent where org_id = ${orgId} and rep_id = ${repId} and manager_id = ${managerId}::uuid) as "isGiven"`.execute(
    db,
  );
  return rows[0] ?? { isAsked: false, isGiven: false };
}
