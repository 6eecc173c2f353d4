export interface Clock {
  now(): Date;
}

/** The system clock, or one that stands still at `frozenAt`. */
export const makeClock = (frozenAt?: Date): Clock => ({ now: () => (frozenAt ? new Date(frozenAt) : new Date()) });
