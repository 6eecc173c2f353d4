export interface Effort {
  /** Won deals it takes, rounded up. */
  deals: number;
  /** Activities these take, by type; only those whose number for one win is known. */
  activities: { type: string; many: number }[];
}

/** A hair above a whole number is that number: a mean of money is rarely exact. */
const whole = (n: number): number => Math.max(0, Math.ceil(n - 1e-9));

/**
 * What a result takes at somebody's own deal size and own activities for one deal won (METHOD R3.6: the activities done against what
 * the result needed). A rule of three, no forecast.
 * @param minor the result, in the unit of `dealMinor` @param dealMinor mean size of a won deal, above zero
 * @param perWin activities one won deal takes, by type
 */
export function effortFor(minor: number, dealMinor: number, perWin: readonly { type: string; each: number }[]): Effort {
  const deals = Math.max(0, minor / dealMinor);
  return { deals: whole(deals), activities: perWin.map(({ type, each }) => ({ type, many: whole(deals * each) })) };
}
