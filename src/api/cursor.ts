import { HTTPException } from "hono/http-exception";
import { isId } from "../platform/new-id.ts";

const encode = (parts: string[]): string => Buffer.from(JSON.stringify(parts)).toString("base64url");

function decode(cursor: string, length: number): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(parts) && parts.length === length && parts.every((part) => typeof part === "string") && isId(parts.at(-1)))
      return parts;
  } catch {
    // Said below.
  }
  throw new HTTPException(400, { message: "cursor: this is not one that Kept has given out." });
}

/** After which id a page begins. */
export const afterId = (cursor: string | undefined): string | null => (cursor === undefined ? null : (decode(cursor, 1)[0] ?? null));

export function afterInstant(cursor: string | undefined): { at: Date; id: string } | null {
  if (cursor === undefined) return null;
  const [at = "", id = ""] = decode(cursor, 2);
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) throw new HTTPException(400, { message: "cursor: this is not one that Kept has given out." });
  return { at: instant, id };
}

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
