import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { keptWhile } from "../../platform/kept-while.ts";

/** What was worked out from deals, prices and stages, kept until one of them is written. */
export async function keptWhileUnwritten<T>(db: Db, depends: readonly unknown[], make: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{ version: string }>`select pipeline_version_now()::text as version`.execute(db);
  return keptWhile(rows[0]?.version ?? "", depends, make);
}

const hour = 3_600_000;

/** The same for what moves with the clock, though slowly: worked out once an hour at least. */
export const keptForAnHour = <T>(db: Db, at: Date, depends: readonly unknown[], make: () => Promise<T>): Promise<T> =>
  keptWhileUnwritten(db, [...depends, Math.floor(at.getTime() / hour)], make);
