import type { ClosingHazards } from "./closing-hazards.ts";
import { type Estimate, known, refused } from "./estimate.ts";
import { calendarYear, type FiscalCalendar } from "./fiscal-calendar.ts";
import { firstWhole, fiscalMonths } from "./fiscal-months.ts";

/** How much likelier than on average a deal is won, or lost, in each month of a quarter: 1 is the average. Read by `worthAt`. */
export interface MonthOfQuarter {
  won: Float64Array;
  lost: Float64Array;
}

/** @param position month of the quarter, 0 to 2 @param age of the deal in days */
export const worthAt = (worth: Float64Array, position: number, age: number): number => worth[4 * position + bandOf(age)] ?? 1;

/** One deal in calendar days (day numbers), as known on a day. */
export interface DatedDeal {
  createdOn: number;
  /** When it was won, lost or last seen open; null while open. */
  endedOn: number | null;
  outcome: "won" | "lost" | "open";
}

/** Upper ends of the bands of age in days that are told apart. */
const bandEnds = [20, 60, 100, Number.POSITIVE_INFINITY];
export const bandOf = (age: number): number => bandEnds.findIndex((end) => age <= end);
const drawnToOne = 20;

/** Months counted with 0 as the first of a quarter; `startsIn` is the month, 1 to 12, in which the fiscal year begins. */
export const positionOf = (month: number, startsIn = 1): number => (month + 13 - startsIn) % 3;

interface Watched {
  /** First day on which outcomes are known, and the day looked from: that day itself is not known yet. */
  observedFrom: number;
  day: number;
  calendar?: FiscalCalendar;
}

/**
 * What each month of the quarter is worth: (observed + 20) / (expected + 20) by band of age, expected from the hazards.
 * Learnt from whole fiscal months only, and never from less than one full quarter: refuses below three.
 * Source: indirect standardisation with a prior of twenty events; bands and prior from numbers.md.
 */
export function monthOfQuarter(deals: readonly DatedDeal[], hazards: ClosingHazards, watched: Watched): Estimate<MonthOfQuarter> {
  const { observedFrom, day, calendar = calendarYear } = watched;
  const months = fiscalMonths(calendar);
  const first = firstWhole(months, observedFrom);
  const past = months.of(day);
  if (past - first < 3) return refused("periods", Math.max(0, past - first), 3, "whole months");
  const counts = seasonCounts();
  const sums = summed(hazards);
  for (let month = first; month < past; month++) {
    const [from, until] = [months.start(month), months.start(month + 1)];
    for (const deal of deals) addMonth(counts, sums, deal, { from, until, at: 4 * positionOf(month, calendar.startsIn) });
  }
  return known(seasonOf(counts));
}

/** Seen and expected by month of the quarter and band of age: four bands a month, `4 * position + bandOf(age)`. */
export interface SeasonCounts {
  won: Float64Array;
  wonExpected: Float64Array;
  lost: Float64Array;
  lostExpected: Float64Array;
}

export const seasonCounts = (): SeasonCounts => ({
  won: new Float64Array(12),
  wonExpected: new Float64Array(12),
  lost: new Float64Array(12),
  lostExpected: new Float64Array(12),
});

export const seasonOf = (counts: SeasonCounts): MonthOfQuarter => ({
  won: worth(counts.won, counts.wonExpected),
  lost: worth(counts.lost, counts.lostExpected),
});

const worth = (seen: Float64Array, expected: Float64Array): Float64Array =>
  seen.map((count, at) => (count + drawnToOne) / ((expected[at] ?? 0) + drawnToOne));

interface Sums {
  won: Float64Array;
  lost: Float64Array;
}

/** Hazards added up over age, so that a deal's month costs four subtractions. */
const summed = ({ wonHazard, lostHazard }: ClosingHazards): Sums => ({ won: runningSum(wonHazard), lost: runningSum(lostHazard) });

function runningSum(hazard: Float64Array): Float64Array {
  const sums = new Float64Array(hazard.length + 1);
  for (let age = 0; age < hazard.length; age++) sums[age + 1] = (sums[age] ?? 0) + (hazard[age] ?? 0);
  return sums;
}

const upTo = (sums: Float64Array, age: number): number => sums[Math.min(age, sums.length - 1)] ?? 0;

function addMonth(
  counts: SeasonCounts,
  sums: Sums,
  { createdOn, endedOn, outcome }: DatedDeal,
  { from, until, at }: { from: number; until: number; at: number },
): void {
  if (createdOn >= until || (endedOn !== null && endedOn < from)) return;
  const firstAge = Math.max(0, from - createdOn);
  const lastAge = Math.min(until - 1, endedOn ?? until - 1) - createdOn;
  let low = 0;
  for (const [band, end] of bandEnds.entries()) {
    const [a, b] = [Math.max(low, firstAge), Math.min(end, lastAge) + 1];
    low = end + 1;
    if (b <= a) continue;
    counts.wonExpected[at + band] = (counts.wonExpected[at + band] ?? 0) + upTo(sums.won, b) - upTo(sums.won, a);
    counts.lostExpected[at + band] = (counts.lostExpected[at + band] ?? 0) + upTo(sums.lost, b) - upTo(sums.lost, a);
  }
  if (outcome === "open" || endedOn === null || endedOn >= until) return;
  const seen = outcome === "won" ? counts.won : counts.lost;
  const cell = at + bandOf(lastAge);
  seen[cell] = (seen[cell] ?? 0) + 1;
}
