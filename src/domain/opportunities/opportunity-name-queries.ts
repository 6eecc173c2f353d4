import type { Db } from "../../platform/database.ts";

/** What these deals are called, by id; those the viewer may not see are missing. */
export async function opportunityNames(db: Db, orgId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("opportunity").select(["id", "name"]).where("org_id", "=", orgId).where("id", "in", ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
