import { sql } from "kysely";
import type { App } from "../../platform/context.ts";

export interface SamplePerson {
  orgId: string;
  id: string;
  name: string;
  email: string;
  userId: string | null;
  roles: string[];
}

/** Everybody who can be tried out. Empty unless there is a sample company. */
export async function samplePeople(app: App): Promise<SamplePerson[]> {
  const rows = await app.database.auth
    .selectFrom("person as p")
    .innerJoin("organisation as o", "o.org_id", "p.org_id")
    .where("o.is_sample", "=", true)
    .where("p.left_on", "is", null)
    .select(["p.org_id as orgId", "p.id", "p.name", "p.email", "p.user_id as userId"])
    .select(
      sql<string[]>`array(select r.role from person_role r where r.org_id = p.org_id and r.person_id = p.id and r.until_on is null)`.as(
        "roles",
      ),
    )
    .orderBy("p.name")
    .execute();
  return rows.map((row) => ({ ...row, email: row.email ?? "" }));
}
