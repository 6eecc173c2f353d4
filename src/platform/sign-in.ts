import { sql } from "kysely";
import { makeAccounts } from "./accounts.ts";
import type { Auth } from "./auth.ts";
import type { Database } from "./database.ts";
import type { Env } from "./env.ts";
import { makeSessionViewer } from "./session-viewer.ts";
import type { Role, Viewer } from "./viewer.ts";

export type SignIn = ReturnType<typeof makeSignIn>;

interface Person {
  orgId: string;
  id: string;
  name: string;
  email: string;
  userId: string | null;
}

/** Where a session was opened, so that its owner recognises it. */
export interface Device {
  client?: string;
  userAgent?: string;
}

/** Accounts, passwords and sessions. The rest of the program sees only a Viewer. */
export function makeSignIn(database: Database, env: Env, secret: string) {
  let loaded: Promise<Auth> | undefined;
  const auth = () => (loaded ??= import("./auth.ts").then(({ makeAuth }) => makeAuth(database, env, secret)));
  const accounts = makeAccounts(database, auth);
  const sessions = makeSessions(database);
  const sessionViewer = makeSessionViewer(database, secret);
  const base = env.publicUrl ?? "http://kept.invalid";

  /** Checks mail address and password, within the limits on tries; the answer carries the session cookie. */
  const withPassword = async (email: string, password: string, client: string, userAgent: string): Promise<Response> =>
    (await auth()).handler(
      new Request(`${base}/sign-in/sign-in/email`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-kept-client": client, "user-agent": userAgent },
        body: JSON.stringify({ email, password }),
      }),
    );

  /** Is this the password of that account? Within the same limits on tries, and without a session. */
  async function checkPassword(email: string, password: string, client: string): Promise<"right" | "wrong" | "too many tries"> {
    const response = await withPassword(email, password, client, "");
    if (!response.ok) return response.status === 429 ? "too many tries" : "wrong";
    const { token } = (await response.json()) as { token: string };
    await sessions.endSessionOf(token);
    return "right";
  }

  /** Opens a session for a person without a password: the sample company, and an invitation just taken up. */
  async function openSession(person: Person, device: Device = {}): Promise<string> {
    const context = await (await auth()).$context;
    const userId = person.userId ?? (await accounts.makeNameless(person));
    const session = await context.internalAdapter.createSession(userId, false, {
      orgId: person.orgId,
      personId: person.id,
      userAgent: device.userAgent ?? "",
      ipAddress: device.client ?? "",
    });
    return cookieFor(session.token);
  }

  async function cookieFor(token: string): Promise<string> {
    const context = await (await auth()).$context;
    const { makeSignature } = await import("./auth.ts");
    const { name, attributes } = context.authCookies.sessionToken;
    const value = encodeURIComponent(`${token}.${await makeSignature(token, secret)}`);
    return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${attributes.maxAge ?? 1_209_600}${attributes.secure ? "; Secure" : ""}`;
  }

  async function signOut(headers: Headers): Promise<string[]> {
    const response = await (await auth()).api.signOut({ headers, asResponse: true });
    return response.headers.getSetCookie();
  }

  /** The person behind the request's cookie, or null. A person who has left is nobody. */
  async function viewerOf(headers: Headers, today: string): Promise<Viewer | null> {
    const cookie = headers.get("cookie");
    const found = cookie ? await sessionViewer(cookie, today) : null;
    // The library makes a session longer once a day.
    if (found?.isOld) await (await auth()).api.getSession({ headers });
    return found?.viewer ?? null;
  }

  /** Replaces the password of the signed-in person, who must know the present one; the library limits the tries. */
  const changePassword = async (headers: Headers, client: string, currentPassword: string, newPassword: string): Promise<Response> =>
    (await auth()).handler(
      new Request(`${base}/sign-in/change-password`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-kept-client": client, cookie: headers.get("cookie") ?? "" },
        body: JSON.stringify({ currentPassword, newPassword }),
      }),
    );

  return { withPassword, checkPassword, openSession, signOut, viewerOf, changePassword, ...accounts, ...sessions };
}

/** The open sessions of an account. */
function makeSessions(database: Database) {
  async function sessionsOf(userId: string) {
    return database.auth
      .selectFrom("auth_session")
      .select(["id", "userAgent", "ipAddress", sql<Date>`"createdAt"`.as("createdAt"), sql<Date>`"updatedAt"`.as("updatedAt")])
      .where("userId", "=", userId)
      .where("expiresAt", ">", new Date())
      .orderBy("updatedAt", "desc")
      .execute();
  }

  async function endSessionOf(token: string): Promise<void> {
    await database.auth.deleteFrom("auth_session").where("token", "=", token).execute();
  }

  async function revokeSession(userId: string, sessionId: string): Promise<void> {
    await database.auth.deleteFrom("auth_session").where("userId", "=", userId).where("id", "=", sessionId).execute();
  }

  async function revokeAll(userId: string, except?: string | null): Promise<void> {
    let query = database.auth.deleteFrom("auth_session").where("userId", "=", userId);
    if (except) query = query.where("id", "<>", except);
    await query.execute();
  }

  /** From now on this session acts for that person, who must be the same account's. */
  async function switchTo(sessionId: string, person: { userId: string; orgId: string; id: string }): Promise<void> {
    await database.auth
      .updateTable("auth_session")
      .set({ orgId: person.orgId, personId: person.id })
      .where("id", "=", sessionId)
      .where("userId", "=", person.userId)
      .execute();
  }

  return { sessionsOf, endSessionOf, revokeSession, revokeAll, switchTo };
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
