import { type Focus, focusShares, mostOnPast, wholePercents } from "./focus.ts";

export interface PlannedSection {
  minutes: number;
  focus: Focus;
  panel: string;
}

export interface AgendaBalance {
  /** Minutes of all sections together. */
  minutes: number;
  /** Minutes beyond the length of the one-on-one; negative when some are left. */
  over: number;
  /** Whole percents of the planned time. */
  past: number;
  present: number;
  future: number;
  /** More than a tenth of the plan looks back (METHOD R3.3). */
  tooMuchPast: boolean;
  /** What every one-on-one needs and this plan lacks: a look at the last promises, a wrap-up that makes new ones. */
  missing: ("commitments" | "wrap_up")[];
}

/**
 * How an agenda divides its time, before anybody has met.
 * @param sections in any order
 * @param length minutes of the one-on-one
 */
export function agendaBalance(sections: readonly PlannedSection[], length: number): AgendaBalance {
  const minutes = sections.reduce((sum, section) => sum + section.minutes, 0);
  const shares = focusShares(
    sections.map(({ focus, minutes: each }) => ({ focus, from: 0, until: each })),
    0,
  );
  return {
    minutes,
    over: minutes - length,
    ...wholePercents(shares),
    tooMuchPast: shares.past > mostOnPast,
    missing: (["commitments", "wrap_up"] as const).filter((panel) => !sections.some((section) => section.panel === panel)),
  };
}
