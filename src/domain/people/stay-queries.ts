import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

/** From when until when somebody was here, YYYY-MM-DD, where it is known. */
export interface Stay {
  startedOn: string | null;
  /** The day from which on they are gone. */
  leftOn: string | null;
}

export async function staysOf(db: Db, orgId: string, personIds: readonly string[]): Promise<Map<string, Stay>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("person")
    .select(["id", "started_on as startedOn", "left_on as leftOn"])
    .where("org_id", "=", orgId)
    .where("id", "=", sql<string>`any(${personIds}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, ...stay }) => [id, stay]));
}
