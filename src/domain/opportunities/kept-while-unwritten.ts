import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { keptWhile } from "../../platform/kept-while.ts";
import { onceATransaction } from "../../platform/once-a-transaction.ts";

/** What was worked out from deals, prices and stages, kept until one of them is written: by another transaction than this. */
export async function keptWhileUnwritten<T>(db: Db, depends: readonly unknown[], make: () => Promise<T>): Promise<T> {
  return keptWhile(await versionOf(db), depends, make);
}

const versionOf = (db: Db): Promise<string> =>
  onceATransaction(db, "pipeline version", async () => {
    const { rows } = await sql<{ version: string }>`select pipeline_version_now()::text as version`.execute(db);
    return rows[0]?.version ?? "";
  });

const hour = 3_600_000;

/** The same for what moves with the clock, though slowly: worked out once an hour at least. */
export const keptForAnHour = <T>(db: Db, at: Date, depends: readonly unknown[], make: () => Promise<T>): Promise<T> =>
  keptWhileUnwritten(db, [...depends, Math.floor(at.getTime() / hour)], make);
