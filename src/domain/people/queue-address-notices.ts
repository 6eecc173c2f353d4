import { type MailQueuer, queueMail } from "../../mail/queue-mail.ts";
import type { Db } from "../../platform/database.ts";

export interface AddressChange {
  id: string;
  before: string | null;
  after: string | null;
}

interface Told extends AddressChange {
  orgName: string;
  /** "Ada Admin, who is an admin at Acme" */
  who: string;
  /** Whoever signs in with a password does so with the new address. */
  signsInWithIt: boolean;
}

/**
 * Tells the old address and the new one that a person's mail address was changed. Whoever did not ask for it hears of it where
 * they still read. Without an address before there is nobody to warn: an invitation comes by itself.
 */
export async function queueAddressNotices(db: Db, by: MailQueuer, { id, before, after, orgName, who, signsInWithIt }: Told): Promise<void> {
  if (!before) return;
  const what = after ? `from ${before} to ${after}` : `: ${before} was taken out`;
  const signIn = signsInWithIt ? ", and you sign in with it where you sign in with a password." : ". How you sign in stays as it is.";
  const words = [
    `The mail address Kept has for you at ${orgName} was changed${after ? " " : ""}${what}, by ${who}.`,
    after ? `From now on Kept writes to the new one${signIn}` : "Kept writes to you no more.",
    "If you did not expect this, tell your admin at once, by another way than mail.",
  ].join("\n\n");
  const why = `Sent by Kept because this is or was your address at ${orgName}.`;
  for (const address of [before, after])
    if (address)
      await queueMail(db, by, { to: id, address, purpose: "address", subject: "Your mail address in Kept was changed", words, why });
}
