/** When a deal is expected to close, seen from a day. The horizons do not overlap: their volumes add up to the whole. */
export const horizons = ["overdue", "month", "quarter", "year", "later", "none"] as const;
export type Horizon = (typeof horizons)[number];
/** By the number the database adds them up under. */
export const numberedHorizons: readonly Horizon[] = ["none", "overdue", "month", "quarter", "year", "later"];

export interface HorizonEnds {
  /** The day looked from, YYYY-MM-DD: an expected close before it is overdue. */
  day: string;
  /** The last day of its month, its calendar quarter and its calendar year. */
  month: string;
  quarter: string;
  year: string;
}

const lastOf = (year: number, month: number): string =>
  Temporal.PlainDate.from({ year, month, day: 1 }).add({ months: 1 }).subtract({ days: 1 }).toString();

/**
 * The days on which the horizons of a day end (METHOD R5.5: this month, this quarter, until year end).
 * @param day a calendar day, YYYY-MM-DD
 */
export function horizonEnds(day: string): HorizonEnds {
  const date = Temporal.PlainDate.from(day);
  return {
    day,
    month: lastOf(date.year, date.month),
    quarter: lastOf(date.year, Math.ceil(date.month / 3) * 3),
    year: lastOf(date.year, 12),
  };
}

/** Which horizon an expected close falls into; "none" when there is no day. A deal that closes today is of this month. */
export function horizonOf(closeOn: string | null, ends: HorizonEnds): Horizon {
  if (closeOn === null) return "none";
  if (closeOn < ends.day) return "overdue";
  if (closeOn <= ends.month) return "month";
  if (closeOn <= ends.quarter) return "quarter";
  return closeOn <= ends.year ? "year" : "later";
}
