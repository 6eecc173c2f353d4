export interface Clock {
  now(): Date;
}

/** The system clock, or one that stands still at `frozenAt`. */
export const makeClock = (frozenAt?: Date): Clock => ({ now: () => (frozenAt ? new Date(frozenAt) : new Date()) });

/** Today, by which roles, reporting lines and leave dates count everywhere: the day in UTC, as the database's policies read it. */
export const todayOf = ({ clock }: { clock: Clock }): string => clock.now().toISOString().slice(0, 10);
