import { HTTPException } from "hono/http-exception";
import { addDays } from "../../method/days.ts";
import type { Ctx } from "../../platform/context.ts";
import { recordEvent, signal } from "../../platform/record-event.ts";
import { withdrawMeetings } from "../meetings/withdraw-meetings.ts";
import { endOn } from "./change-series.ts";
import { seriesForViewer } from "./series-access.ts";

/** Ends a series: `lastDay` is its last. Returns what stays planned after it, because somebody has put work into it. */
export async function endSeries(ctx: Ctx, seriesId: string, lastDay: string): Promise<{ id: string; plannedStart: Date }[]> {
  const { orgId } = ctx.viewer;
  return ctx.tx(async (db) => {
    const series = await seriesForViewer(db, ctx, seriesId);
    if (!series.mayChange) throw new HTTPException(403, { message: "The manager of this pair ends it." });
    if (series.untilOn !== null && series.untilOn <= lastDay) return [];
    await endOn(db, orgId, series.id, lastDay);
    const stays = await withdrawMeetings(db, { orgId, seriesIds: [series.id], from: addDays(lastDay, 1), now: ctx.clock.now() });
    await recordEvent(db, ctx, "end", "series", series.id);
    for (const person of [series.managerId, series.repId]) await signal(db, `week:${person}`);
    return stays;
  });
}
