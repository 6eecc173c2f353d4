import { HTTPException } from "hono/http-exception";
import { endOfDay, isDay } from "../method/days.ts";
import type { Ctx } from "../platform/context.ts";
import { z } from "./api.ts";
import { day, instant } from "./shapes.ts";

export const asOf = z
  .union([day, instant], "Write a day like 2026-03-02, or an instant like 2026-03-02T17:00:00Z.")
  .optional()
  .openapi({
    description:
      "A day (its end, in the time zone of the token's person, as on the Pipeline page) or an instant: the pipeline as it was known then. One still to come counts as now.",
    param: { name: "asOf", in: "query", required: false },
  });

export function instantOf(asked: string | undefined, { viewer, clock }: Pick<Ctx, "viewer" | "clock">): Date {
  const now = clock.now();
  if (!asked) return now;
  const at = isDay(asked) ? endOfDay(asked, viewer.timeZone) : new Date(asked);
  if (Number.isNaN(at.getTime())) throw new HTTPException(400, { message: "asOf: this is not an instant." });
  // With a clock set back (KEPT_NOW) there are rows of later days: they are not known yet.
  return at > now ? now : at;
}
