import type { App } from "../../platform/context.ts";
import type { Device } from "../../platform/sign-in.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Invitation } from "./invitation-access.ts";

interface Answer extends Device {
  password: string;
  client: string;
}

/** Takes an invitation up: the link is used once, the person has an account, and a session is open. Returns its cookie. */
export async function acceptInvitation(app: App, invitation: Invitation, answer: Answer): Promise<string> {
  if (invitation.way === "join") await assertPassword(app, invitation.email, answer);
  if (!(await claim(app, invitation.linkId)))
    throw new Refusal("link", "This invitation was used a moment ago. Sign in with the password you chose.");
  try {
    return await openAccount(app, invitation, answer);
  } catch (error) {
    await app.database.auth.updateTable("access_link").set({ used_at: null }).where("id", "=", invitation.linkId).execute();
    throw error;
  }
}

/** The same limits on tries as at the sign-in page. */
async function assertPassword(app: App, email: string, { password, client }: Answer): Promise<void> {
  const answer = await app.signIn.checkPassword(email, password, client);
  if (answer === "too many tries") throw new Refusal("password", "Too many tries. Wait a minute, then try again.");
  if (answer === "wrong") throw new Refusal("password", "That is not the password of this account.");
}

async function claim(app: App, linkId: string): Promise<boolean> {
  const { numUpdatedRows } = await app.database.auth
    .updateTable("access_link")
    .set({ used_at: app.clock.now() })
    .where("id", "=", linkId)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function openAccount(app: App, invitation: Invitation, { password, ...device }: Answer): Promise<string> {
  const { orgId, personId: id, name, email, way } = invitation;
  let { userId } = invitation;
  if (way === "choose") {
    if (userId) {
      await app.signIn.setPassword(userId, password);
      await app.signIn.revokeAll(userId);
    } else userId = await app.signIn.makeUser({ name, email }, password);
  }
  if (userId) await app.signIn.tie(orgId, id, userId);
  return app.signIn.openSession({ orgId, id, name, email, userId }, device);
}
