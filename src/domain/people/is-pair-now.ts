import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

/** Whether this manager leads this rep today. */
export async function isPairNow(db: Db, repId: string, managerId: string): Promise<boolean> {
  const { rows } = await sql<{ now: boolean | null }>`select is_pair_now(${repId}, ${managerId}) as now`.execute(db);
  return rows[0]?.now === true;
}
