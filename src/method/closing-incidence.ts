import type { ClosingHazards } from "./closing-hazards.ts";

/** What becomes of a new deal, by age in days: arrays of the length of the hazards. */
export interface ClosingIncidence {
  /** Chance that it has been won, or lost, by the end of that day of age. */
  won: Float64Array;
  lost: Float64Array;
  /** Chance that it is still open then. The three add up to 1. */
  open: Float64Array;
}

/**
 * Cumulative incidence of winning and losing with the other as competing risk.
 * The last `won` is the chance that a new deal is ever won, as far as deals were watched: below won / (won + lost), since
 * some never close.
 * Source: Aalen and Johansen, Scandinavian Journal of Statistics 5 (1978) 141–150.
 */
export function closingIncidence({ wonHazard, lostHazard }: Pick<ClosingHazards, "wonHazard" | "lostHazard">): ClosingIncidence {
  const [won, lost, open] = [wonHazard.slice(), wonHazard.slice(), wonHazard.slice()];
  let [wonBy, lostBy, stillOpen] = [0, 0, 1];
  for (let age = 0; age < wonHazard.length; age++) {
    const [ofWon, ofLost] = [wonHazard[age] ?? 0, lostHazard[age] ?? 0];
    wonBy += stillOpen * ofWon;
    lostBy += stillOpen * ofLost;
    stillOpen *= Math.max(0, 1 - ofWon - ofLost);
    [won[age], lost[age], open[age]] = [wonBy, lostBy, stillOpen];
  }
  return { won, lost, open };
}
