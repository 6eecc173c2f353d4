import { todayOf } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { refuseUnknownCalendar } from "../holidays/refuse-unknown-calendar.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { Refusal } from "../../platform/refusal.ts";
import { endSeriesOfPerson } from "../series/hand-over-series.ts";
import { changeManager, type NewManager } from "./change-manager.ts";
import { personForViewer } from "./person-access.ts";
import type { PersonDetails } from "./person-form.ts";
import { assertAnotherAdmin, setRoles } from "./person-roles.ts";
import { tellNewAddress } from "./tell-new-address.ts";

interface Changed {
  /** The address to sign in with could not follow: another account has it, or this account is another organisation's too. */
  signsInWith: string | null;
}

/**
 * An admin changes what is known of a person, and to whom they report where that is said: all of it or nothing. Whoever leaves
 * keeps their history; their sessions end with their last day.
 */
export async function changePerson(ctx: Ctx, id: string, details: PersonDetails, manager?: NewManager): Promise<Changed> {
  const { roles, ...person } = details;
  const userId = await ctx.tx(async (db) => {
    const before = await personForViewer(db, ctx, id);
    const isNoMoreAdmin = !roles.includes("admin");
    if (before.roles.includes("admin") && (isNoMoreAdmin || person.left_on))
      await assertAnotherAdmin(db, ctx, id, isNoMoreAdmin ? "roles" : "left_on");
    await refuseUnknownCalendar(db, ctx.viewer.orgId, person.holiday_calendar_id);
    await refuseTakenAddress(db, ctx.viewer.orgId, id, person.email);
    await db.updateTable("person").set(person).where("org_id", "=", ctx.viewer.orgId).where("id", "=", id).execute();
    const over = { orgId: ctx.viewer.orgId, now: ctx.clock.now(), personId: id };
    if (person.left_on) await endSeriesOfPerson(db, { ...over, on: person.left_on });
    await recordEvent(db, ctx, "change", "person", id);
    await tellNewAddress(db, ctx, { id, before: before.email, after: person.email });
    await setRoles(db, ctx, id, roles);
    if (manager) await changeManager(db, ctx, id, manager);
    return before.userId;
  });
  if (!userId) return { signsInWith: null };
  if (person.left_on && person.left_on <= todayOf(ctx)) await endSessionsOf(ctx, userId);
  return { signsInWith: person.email ? await followAddress(ctx, userId, person.email) : null };
}

async function refuseTakenAddress(db: Db, orgId: string, id: string, email: string | null): Promise<void> {
  if (!email) return;
  const other = await db
    .selectFrom("person")
    .select("id")
    .where("org_id", "=", orgId)
    .where((eb) => eb(eb.fn<string>("lower", ["email"]), "=", email.toLowerCase()))
    .where("id", "<>", id)
    .executeTakeFirst();
  if (other) throw new Refusal("email", "Somebody here already has this mail address.");
}

/** An account that is also another organisation's is not ours to move or to end. */
async function followAddress(ctx: Ctx, userId: string, email: string): Promise<string | null> {
  const account = await ctx.signIn.accountOf({ userId });
  if (!account?.hasPassword || account.email === email.toLowerCase()) return null;
  const isOurs = account.people.every(({ orgId }) => orgId === ctx.viewer.orgId);
  return isOurs && (await ctx.signIn.moveAccount(userId, email)) ? null : account.email;
}

async function endSessionsOf(ctx: Ctx, userId: string): Promise<void> {
  const account = await ctx.signIn.accountOf({ userId });
  if (account?.people.every(({ orgId }) => orgId === ctx.viewer.orgId)) await ctx.signIn.revokeAll(userId);
}
