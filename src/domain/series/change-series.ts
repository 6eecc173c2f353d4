import { HTTPException } from "hono/http-exception";
import { addDays } from "../../method/days.ts";
import { firstDay } from "../../method/occurrences.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { planMeetings } from "../meetings/plan-meetings.ts";
import { withdrawMeetings } from "../meetings/withdraw-meetings.ts";
import type { SlotValues } from "./make-series.ts";
import { seriesForViewer, type SeriesView } from "./series-access.ts";

export interface SeriesChange extends Omit<SlotValues, "startsOn"> {
  /** Of the series that follows: sending the form twice changes once. */
  id: string;
  /** The first day on which the new slot holds. */
  from: string;
  localTime: string;
}

interface Changed {
  id: string;
  /** Meetings of the old slot that stay, because somebody has put work into them. */
  stays: { id: string; plannedStart: Date }[];
}

const isThere = async (db: Db, orgId: string, id: string): Promise<boolean> =>
  (await db.selectFrom("series").select("id").where("org_id", "=", orgId).where("id", "=", id).executeTakeFirst()) !== undefined;

/** Ends a series the day before and lets another follow: what was held keeps its slot. */
export async function changeSeries(ctx: Ctx, seriesId: string, change: SeriesChange): Promise<Changed> {
  const { orgId, personId } = ctx.viewer;
  const now = ctx.clock.now();
  return ctx.tx(async (db) => {
    const old = await seriesForViewer(db, ctx, seriesId);
    if (!old.mayChange) throw new HTTPException(403, { message: "The manager of this pair changes its slot." });
    if (await isThere(db, orgId, change.id)) return { id: change.id, stays: [] };
    if (old.untilOn !== null && old.untilOn < change.from)
      throw new HTTPException(409, { message: "This series has ended before that day. Make a new one." });
    await endOn(db, orgId, old.id, addDays(change.from, -1));
    const stays = await withdrawMeetings(db, { orgId, seriesIds: [old.id], from: change.from, now });
    await db
      .insertInto("series")
      .values(rowOf(orgId, personId, old, change, now))
      .execute();
    await planMeetings(db, { orgId, now, seriesIds: [change.id] });
    await recordEvent(db, ctx, "change", "series", old.id);
    for (const person of [old.managerId, old.repId]) await signal(db, `week:${person}`);
    return { id: change.id, stays };
  });
}

const rowOf = (orgId: string, personId: string, old: SeriesView, change: SeriesChange, now: Date) => ({
  org_id: orgId,
  id: change.id,
  kind_id: old.kindId,
  manager_id: old.managerId,
  rep_id: old.repId,
  co_coach_id: change.coCoachId,
  rrule: change.rrule,
  starts_on: firstDay(change.rrule, change.from),
  until_on: old.untilOn,
  local_time: change.localTime,
  time_zone: change.timeZone,
  minutes: change.minutes,
  place: change.place,
  follows_id: old.id,
  created_by: personId,
  created_at: now,
});

/** Sets the last day of a series. */
export async function endOn(db: Db, orgId: string, seriesId: string, lastDay: string): Promise<void> {
  await db.updateTable("series").set({ until_on: lastDay }).where("org_id", "=", orgId).where("id", "=", seriesId).execute();
}
