import { dayAt } from "../../method/days.ts";
import { firstDay, nextOccurrences, type Occurrence } from "../../method/occurrences.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { type Busy, busyTimes, daysOffOf } from "./series-queries.ts";

export interface SeriesPreview {
  repId: string;
  localTime: string;
  dates: (Occurrence & { clash: Busy | null })[];
}

interface Asked {
  managerId: string;
  reps: readonly { repId: string; localTime: string }[];
  rrule: string;
  startsOn: string;
  timeZone: string;
  minutes: number;
  /** The series that is being changed: its own meetings are not in the way. */
  butSeriesId: string | null;
}

const shown = 5;

/** The next five dates of a slot not made yet, each with what is in its way: days off, and the manager's other one-on-ones. */
export async function previewSeries(db: Db, ctx: Pick<Ctx, "viewer" | "clock">, asked: Asked): Promise<SeriesPreview[]> {
  const { orgId } = ctx.viewer;
  const now = ctx.clock.now();
  const today = dayAt(now, asked.timeZone);
  const daysOff = await daysOffOf(db, [asked.managerId, ...asked.reps.map(({ repId }) => repId)], today);
  const busy = await busyTimes(db, orgId, asked.managerId, now, asked.butSeriesId);
  return asked.reps.map(({ repId, localTime }) => {
    const slot = {
      rrule: asked.rrule,
      startsOn: firstDay(asked.rrule, asked.startsOn),
      untilOn: null,
      localTime,
      timeZone: asked.timeZone,
    };
    const off = daysOff.filter(({ personId }) => personId === repId || personId === asked.managerId);
    const dates = nextOccurrences(slot, today, shown + 1, off)
      .filter(({ start }) => start > now)
      .slice(0, shown);
    return { repId, localTime, dates: dates.map((date) => ({ ...date, clash: clashOf(date.start, asked.minutes, busy) })) };
  });
}

function clashOf(start: Date, minutes: number, busy: readonly Busy[]): Busy | null {
  const end = start.getTime() + minutes * 60_000;
  return busy.find((one) => one.start.getTime() < end && one.end > start) ?? null;
}
