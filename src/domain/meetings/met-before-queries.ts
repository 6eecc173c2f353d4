import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";

export interface MetBefore {
  id: string;
  kindName: string;
  managerId: string;
  managerName: string;
  heldAt: Date;
}

/**
 * The one-on-ones held with a rep before an instant, the latest first: those the viewer took part in; for somebody further up,
 * who took part in none, those the rep's managers held.
 */
export async function metBefore(db: Db, ctx: Pick<Ctx, "viewer">, repId: string, before: Date, limit = 12): Promise<MetBefore[]> {
  const { orgId, personId: me } = ctx.viewer;
  const held = db
    .selectFrom("meeting as m")
    .innerJoin("kind as k", (on) => on.onRef("k.org_id", "=", "m.org_id").onRef("k.id", "=", "m.kind_id"))
    .innerJoin("person as p", (on) => on.onRef("p.org_id", "=", "m.org_id").onRef("p.id", "=", "m.manager_id"))
    .select(["m.id", "k.name as kindName", "m.manager_id as managerId", "p.name as managerName", "m.opened_at as heldAt"])
    .where("m.org_id", "=", orgId)
    .where("m.rep_id", "=", repId)
    .where("m.state", "=", "closed")
    .where("m.opened_at", "<", before)
    .orderBy("m.opened_at", "desc")
    .limit(limit);
  const own = await held
    .where((eb) => eb.or([eb("m.rep_id", "=", me), eb("m.manager_id", "=", me), eb("m.co_coach_id", "=", me)]))
    .execute();
  const rows = own.length > 0 ? own : await held.execute();
  return rows.flatMap(({ heldAt, ...row }) => (heldAt ? [{ ...row, heldAt }] : []));
}
