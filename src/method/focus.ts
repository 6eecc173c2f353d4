export type Focus = "past" | "present" | "future";

export interface Stretch {
  focus: Focus;
  /** Milliseconds since the epoch. */
  from: number;
  /** Milliseconds since the epoch; null while it still runs. */
  until: number | null;
}

export interface FocusShares {
  /** Milliseconds spent in all. */
  total: number;
  /** Shares of the total between 0 and 1; all 0 when nothing was spent. */
  past: number;
  present: number;
  future: number;
  /** True when more than a tenth of at least five minutes went on the past. */
  tooMuchPast: boolean;
}

export const mostOnPast = 0.1;
const least = 5 * 60_000;

/**
 * How the time of a meeting was spent between past, present and future (METHOD R3.3: at least 90 % on present and future).
 * @param stretches sections in any order; overlaps count twice, a stretch that ends before it starts counts nothing
 * @param now milliseconds since the epoch, for the stretch that still runs
 */
export function focusShares(stretches: readonly Stretch[], now: number): FocusShares {
  const spent = { past: 0, present: 0, future: 0 };
  for (const { focus, from, until } of stretches) spent[focus] += Math.max(0, (until ?? now) - from);
  const total = spent.past + spent.present + spent.future;
  const share = (part: number) => (total === 0 ? 0 : part / total);
  return {
    total,
    past: share(spent.past),
    present: share(spent.present),
    future: share(spent.future),
    tooMuchPast: total >= least && share(spent.past) > mostOnPast,
  };
}

/** Whole percents that add up to 100 (largest remainders get the rest); all 0 when nothing was spent. */
export function wholePercents({ total, past, present, future }: FocusShares): { past: number; present: number; future: number } {
  if (total === 0) return { past: 0, present: 0, future: 0 };
  const parts = [past, present, future].map((share, index) => ({ index, floor: Math.floor(share * 100), rest: (share * 100) % 1 }));
  let left = 100 - parts.reduce((sum, { floor }) => sum + floor, 0);
  for (const part of parts.toSorted((a, b) => b.rest - a.rest)) if (left-- > 0) part.floor++;
  const [a, b, c] = parts.toSorted((x, y) => x.index - y.index).map(({ floor }) => floor);
  return { past: a ?? 0, present: b ?? 0, future: c ?? 0 };
}
