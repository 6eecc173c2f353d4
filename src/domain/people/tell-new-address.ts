import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { type AddressChange, queueAddressNotices } from "./queue-address-notices.ts";

const isSame = (one: string | null, other: string | null): boolean => (one ?? "").toLowerCase() === (other ?? "").toLowerCase();

/** Writes down that the viewer has changed a person's mail address, and tells the old address and the new one. */
export async function tellNewAddress(db: Db, ctx: Ctx, change: AddressChange): Promise<void> {
  if (isSame(change.before, change.after)) return;
  const { orgName, name, personId } = ctx.viewer;
  await recordEvent(db, ctx, "change the mail address of", "person", change.id);
  const who = change.id === personId ? "you, with your password" : `${name}, who is an admin at ${orgName}`;
  await queueAddressNotices(db, ctx, { ...change, orgName, who, signsInWithIt: true });
}
