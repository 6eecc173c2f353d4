import { endOfDay, isDay } from "../../method/days.ts";
import { dayIn } from "../../parts/words.ts";

export interface ShownDay {
  /** YYYY-MM-DD in the viewer's zone. */
  day: string;
  today: string;
  isToday: boolean;
  /** Now, or the last instant of the day there. */
  at: Date;
  /** What was wrong with the day asked for; then today is shown. */
  problem: string;
}

/** Which day is asked for, by the viewer's own calendar: a past day is shown as it stood at its end. */
export function shownDay(asOf: string, now: Date, timeZone: string): ShownDay {
  const today = dayIn(now, timeZone);
  const other = (problem: string): ShownDay => ({ day: today, today, isToday: true, at: now, problem });
  if (asOf === "" || asOf === today) return other("");
  if (!isDay(asOf)) return other("That day does not exist. This is today.");
  if (asOf > today) return other("That day is still to come. This is today.");
  return { day: asOf, today, isToday: false, at: endOfDay(asOf, timeZone), problem: "" };
}
