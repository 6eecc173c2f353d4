import type { Db } from "./database.ts";

const known = new WeakMap<Db, Map<string, unknown>>();

/** What several parts of one page ask within its transaction is read once. Of what the transaction itself does not write. */
export async function onceATransaction<T>(db: Db, key: string, read: () => Promise<T>): Promise<T> {
  const mine = known.get(db) ?? new Map<string, unknown>();
  known.set(db, mine);
  if (mine.has(key)) return mine.get(key) as T;
  const value = await read();
  mine.set(key, value);
  return value;
}
