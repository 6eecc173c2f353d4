import type { Ctx } from "../../platform/context.ts";
import { todayOf } from "../../platform/clock.ts";
import { refuseUnknownCalendar } from "../holidays/refuse-unknown-calendar.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { PersonDetails } from "./person-form.ts";
import { setRoles } from "./person-roles.ts";

/** Adds a person; their manager, if any, is theirs from the first day, or from today. */
export async function addPerson(ctx: Ctx, id: string, details: PersonDetails, managerId: string | null): Promise<void> {
  const { orgId } = ctx.viewer;
  const { roles, ...person } = details;
  const today = todayOf(ctx);
  await ctx.tx(async (db) => {
    const known = await db.selectFrom("person").select("id").where("org_id", "=", orgId).where("id", "=", id).executeTakeFirst();
    if (known) return;
    await refuseUnknownCalendar(db, orgId, person.holiday_calendar_id);
    const { numInsertedOrUpdatedRows } = await db
      .insertInto("person")
      .values({ org_id: orgId, id, ...person, created_at: ctx.clock.now() })
      .onConflict((on) => on.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) throw new Refusal("email", "Somebody here already has this mail address.");
    await setRoles(db, ctx, id, roles);
    if (managerId)
      await db
        .insertInto("reporting_line")
        .values({
          org_id: orgId,
          person_id: id,
          manager_id: managerId,
          from_on: person.started_on && person.started_on < today ? person.started_on : today,
        })
        .execute();
    await recordEvent(db, ctx, "add", "person", id);
  });
}
