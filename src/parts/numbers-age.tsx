import type { Ctx } from "../platform/context.ts";
import { dayIn, fullDay, longDay, timeIn } from "./words.ts";

interface Props {
  ctx: Pick<Ctx, "clock" | "viewer">;
  /** When they were made; null while there are none. */
  madeAt: Date | null;
  /** Since when newer ones are being made. */
  dueSince: Date | null;
}

/** How old stored numbers are, and whether newer ones are on their way: "Numbers of 9:14 today; newer ones are being made." */
export function NumbersAge({ ctx, madeAt, dueSince }: Props) {
  if (!madeAt) return dueSince ? <p class="small muted numbers-age">The numbers are being made.</p> : null;
  const zone = ctx.viewer.timeZone;
  const [madeOn, today] = [dayIn(madeAt, zone), dayIn(ctx.clock.now(), zone)];
  const day = madeOn === today ? "today" : madeOn.slice(0, 4) === today.slice(0, 4) ? longDay(madeOn) : fullDay(madeOn);
  return (
    <p class="small muted numbers-age">
      Numbers of {timeIn(madeAt, zone)} {day === "today" ? day : `on ${day}`}
      {dueSince ? "; newer ones are being made." : "."}
    </p>
  );
}
