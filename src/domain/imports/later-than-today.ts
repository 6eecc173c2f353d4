import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import type { Run } from "./import-settings.ts";

/** How many rows of an import that is in are dated later than today, so that nobody sees them yet, in whole or in part. */
export async function laterThanToday(db: Db, run: Run): Promise<number> {
  if (run.state !== "applied" || (run.what !== "opportunities" && run.what !== "changes" && run.what !== "activities")) return 0;
  const { rows } = await sql<{ n: number }>`select later_than_today(${run.id}) as n`.execute(db);
  return rows[0]?.n ?? 0;
}
