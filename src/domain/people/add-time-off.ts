import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { Refusal } from "../../platform/refusal.ts";
import { personForViewer } from "./person-access.ts";

/** Days off of oneself, of somebody of one's tree, or of anybody for an admin. Both days are included. */
export async function addTimeOff(ctx: Ctx, values: { id: string; personId: string; fromOn: string; untilOn: string }): Promise<void> {
  const { orgId } = ctx.viewer;
  if (values.untilOn < values.fromOn) throw new Refusal("until_on", "The last day cannot be before the first.");
  await ctx.tx(async (db) => {
    const person = await personForViewer(db, ctx, values.personId);
    const { numInsertedOrUpdatedRows } = await db
      .insertInto("time_off")
      .values({
        org_id: orgId,
        id: values.id,
        person_id: person.id,
        from_on: values.fromOn,
        until_on: values.untilOn,
        created_by: ctx.viewer.personId,
        created_at: ctx.clock.now(),
      })
      .onConflict((on) => on.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows) await recordEvent(db, ctx, "add", "time off", person.id);
  });
}
