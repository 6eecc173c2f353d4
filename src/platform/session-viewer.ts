import { createHmac, timingSafeEqual } from "node:crypto";
import { parse } from "hono/utils/cookie";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { Role, Viewer } from "./viewer.ts";

const cookieNames = ["kept.session_token", "__Secure-kept.session_token"];
const daily = 86_400_000;

/** The session token of a cookie that we signed. */
function tokenIn(cookie: string, secret: string): string | null {
  const cookies = parse(cookie);
  const value = cookieNames.map((name) => cookies[name]).find(Boolean) ?? "";
  const dot = value.lastIndexOf(".");
  if (dot < 1) return null;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1), "base64");
  const right = createHmac("sha256", secret).update(token).digest();
  return given.length === right.length && timingSafeEqual(given, right) ? token : null;
}

/**
 * Who is behind a request: session, person, roles and organisation in one query, since every request asks it.
 * `isOld` says that the session wants to be made longer.
 */
export function makeSessionViewer(database: Database, secret: string) {
  return async (cookie: string, today: string): Promise<{ viewer: Viewer; isOld: boolean } | null> => {
    const token = tokenIn(cookie, secret);
    if (!token) return null;
    const row = await database.auth
      .selectFrom("auth_session as s")
      .innerJoin("person as p", "p.user_id", "s.userId")
      .innerJoin("organisation as o", "o.org_id", "p.org_id")
      .select(["s.id as sessionId", sql<Date>`s."updatedAt"`.as("updatedAt")])
      .select(["p.org_id as orgId", "p.id as personId", "p.name", "p.time_zone as timeZone"])
      .select(["o.name as orgName", "o.is_sample as isSample", "o.currency"])
      .select(
        sql<Role[]>`array(select r.role from person_role r where r.org_id = p.org_id and r.person_id = p.id
          and r.from_on <= ${today} and (r.until_on is null or r.until_on > ${today}))`.as("roles"),
      )
      .where("s.token", "=", token)
      .where("s.expiresAt", ">", new Date())
      .where((eb) => eb.or([eb("p.left_on", "is", null), eb("p.left_on", ">", today)]))
      .orderBy(sql`p.id = s."personId"`, (o) => o.desc().nullsLast())
      .orderBy("o.is_sample")
      .orderBy("p.created_at")
      .limit(1)
      .executeTakeFirst();
    if (!row) return null;
    const { updatedAt, roles, ...viewer } = row;
    return { viewer: { ...viewer, roles: new Set(roles) }, isOld: Date.now() - updatedAt.getTime() > daily };
  };
}
