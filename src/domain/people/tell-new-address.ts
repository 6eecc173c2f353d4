import { queueMail } from "../../mail/queue-mail.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { recordEvent } from "../../platform/record-event.ts";

interface Changed {
  id: string;
  before: string | null;
  after: string | null;
}

const isSame = (one: string | null, other: string | null): boolean => (one ?? "").toLowerCase() === (other ?? "").toLowerCase();

/**
 * Tells the old address and the new one that a person's mail address was changed, and writes it down. Whoever did not ask for
 * it hears of it where they still read. Without an address before there is nobody to warn: an invitation comes by itself.
 */
export async function tellNewAddress(db: Db, ctx: Ctx, { id, before, after }: Changed): Promise<void> {
  if (isSame(before, after)) return;
  await recordEvent(db, ctx, "change the mail address of", "person", id);
  if (!before) return;
  const { orgName, name, personId } = ctx.viewer;
  const who = id === personId ? "you, with your password" : `${name}, who is an admin at ${orgName}`;
  const what = after ? `from ${before} to ${after}` : `: ${before} was taken out`;
  const words = [
    `The mail address Kept has for you at ${orgName} was changed${after ? " " : ""}${what}, by ${who}.`,
    after
      ? "From now on Kept writes to the new one, and you sign in with it where you sign in with a password."
      : "Kept writes to you no more.",
    "If you did not expect this, tell your admin at once, by another way than mail.",
  ].join("\n\n");
  const why = `Sent by Kept because this is or was your address at ${orgName}.`;
  for (const address of [before, after])
    if (address)
      await queueMail(db, ctx, { to: id, address, purpose: "address", subject: "Your mail address in Kept was changed", words, why });
}
