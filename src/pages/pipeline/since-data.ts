import { z } from "zod";
import { type SinceLastMet, sinceLastMet } from "../../domain/opportunities/since-last-met.ts";
import type { Ctx } from "../../platform/context.ts";
import { type ShownDay, shownDay } from "./shown-day.ts";

const query = z.object({ rep: z.string().default(""), meeting: z.string().default(""), asOf: z.string().default("") });

export interface SinceData extends SinceLastMet {
  shown: ShownDay;
}

/** What has become of one rep's pipeline since a pair last met: the difference of two instants. */
export async function sinceData(ctx: Ctx, raw: Record<string, string>): Promise<SinceData> {
  const asked = query.parse(raw);
  const shown = shownDay(asked.asOf, ctx.clock.now(), ctx.viewer.timeZone);
  const found = await ctx.tx((db) =>
    sinceLastMet(db, ctx, { repId: asked.rep || ctx.viewer.personId, meetingId: asked.meeting, at: shown.at }),
  );
  return { ...found, shown };
}
