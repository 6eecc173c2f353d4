import type { Ctx } from "../../platform/context.ts";
import type { Database } from "../../platform/database.ts";
import { hashToken } from "../../platform/secret.ts";
import { readViewer } from "../../platform/sign-in.ts";
import type { Viewer } from "../../platform/viewer.ts";

export interface TokenView {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** The viewer's own tokens that still open something. */
export async function ownTokens(ctx: Ctx): Promise<TokenView[]> {
  return ctx.tx((db) =>
    db
      .selectFrom("api_token")
      .select(["id", "name", "created_at as createdAt", "last_used_at as lastUsedAt"])
      .where("org_id", "=", ctx.viewer.orgId)
      .where("person_id", "=", ctx.viewer.personId)
      .where("revoked_at", "is", null)
      .orderBy("created_at", "desc")
      .execute(),
  );
}

export interface TokenHolder {
  tokenId: string;
  viewer: Viewer;
}

const notedEvery = 60_000;

/** Whose token this is. Null when it was never made, is revoked, or its person has left. */
export async function holderOf(database: Database, token: string, now: Date): Promise<TokenHolder | null> {
  const found = await database.auth
    .selectFrom("api_token")
    .select(["org_id", "id", "person_id", "last_used_at"])
    .where("token_hash", "=", hashToken(token))
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  if (!found) return null;
  const viewer = await readViewer(database, {
    personId: found.person_id,
    orgId: found.org_id,
    sessionId: null,
    today: now.toISOString().slice(0, 10),
  });
  if (!viewer) return null;
  if (!found.last_used_at || now.getTime() - found.last_used_at.getTime() > notedEvery)
    await database.auth
      .updateTable("api_token")
      .set({ last_used_at: now })
      .where("org_id", "=", found.org_id)
      .where("id", "=", found.id)
      .execute();
  return { tokenId: found.id, viewer };
}
