import { sql } from "kysely";
import type { App } from "../../platform/context.ts";
import { PlainError } from "../../platform/plain-error.ts";
import { hashToken } from "../../platform/secret.ts";

export type SetUpLink = "good" | "wrong" | "already set up";

/** A set-up link is good until there is a company that is not the sample. */
export async function setUpLinkState(app: App, token: string): Promise<SetUpLink> {
  if (await realCompany(app)) return "already set up";
  const row = await app.database.auth
    .selectFrom("access_link")
    .select("id")
    .where("purpose", "=", "set-up")
    .where("token_hash", "=", hashToken(token))
    .executeTakeFirst();
  return row ? "good" : "wrong";
}

/** Is there a company of somebody's own, which somebody can sign in to? */
async function realCompany(app: App): Promise<boolean> {
  const row = await app.database.auth
    .selectFrom("organisation as o")
    .innerJoin("person as p", "p.org_id", "o.org_id")
    .select("o.org_id")
    .where("o.is_sample", "=", false)
    .where("p.user_id", "is not", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function sampleCompany(app: App): Promise<boolean> {
  const row = await app.database.auth.selectFrom("organisation").select("org_id").where("is_sample", "=", true).executeTakeFirst();
  return row !== undefined;
}

const lockKey = 7_155_010;
const patience = 120_000;

/** One making of a company at a time, over all processes: whoever comes second waits, then looks again. */
export async function whileNobodyElseSetsUp<T>(app: App, work: () => Promise<T>): Promise<T> {
  for (const until = performance.now() + patience; performance.now() < until; await new Promise((go) => setTimeout(go, 250))) {
    // Held by a transaction on a connection of its own; the work has others.
    const done = await app.database.auth.transaction().execute(async (db) => {
      const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${lockKey}) as held`.execute(db);
      return rows[0]?.held ? { result: await work() } : undefined;
    });
    if (done) return done.result;
  }
  throw new PlainError("Somebody else is setting up this place right now. Try again in a minute.");
}
