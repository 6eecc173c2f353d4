import type { Db } from "../../platform/database.ts";
import { Refusal } from "../../platform/refusal.ts";

/** A person's own calendar is one of the organisation that is still there. */
export async function refuseUnknownCalendar(db: Db, orgId: string, id: string | null): Promise<void> {
  if (id === null) return;
  const known = await db.selectFrom("holiday_calendar").select("id").where("org_id", "=", orgId).where("id", "=", id).executeTakeFirst();
  if (!known) throw new Refusal("holiday_calendar_id", "This calendar is not here any more. Choose another.");
}
