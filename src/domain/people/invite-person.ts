import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { addressOf } from "../../platform/address-of.ts";
import { newId } from "../../platform/new-id.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { Refusal } from "../../platform/refusal.ts";
import { hashToken, newToken } from "../../platform/secret.ts";
import { layOutMail } from "../../mail/lay-out-mail.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import { personForViewer } from "./person-access.ts";

export const invitationDays = 14;

/** Makes a link with which a person chooses a password, and a mail that brings it. A newer link replaces an older one. Returns the mail's id. */
export async function invitePerson(ctx: Ctx, personId: string): Promise<string> {
  return ctx.tx(async (db) => {
    const person = await personForViewer(db, ctx, personId);
    if (ctx.viewer.isSample)
      throw new Refusal("invitation", "The sample company invites nobody: everybody in it can be tried out from the sign-in page.");
    if (person.hasLeft) throw new Refusal("invitation", `${person.name} has left. Change the leave date first.`);
    if (!person.email) throw new Refusal("invitation", `${person.name} has no mail address yet. Add one first.`);
    if (person.id === ctx.viewer.personId)
      throw new Refusal("invitation", "You are signed in already. Change your password in your account.");
    return writeInvitation(db, ctx, { id: person.id, name: person.name, isNew: person.userId === null });
  });
}

/** The link, the mail and the trace, in the caller's transaction. */
export async function writeInvitation(db: Db, ctx: Ctx, person: { id: string; name: string; isNew: boolean }): Promise<string> {
  const { orgId, orgName, name } = ctx.viewer;
  const token = newToken();
  // The link and the mail that brings it have one id.
  const id = newId();
  await db
    .deleteFrom("access_link")
    .where("org_id", "=", orgId)
    .where("person_id", "=", person.id)
    .where("purpose", "=", "invitation")
    .execute();
  await db
    .insertInto("access_link")
    .values({
      id,
      purpose: "invitation",
      token_hash: hashToken(token),
      org_id: orgId,
      person_id: person.id,
      created_at: ctx.clock.now(),
      expires_at: new Date(ctx.clock.now().getTime() + invitationDays * 86_400_000),
    })
    .execute();
  const mailId = await queueMail(db, ctx, {
    id,
    to: person.id,
    purpose: "invitation",
    subject: person.isNew ? `${orgName} invites you to Kept` : `A new way in to Kept at ${orgName}`,
    ...layOutMail({
      title: `Hello ${person.name}`,
      blocks: [
        {
          p: person.isNew
            ? `${name} invites you to Kept, where ${orgName} prepares and keeps its one-on-ones. Choose a password, and you are in.`
            : `${name} has made you a new link to Kept. Choose a new password with it; the old one ends.`,
        },
      ],
      action: { href: `${addressOf(ctx.env)}/invitation/${token}`, words: "Choose a password" },
      why: `The link works once, for ${invitationDays} days, and only for you. If you did not expect this, leave it alone.`,
    }),
  });
  if (!mailId) throw new Refusal("invitation", `${person.name} cannot be written to. Check the mail address and the leave date.`);
  await recordEvent(db, ctx, "invite", "person", person.id);
  return mailId;
}
