import { nextOccurrences } from "../../method/occurrences.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { newId } from "../../platform/new-id.ts";
import { signal } from "../../platform/record-event.ts";
import { planMeetings } from "../meetings/plan-meetings.ts";
import { handOverSeries } from "../series/hand-over-series.ts";

interface HandOver {
  repId: string;
  fromManagerId: string;
  /** Null: they just end. */
  toManagerId: string | null;
  /** The first day with the new manager. */
  on: string;
}

/** What is to come goes to the new manager in the same slots; what was, and what somebody has already put work into, stays. */
export async function handOverOneOnOnes(db: Db, ctx: Ctx, { repId, fromManagerId, toManagerId, on }: HandOver): Promise<void> {
  const { orgId, personId } = ctx.viewer;
  const now = ctx.clock.now();
  const running = await db
    .selectFrom("series")
    .selectAll()
    .where("org_id", "=", orgId)
    .where("rep_id", "=", repId)
    .where("manager_id", "=", fromManagerId)
    .where((eb) => eb.or([eb("until_on", "is", null), eb("until_on", ">=", on)]))
    .execute();
  if (running.length === 0) return;
  await handOverSeries(db, { orgId, now, on, managerId: fromManagerId, repId });
  if (!toManagerId) return;
  const made: string[] = [];
  for (const series of running) {
    const first = dayOfNext(series, on);
    if (!first) continue;
    const id = newId();
    made.push(id);
    await db
      .insertInto("series")
      .values({
        ...series,
        id,
        manager_id: toManagerId,
        co_coach_id: series.co_coach_id === toManagerId ? null : series.co_coach_id,
        starts_on: first,
        follows_id: series.id,
        created_by: personId,
        created_at: now,
      })
      .execute();
  }
  await planMeetings(db, { orgId, now, seriesIds: made });
  await signal(db, `week:${toManagerId}`);
}

interface Slot {
  rrule: string;
  starts_on: string;
  until_on: string | null;
  local_time: string;
  time_zone: string;
}

/** The slot's own rhythm goes on: the first day it falls on, not just any day. */
function dayOfNext(series: Slot, on: string): string | undefined {
  const slot = {
    rrule: series.rrule,
    startsOn: series.starts_on,
    untilOn: series.until_on,
    localTime: series.local_time,
    timeZone: series.time_zone,
  };
  return nextOccurrences(slot, on, 1)[0]?.on;
}
