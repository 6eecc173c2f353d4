import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { recordEvent } from "../../platform/record-event.ts";
import { Refusal } from "../../platform/refusal.ts";
import { handOverOneOnOnes } from "./hand-over-one-on-ones.ts";
import { personForViewer } from "./person-access.ts";

export interface NewManager {
  /** Null: nobody. */
  managerId: string | null;
  /** The first day, YYYY-MM-DD. */
  fromOn: string;
}

/** From a day on somebody reports to another manager, or to nobody. Every day before it stays as it was. */
export async function changeManager(db: Db, ctx: Ctx, id: string, { managerId, fromOn }: NewManager): Promise<void> {
  const { orgId } = ctx.viewer;
  const person = await personForViewer(db, ctx, id);
  // Two changes at once could close a circle that neither sees alone.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reporting lines ${orgId}`}, 0))`.execute(db);
  if (managerId) await refuseCircle(db, orgId, person, managerId, fromOn);
  const lines = () => db.updateTable("reporting_line").where("org_id", "=", orgId).where("person_id", "=", id);
  await db.deleteFrom("reporting_line").where("org_id", "=", orgId).where("person_id", "=", id).where("from_on", ">=", fromOn).execute();
  const last = await db
    .selectFrom("reporting_line")
    .select(["manager_id", "from_on", "until_on"])
    .where("org_id", "=", orgId)
    .where("person_id", "=", id)
    .where((eb) => eb.or([eb("until_on", "is", null), eb("until_on", ">=", fromOn)]))
    .orderBy("from_on", "desc")
    .limit(1)
    .executeTakeFirst();
  // The same manager as the day before: one line goes on.
  if (last && last.manager_id === managerId) await lines().set({ until_on: null }).where("from_on", "=", last.from_on).execute();
  else {
    await lines()
      .set({ until_on: fromOn })
      .where("from_on", "<", fromOn)
      .where((eb) => eb.or([eb("until_on", "is", null), eb("until_on", ">", fromOn)]))
      .execute();
    if (managerId)
      await db.insertInto("reporting_line").values({ org_id: orgId, person_id: id, manager_id: managerId, from_on: fromOn }).execute();
  }
  if (last && last.manager_id !== managerId)
    await handOverOneOnOnes(db, ctx, { repId: id, fromManagerId: last.manager_id, toManagerId: managerId, on: fromOn });
  await recordEvent(db, ctx, "change manager of", "person", id);
}

/** Goes up from the new manager over every line that holds on that day or later: the person must not be found there. */
async function refuseCircle(db: Db, orgId: string, person: { id: string; name: string }, managerId: string, fromOn: string): Promise<void> {
  if (managerId === person.id) throw new Refusal("manager", "Nobody reports to themselves.");
  const manager = await db.selectFrom("person").select("name").where("org_id", "=", orgId).where("id", "=", managerId).executeTakeFirst();
  if (!manager) throw new Refusal("manager", "Choose somebody from the list.");
  const { rows } = await sql<{ found: boolean }>`
    with recursive above as (
      select l.manager_id from reporting_line l
      where l.org_id = ${orgId} and l.person_id = ${managerId} and (l.until_on is null or l.until_on > ${fromOn})
      union
      select l.manager_id from reporting_line l join above a on l.person_id = a.manager_id
      where l.org_id = ${orgId} and (l.until_on is null or l.until_on > ${fromOn})
    )
    select exists (select 1 from above where manager_id = ${person.id}) as found`.execute(db);
  if (rows[0]?.found)
    throw new Refusal(
      "manager",
      `${manager.name} reports to ${person.name}, directly or further up. Two people cannot report to each other: change ${manager.name}’s manager first.`,
    );
}
