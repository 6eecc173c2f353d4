import { createHash } from "node:crypto";
import { HTTPException } from "hono/http-exception";
import { firstDay } from "../../method/occurrences.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { isAdmin } from "../../platform/viewer.ts";
import { planMeetings } from "../meetings/plan-meetings.ts";

export interface SlotValues {
  rrule: string;
  startsOn: string;
  timeZone: string;
  minutes: number;
  place: string;
  coCoachId: string | null;
}

export interface NewSeries extends SlotValues {
  /** Made when the form was shown: sending it twice makes one. */
  id: string;
  kindId: string;
  /** Who holds it; only an admin may name somebody else. */
  managerId: string;
  /** Each rep with their own time. */
  reps: readonly { repId: string; localTime: string }[];
}

/** One id per rep, always the same for the same form. */
function idFor(formId: string, repId: string): string {
  const hash = createHash("sha256").update(`${formId} ${repId}`).digest("hex");
  return `${formId.slice(0, 15)}${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}

async function mayMeet(db: Db, ctx: Ctx, managerId: string, reps: readonly string[]): Promise<boolean> {
  const people = await db
    .selectFrom("person")
    .select("id")
    .where("org_id", "=", ctx.viewer.orgId)
    .where("id", "in", [managerId, ...reps])
    .execute();
  if (people.length < new Set([managerId, ...reps]).size || reps.includes(managerId)) return false;
  if (isAdmin(ctx.viewer)) return true;
  if (managerId !== ctx.viewer.personId) return false;
  const { rows } = await db.executeQuery<{ id: string }>(db.selectNoFrom((eb) => eb.fn<string>("viewer_tree", []).as("id")).compile());
  const tree = new Set(rows.map(({ id }) => id));
  return reps.every((id) => tree.has(id));
}

/** A fixed slot with each of these reps, and its meetings of the coming weeks. */
export async function makeSeries(ctx: Ctx, values: NewSeries): Promise<string[]> {
  const { orgId, personId } = ctx.viewer;
  const now = ctx.clock.now();
  return ctx.tx(async (db) => {
    if (
      !(await mayMeet(
        db,
        ctx,
        values.managerId,
        values.reps.map(({ repId }) => repId),
      ))
    )
      throw new HTTPException(403, { message: "A manager makes one-on-ones with the people who report to them." });
    const rows = values.reps.map(({ repId, localTime }) => ({
      org_id: orgId,
      id: idFor(values.id, repId),
      kind_id: values.kindId,
      manager_id: values.managerId,
      rep_id: repId,
      co_coach_id: values.coCoachId === repId ? null : values.coCoachId,
      rrule: values.rrule,
      starts_on: firstDay(values.rrule, values.startsOn),
      local_time: localTime,
      time_zone: values.timeZone,
      minutes: values.minutes,
      place: values.place,
      created_by: personId,
      created_at: now,
    }));
    const made = await db
      .insertInto("series")
      .values(rows)
      .onConflict((on) => on.columns(["org_id", "id"]).doNothing())
      .returning("id")
      .execute();
    const ids = made.map(({ id }) => id);
    await planMeetings(db, { orgId, now, seriesIds: ids });
    for (const id of ids) await recordEvent(db, ctx, "make", "series", id);
    for (const person of new Set(rows.flatMap((row) => [row.manager_id, row.rep_id]))) await signal(db, `week:${person}`);
    return rows.map(({ id }) => id);
  });
}
