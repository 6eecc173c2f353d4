import { todayOf } from "../../platform/clock.ts";
import type { App } from "../../platform/context.ts";
import { hashToken } from "../../platform/secret.ts";

export interface Invitation {
  linkId: string;
  orgId: string;
  orgName: string;
  personId: string;
  name: string;
  email: string;
  userId: string | null;
  /**
   * "choose": a password for an account that is this person's alone.
   * "join": the address already has an account that is somebody's elsewhere, so its own password is asked for: an admin
   * who can type an address must not be able to take over the account behind it.
   */
  way: "choose" | "join";
}

export type InvitationState = Invitation | "unknown" | "used" | "expired";

/** Whom a link from a mail is for, and whether it still works. Read before anybody is signed in. */
export async function invitationBy(app: App, token: string): Promise<InvitationState> {
  const row = await app.database.auth
    .selectFrom("access_link as k")
    .innerJoin("person as p", (on) => on.onRef("p.org_id", "=", "k.org_id").onRef("p.id", "=", "k.person_id"))
    .innerJoin("organisation as o", "o.org_id", "p.org_id")
    .select(["k.id as linkId", "k.expires_at", "k.used_at", "p.org_id as orgId", "o.name as orgName", "p.id as personId"])
    .select(["p.name", "p.email", "p.user_id as userId", "p.left_on", "o.is_sample"])
    .where("k.purpose", "=", "invitation")
    .where("k.token_hash", "=", hashToken(token))
    .executeTakeFirst();
  if (!row?.email || row.is_sample) return "unknown";
  if (row.used_at) return "used";
  if (row.left_on !== null && row.left_on <= todayOf(app)) return "expired";
  if (row.expires_at !== null && row.expires_at <= app.clock.now()) return "expired";
  const account = await app.signIn.accountOf(row.userId ? { userId: row.userId } : { email: row.email });
  const isTheirsAlone = account?.people.every(({ orgId, id }) => orgId === row.orgId && id === row.personId) ?? true;
  const { linkId, orgId, orgName, personId, name } = row;
  const email = account?.email ?? row.email;
  return { linkId, orgId, orgName, personId, name, email, userId: account?.userId ?? null, way: isTheirsAlone ? "choose" : "join" };
}
