import { betterAuth } from "better-auth";
import { makeSignature } from "better-auth/crypto";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { Env } from "./env.ts";
import type { Role, Viewer } from "./viewer.ts";

export const leastPasswordLength = 10;

function makeAuth(database: Database, env: Env, secret: string) {
  return betterAuth({
    appName: "Kept",
    baseURL: env.publicUrl ?? "http://kept.invalid",
    basePath: "/sign-in",
    secret,
    database: { db: database.auth, type: "postgres" },
    telemetry: { enabled: false },
    logger: { disabled: true },
    user: { modelName: "auth_user" },
    session: {
      modelName: "auth_session",
      expiresIn: 60 * 60 * 24 * 14,
      updateAge: 60 * 60 * 24,
      additionalFields: {
        orgId: { type: "string", required: false, input: false },
        personId: { type: "string", required: false, input: false },
      },
    },
    account: { modelName: "auth_account" },
    verification: { modelName: "auth_verification" },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      autoSignIn: false,
      minPasswordLength: leastPasswordLength,
      maxPasswordLength: 200,
    },
    rateLimit: {
      enabled: true,
      storage: "database",
      modelName: "auth_rate_limit",
      window: 60,
      max: 100,
      customRules: { "/sign-in/email": { window: 60, max: 10 } },
    },
    advanced: {
      cookiePrefix: "kept",
      useSecureCookies: env.publicUrl?.startsWith("https:") ?? false,
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true, path: "/" },
      ipAddress: { ipAddressHeaders: ["x-kept-client"] },
      // Our own middleware checks the origin of every write, this one's too.
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
  });
}

export type SignIn = ReturnType<typeof makeSignIn>;

/** Accounts, passwords and sessions. The rest of the program sees only a Viewer. */
export function makeSignIn(database: Database, env: Env, secret: string) {
  const auth = makeAuth(database, env, secret);
  const base = env.publicUrl ?? "http://kept.invalid";

  /** Checks mail address and password, within the limits on tries; the answer carries the session cookie. */
  const withPassword = (email: string, password: string, client: string, userAgent: string): Promise<Response> =>
    auth.handler(
      new Request(`${base}/sign-in/sign-in/email`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-kept-client": client, "user-agent": userAgent },
        body: JSON.stringify({ email, password }),
      }),
    );

  /** Makes an account and ties it to a person. */
  async function makeAccount(person: { orgId: string; id: string; name: string; email: string }, password: string): Promise<string> {
    const context = await auth.$context;
    const email = person.email.toLowerCase();
    const existing = await context.internalAdapter.findUserByEmail(email, { includeAccounts: true });
    const hash = await context.password.hash(password);
    const user =
      existing?.user ??
      (await context.internalAdapter.createUser({ email, name: person.name, emailVerified: true }, { method: "invitation" }));
    if (existing?.accounts.some((account) => account.providerId === "credential"))
      await context.internalAdapter.updatePassword(user.id, hash);
    else await context.internalAdapter.linkAccount({ userId: user.id, accountId: user.id, providerId: "credential", password: hash });
    await tie(person.orgId, person.id, user.id);
    return user.id;
  }

  async function tie(orgId: string, personId: string, userId: string): Promise<void> {
    await database.auth.updateTable("person").set({ user_id: userId }).where("org_id", "=", orgId).where("id", "=", personId).execute();
  }

  /** Opens a session for a person without a password: the sample company, and an invitation just taken up. */
  async function openSession(person: { orgId: string; id: string; name: string; email: string; userId: string | null }): Promise<string> {
    const context = await auth.$context;
    let userId = person.userId;
    if (!userId) {
      const existing = await context.internalAdapter.findUserByEmail(person.email.toLowerCase());
      userId = (
        existing?.user ??
        (await context.internalAdapter.createUser(
          { email: person.email.toLowerCase(), name: person.name, emailVerified: true },
          { method: "invitation" },
        ))
      ).id;
      await tie(person.orgId, person.id, userId);
    }
    const session = await context.internalAdapter.createSession(userId, false, { orgId: person.orgId, personId: person.id });
    return cookieFor(session.token);
  }

  async function cookieFor(token: string): Promise<string> {
    const context = await auth.$context;
    const { name, attributes } = context.authCookies.sessionToken;
    const value = encodeURIComponent(`${token}.${await makeSignature(token, secret)}`);
    return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${attributes.maxAge ?? 1_209_600}${attributes.secure ? "; Secure" : ""}`;
  }

  async function signOut(headers: Headers): Promise<string[]> {
    const response = await auth.api.signOut({ headers, asResponse: true });
    return response.headers.getSetCookie();
  }

  /** The person behind the request's cookie, or null. A person who has left is nobody. */
  async function viewerOf(headers: Headers, today: string): Promise<Viewer | null> {
    if (!headers.get("cookie")?.includes("kept.session_token")) return null;
    const found = await auth.api.getSession({ headers });
    if (!found) return null;
    const { session, user } = found;
    return readViewer(database, { userId: user.id, personId: session.personId ?? null, sessionId: session.id, today });
  }

  async function sessionsOf(userId: string) {
    return database.auth
      .selectFrom("auth_session")
      .select(["id", "createdAt", "updatedAt", "userAgent", "ipAddress"])
      .where("userId", "=", userId)
      .where("expiresAt", ">", new Date())
      .orderBy("updatedAt", "desc")
      .execute();
  }

  async function revokeSession(userId: string, sessionId: string): Promise<void> {
    await database.auth.deleteFrom("auth_session").where("userId", "=", userId).where("id", "=", sessionId).execute();
  }

  async function revokeAll(userId: string): Promise<void> {
    await database.auth.deleteFrom("auth_session").where("userId", "=", userId).execute();
  }

  return { withPassword, makeAccount, openSession, signOut, viewerOf, sessionsOf, revokeSession, revokeAll };
}

/** Name, roles and organisation of a person who may sign in, by account or by id. */
export async function readViewer(
  database: Database,
  by: { userId?: string; personId: string | null; orgId?: string; sessionId: string | null; today: string },
): Promise<Viewer | null> {
  let query = database.auth
    .selectFrom("person as p")
    .innerJoin("organisation as o", "o.org_id", "p.org_id")
    .select(["p.org_id", "p.id", "p.name", "p.time_zone", "o.name as org_name", "o.is_sample", "o.currency"])
    .select(
      sql<string[]>`array(select r.role from person_role r where r.org_id = p.org_id and r.person_id = p.id
        and r.from_on <= ${by.today} and (r.until_on is null or r.until_on > ${by.today}))`.as("roles"),
    )
    .where((eb) => eb.or([eb("p.left_on", "is", null), eb("p.left_on", ">", by.today)]));
  if (by.userId) query = query.where("p.user_id", "=", by.userId);
  if (by.orgId) query = query.where("p.org_id", "=", by.orgId);
  if (by.personId) query = query.where("p.id", "=", by.personId);
  const row = await query.orderBy("o.is_sample").orderBy("p.created_at").limit(1).executeTakeFirst();
  if (!row) return null;
  return {
    orgId: row.org_id,
    personId: row.id,
    name: row.name,
    timeZone: row.time_zone,
    roles: new Set(row.roles as Role[]),
    orgName: row.org_name,
    isSample: row.is_sample,
    currency: row.currency,
    sessionId: by.sessionId,
  };
}
