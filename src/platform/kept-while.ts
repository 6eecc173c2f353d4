import { createHash } from "node:crypto";

interface Kept {
  version: string;
  value: unknown;
}

const mostKept = 200;
const kept = new Map<string, Kept>();

/**
 * What was worked out, kept in this process while a version stays what it is: of whatever the answer is made of. Read the version
 * before the answer, so that what is written between the two only makes it be asked again. `depends` is all else that the answer
 * depends on: it names the question, who asks and of whom.
 */
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
