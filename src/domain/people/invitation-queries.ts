import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

/** Who is here, can be written to, has no account, and no invitation that still works. */
export function peopleToInvite(db: Db, orgId: string, today: string, now: Date): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom("person as p")
    .select(["p.id", "p.name"])
    .where("p.org_id", "=", orgId)
    .where("p.user_id", "is", null)
    .where("p.email", "is not", null)
    .where((eb) => eb.or([eb("p.left_on", "is", null), eb("p.left_on", ">", today)]))
    .where(
      sql<boolean>`not exists (select 1 from access_link k where k.org_id = p.org_id and k.person_id = p.id
        and k.purpose = 'invitation' and k.used_at is null and k.expires_at > ${now})`,
    )
    .orderBy(sql`lower(p.name)`)
    .execute();
}
