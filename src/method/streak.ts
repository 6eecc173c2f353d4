export interface PastMeeting {
  state: "closed" | "excused" | "missed";
  /** When it was held or should have been. */
  at: Date;
}

export interface Streak {
  /** Held in a row up to now; an excused one neither counts nor breaks. */
  held: number;
  /** Missed in a row up to now. */
  missed: number;
  lastHeldAt: Date | null;
  /** Whole days since the last held one. */
  daysSince: number | null;
}

/** What a pair's past says at a glance. `past` in any order. */
export function streakOf(past: readonly PastMeeting[], now: Date): Streak {
  const recent = past.filter(({ at }) => at <= now).toSorted((a, b) => b.at.getTime() - a.at.getTime());
  const counted = recent.filter(({ state }) => state !== "excused");
  const run = (state: PastMeeting["state"]): number => {
    const end = counted.findIndex((meeting) => meeting.state !== state);
    return end === -1 ? counted.length : end;
  };
  const lastHeldAt = recent.find(({ state }) => state === "closed")?.at ?? null;
  return {
    held: run("closed"),
    missed: run("missed"),
    lastHeldAt,
    daysSince: lastHeldAt && Math.floor((now.getTime() - lastHeldAt.getTime()) / 86_400_000),
  };
}
