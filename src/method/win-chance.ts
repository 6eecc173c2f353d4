import type { ClosingHazards } from "./closing-hazards.ts";
import { type MonthOfQuarter, worthAt } from "./month-of-quarter.ts";

/** The days looked at: how many, and where each stands in its quarter, if that is to count. */
export interface Span {
  /** Whole days, today being the first. */
  days: number;
  /** Which month of the quarter each day belongs to, 0 to 2, and what each is worth; without it every month is alike. */
  season?: { positions: readonly number[]; worth: MonthOfQuarter } | undefined;
}

/**
 * Chance that a deal open at the start of a day, at this age in whole days, is won within the span.
 * Past the oldest age watched nothing is expected. A chance between 0 and 1.
 * Source: Σ S(age … k) · won hazard(k), numbers.md; conditional cumulative incidence of Aalen and Johansen.
 */
export function winChance({ wonHazard, lostHazard }: Pick<ClosingHazards, "wonHazard" | "lostHazard">, age: number, span: Span): number {
  const { days, season } = span;
  let [chance, open] = [0, 1];
  const last = Math.min(days, wonHazard.length - age);
  for (let day = 0; day < last; day++) {
    const at = age + day;
    const position = season?.positions[day] ?? 0;
    const [won, lost] = [
      Math.min(1, (wonHazard[at] ?? 0) * (season ? worthAt(season.worth.won, position, at) : 1)),
      (lostHazard[at] ?? 0) * (season ? worthAt(season.worth.lost, position, at) : 1),
    ];
    chance += open * won;
    open *= Math.max(0, 1 - won - lost);
  }
  return Math.min(1, chance);
}

/** `winChance` for every age from 0 on, to be looked up: one pass for thousands of deals. */
export const winChances = (hazards: Pick<ClosingHazards, "wonHazard" | "lostHazard">, span: Span): Float64Array =>
  hazards.wonHazard.map((_, age) => winChance(hazards, age, span));

/** Chance that a deal first known on day `day` of the span (0 is its first) is won before the span ends, for each of its days. */
export function newWinChances(hazards: Pick<ClosingHazards, "wonHazard" | "lostHazard">, { days, season }: Span): number[] {
  return Array.from({ length: days }, (_, day) =>
    winChance(hazards, 0, { days: days - day, season: season && { ...season, positions: season.positions.slice(day) } }),
  );
}
