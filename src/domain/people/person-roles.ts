import { sql } from "kysely";
import { todayOf } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Role } from "../../platform/viewer.ts";

/** From today on somebody has exactly these roles; what they were before stays written down. */
export async function setRoles(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, personId: string, roles: readonly Role[]): Promise<void> {
  const today = todayOf(ctx);
  const mine = { org_id: ctx.viewer.orgId, person_id: personId };
  const current = await db
    .selectFrom("person_role")
    .select(["role", "from_on"])
    .where("org_id", "=", mine.org_id)
    .where("person_id", "=", personId)
    .where((eb) => eb.or([eb("until_on", "is", null), eb("until_on", ">", today)]))
    .execute();
  const added = roles.filter((role) => !current.some((known) => known.role === role));
  for (const role of added)
    await db
      .insertInto("person_role")
      .values({ ...mine, role, from_on: today })
      .onConflict((on) => on.columns(["org_id", "person_id", "role", "from_on"]).doUpdateSet({ until_on: null }))
      .execute();
  // The role of admin goes last: without it the viewer may change no more roles.
  const ended = current.toSorted((a, b) => Number(a.role === "admin") - Number(b.role === "admin"));
  for (const { role, from_on } of ended) {
    if (roles.includes(role)) continue;
    const row = { ...mine, role, from_on };
    // A role given today or later and taken away again never was.
    if (from_on >= today)
      await db
        .deleteFrom("person_role")
        .where((eb) => eb.and(row))
        .execute();
    else
      await db
        .updateTable("person_role")
        .set({ until_on: today })
        .where((eb) => eb.and(row))
        .execute();
  }
}

/** Before an admin stops being one or leaves: somebody else must be left who can let people in. */
export async function assertAnotherAdmin(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, personId: string, field: string): Promise<void> {
  const today = todayOf(ctx);
  // Two admins who take the role from each other at once would leave nobody.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`admins ${ctx.viewer.orgId}`}, 0))`.execute(db);
  const other = await db
    .selectFrom("person_role as r")
    .innerJoin("person as p", (on) => on.onRef("p.org_id", "=", "r.org_id").onRef("p.id", "=", "r.person_id"))
    .select("r.person_id")
    .where("r.org_id", "=", ctx.viewer.orgId)
    .where("r.person_id", "<>", personId)
    .where("r.role", "=", "admin")
    .where("r.from_on", "<=", today)
    .where("r.until_on", "is", null)
    .where("p.left_on", "is", null)
    .limit(1)
    .executeTakeFirst();
  if (!other) throw new Refusal(field, "Somebody must stay admin. Make another person admin first.");
}
