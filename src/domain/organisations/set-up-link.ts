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

const companyWhere = (app: App, isSample: boolean) =>
  app.database.auth.selectFrom("organisation").select("org_id").where("is_sample", "=", isSample).executeTakeFirst();
export const realCompany = async (app: App): Promise<boolean> => (await companyWhere(app, false)) !== undefined;
export const sampleCompany = async (app: App): Promise<boolean> => (await companyWhere(app, true)) !== undefined;

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
