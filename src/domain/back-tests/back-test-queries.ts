import { sql } from "kysely";
import type { Estimate } from "../../method/estimate.ts";
import type { Db } from "../../platform/database.ts";
import type { BackTestReport } from "./back-test-report.ts";

/** Raise it whenever the shape of a report changes: one stored before counts as not there, and is made again. */
export const reportShape = 1;

export interface StoredBackTest {
  madeAt: Date;
  tookMs: number;
  report: Estimate<BackTestReport>;
}

/** The last back-test of the organisation; null while there is none, and for whoever may not read it. */
export async function storedBackTest(db: Db, orgId: string): Promise<StoredBackTest | null> {
  const row = await db
    .selectFrom("back_test")
    .select(["made_at as madeAt", "took_ms as tookMs"])
    // Only `keepBackTest` writes it, as this type, and the number of its shape is asked for below.
    .select(sql<Estimate<BackTestReport>>`report`.as("report"))
    .where("org_id", "=", orgId)
    .where("shape", "=", reportShape)
    .executeTakeFirst();
  return row ? { madeAt: row.madeAt, tookMs: row.tookMs, report: row.report as Estimate<BackTestReport> } : null;
}
