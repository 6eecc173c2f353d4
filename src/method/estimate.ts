/** What there was too little of, or what could not be: a program can tell refusals apart by it. */
export type Lack = "history" | "outcomes" | "deals" | "periods" | "people" | "wins" | "results" | "a way there";

/** Why there is no number. */
export interface Refusal {
  lack: Lack;
  /** How much there is and how much it takes, in `unit`. */
  have: number;
  need: number;
  /** Plural: "days", "won deals". */
  unit: string;
  /** One sentence's worth for the screen: "not enough history: 41 days, 90 needed". */
  words: string;
}

/** A number that means something, or why there is none. Every estimate of the method has this one shape. */
export type Estimate<T> = { known: true; value: T } | { known: false; refusal: Refusal };

export const known = <T>(value: T): Estimate<T> => ({ known: true, value });

/**
 * No number, by name.
 * @param have how much there is, in `unit`
 * @param need how much it takes
 */
export function refused(lack: Lack, have: number, need: number, unit: string): { known: false; refusal: Refusal } {
  const words = lack === "a way there" ? `no way there: ${have} of ${need} ${unit}` : `not enough ${lack}: ${have} ${unit}, ${need} needed`;
  return { known: false, refusal: { lack, have, need, unit, words } };
}

/** The value of an estimate, or null where it was refused. */
export const valueOf = <T>(estimate: Estimate<T>): T | null => (estimate.known ? estimate.value : null);

/** What is made of a value, where there is one. */
export const mapped = <T, U>(estimate: Estimate<T>, to: (value: T) => U): Estimate<U> =>
  estimate.known ? known(to(estimate.value)) : estimate;
