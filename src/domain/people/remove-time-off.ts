import type { Ctx } from "../../platform/context.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { personForViewer } from "./person-access.ts";

/** Takes days off back. Doing it twice changes nothing. */
export async function removeTimeOff(ctx: Ctx, values: { id: string; personId: string }): Promise<void> {
  await ctx.tx(async (db) => {
    const person = await personForViewer(db, ctx, values.personId);
    const { numDeletedRows } = await db
      .deleteFrom("time_off")
      .where("org_id", "=", ctx.viewer.orgId)
      .where("id", "=", values.id)
      .where("person_id", "=", person.id)
      .executeTakeFirst();
    if (numDeletedRows) await recordEvent(db, ctx, "remove", "time off", person.id);
  });
}
