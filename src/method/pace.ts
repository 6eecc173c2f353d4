import { type Estimate, known, refused } from "./estimate.ts";

export interface Pace {
  /** How much of the period is gone, its day included: 0 to 1. */
  gone: number;
  /** How much of what was aimed at is won; null without an aim. */
  reached: number | null;
  /** What the whole period brings when it goes on like this, in the unit of `won`. */
  atEnd: number;
}

const leastShare = 0.1;

/**
 * How a period goes so far, told as what it brings when it goes on at the same rate: a rule of three over calendar days, no forecast.
 *
 * Refuses before a tenth of the period is gone: one deal more or less would double it.
 * @param period first day, and the first day after it: day numbers
 * @param day the day that counts as the last one known, a day number within the period
 * @param won won in it so far @param aim what is aimed at in the whole period, in the same unit; null where nothing is
 */
export function paceOf(period: { from: number; until: number }, day: number, won: number, aim: number | null): Estimate<Pace> {
  const [all, past] = [period.until - period.from, Math.min(day + 1, period.until) - period.from];
  const least = Math.ceil(all * leastShare);
  if (past < least) return refused("history", Math.max(0, past), least, "days of the period");
  const gone = past / all;
  return known({ gone, reached: aim === null || aim <= 0 ? null : won / aim, atEnd: won / gone });
}
