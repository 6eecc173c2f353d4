import { todayOf } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import { Refusal } from "../../platform/refusal.ts";
import { peopleToInvite } from "./invitation-queries.ts";
import { writeInvitation } from "./invite-person.ts";

/** Invites everybody who has neither an account nor an invitation that still works. Returns how many. */
export async function inviteEveryone(ctx: Ctx): Promise<number> {
  if (ctx.viewer.isSample)
    throw new Refusal("invitation", "The sample company invites nobody: everybody in it can be tried out from the sign-in page.");
  return ctx.tx(async (db) => {
    const people = await peopleToInvite(db, ctx.viewer.orgId, todayOf(ctx), ctx.clock.now());
    const others = people.filter(({ id }) => id !== ctx.viewer.personId);
    for (const person of others) await writeInvitation(db, ctx, { ...person, isNew: true });
    return others.length;
  });
}
