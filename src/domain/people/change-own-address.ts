import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import { Refusal } from "../../platform/refusal.ts";
import { personForViewer } from "./person-access.ts";
import { tellNewAddress } from "./tell-new-address.ts";

// The same for somebody here and for an account elsewhere: nobody learns whose addresses Kept knows.
const cannotBeTaken = () => new Refusal("email", "This mail address cannot be taken. Choose another, or ask your admin.");

/**
 * Whoever knows their present password gives themselves another mail address: they are written to there and sign in with it from
 * then on, and every other session ends.
 */
export async function changeOwnAddress(ctx: Ctx, asked: { email: string; password: string; client: string }): Promise<void> {
  const { orgId, personId } = ctx.viewer;
  const email = asked.email.toLowerCase();
  const { userId, email: before } = await ctx.tx((db) => personForViewer(db, ctx, personId));
  const account = userId ? await ctx.signIn.accountOf({ userId }) : null;
  if (!account?.hasPassword) throw new Refusal("account", "You sign in without a password here. Ask your admin to change the address.");
  const answer = await ctx.signIn.checkPassword(account.email, asked.password, asked.client);
  if (answer === "too many tries") throw new Refusal("present", "Too many tries. Wait a minute, then try again.");
  if (answer === "wrong") throw new Refusal("present", "That is not your present password.");
  const holder = await ctx.signIn.accountOf({ email });
  if (holder && holder.userId !== account.userId) throw cannotBeTaken();
  try {
    await ctx.tx(async (db) => {
      // The table lets nobody change their own address in a transaction that does not say so.
      await sql`select set_config('kept.password_given', ${personId}, true)`.execute(db);
      await db.updateTable("person").set({ email }).where("org_id", "=", orgId).where("id", "=", personId).execute();
      await tellNewAddress(db, ctx, { id: personId, before, after: email });
    });
  } catch (error) {
    // Somebody has it whom the viewer may not see: only the table knows.
    if ((error as { code?: string }).code === "23505") throw cannotBeTaken();
    throw error;
  }
  await ctx.signIn.moveAccount(account.userId, email);
  await ctx.signIn.revokeAll(account.userId, ctx.viewer.sessionId);
}
