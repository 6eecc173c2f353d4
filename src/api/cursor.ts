import { HTTPException } from "hono/http-exception";
import { isId } from "../platform/new-id.ts";

const encode = (parts: string[]): string => Buffer.from(JSON.stringify(parts)).toString("base64url");

function decode(cursor: string, length: number, isLast: (part: string | undefined) => boolean = isId): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(parts) && parts.length === length && parts.every((part) => typeof part === "string") && isLast(parts.at(-1)))
      return parts;
  } catch {
    // Said below.
  }
  throw new HTTPException(400, { message: "cursor: this is not one that Kept has given out." });
}

/** After which id a page begins. */
export const afterId = (cursor: string | undefined): string | null => (cursor === undefined ? null : (decode(cursor, 1)[0] ?? null));

export function afterInstant(cursor: string | undefined): { at: Date; id: string } | null {
  const found = afterMoment(cursor, isId);
  return found && { at: found.at, id: found.key };
}

/** The same where what comes at one instant is told apart by words, not by an id. */
export function afterMoment(
  cursor: string | undefined,
  isKey = (key: string | undefined): boolean => /^[a-z]+ [\w-]{1,40}$/.test(key ?? ""),
): { at: Date; key: string } | null {
  if (cursor === undefined) return null;
  const [at = "", key = ""] = decode(cursor, 2, isKey);
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) throw new HTTPException(400, { message: "cursor: this is not one that Kept has given out." });
  return { at: instant, key };
}

/** After which row a page begins, where rows are told apart by several words. */
export const afterWords = (cursor: string | undefined, length: number): string[] | null =>
  cursor === undefined ? null : decode(cursor, length, (word) => word !== undefined && !word.includes("\0"));

/** One row more than asked for was read: is there a next page, and where does it begin? */
export function pageOf<T, U>(
  rows: T[],
  limit: number,
  key: (row: T) => string[],
  shape: (row: T) => U,
): { data: U[]; next: string | null } {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data: data.map(shape), next: rows.length > limit && last ? encode(key(last)) : null };
}
