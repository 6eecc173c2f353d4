import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

interface Kept {
  version: string;
  value: unknown;
}

const mostKept = 200;
const kept = new Map<string, Kept>();

/**
 * What was worked out from deals, prices and stages, until one of them is written: kept in this process, asked again by all that
 * the answer depends on. `depends` names the question, who asks and of whom.
 */
export async function keptWhileUnwritten<T>(db: Db, depends: readonly unknown[], make: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{ version: string }>`select pipeline_version_now()::text as version`.execute(db);
  // Before the answer, so that what is written between the two only makes it be asked again.
  return keptWhile(rows[0]?.version ?? "", depends, make);
}

/** The same while a version stays what it is: of whatever the answer is made of. Read it before the answer. */
export async function keptWhile<T>(version: string, depends: readonly unknown[], make: () => Promise<T>): Promise<T> {
  const key = createHash("sha256").update(JSON.stringify(depends)).digest("base64");
  const before = kept.get(key);
  if (before?.version === version) return before.value as T;
  const value = await make();
  kept.delete(key);
  kept.set(key, { version, value });
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return value;
}

const hour = 3_600_000;

/** The same for what moves with the clock, though slowly: worked out once an hour at least. */
export const keptForAnHour = <T>(db: Db, at: Date, depends: readonly unknown[], make: () => Promise<T>): Promise<T> =>
  keptWhileUnwritten(db, [...depends, Math.floor(at.getTime() / hour)], make);
