import { createHash, randomBytes } from "node:crypto";
import type pg from "pg";

/** The key that signs cookies. It lives in the owner's part of the database, so every process and every restore has the same. */
export async function readSecret(owner: pg.ClientBase): Promise<string> {
  await owner.query("insert into kept_internal.setting (key, value) values ('secret', $1) on conflict do nothing", [
    randomBytes(32).toString("base64url"),
  ]);
  const { rows } = await owner.query<{ value: string }>("select value from kept_internal.setting where key = 'secret'");
  return rows[0]?.value ?? "";
}

/** A token to hand out once; only its hash is stored. */
export const newToken = (): string => randomBytes(24).toString("base64url");
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("base64url");
