export interface StatedDifference {
  way: "high" | "low" | "right";
  /** How far off, always zero or more. */
  amount: number;
  /** The same as a share of the actual figure; null when that is zero. */
  share: number | null;
}

const closeEnough = 0.005;

/**
 * How a figure stated from memory compares with the actual one (METHOD R2.3). Within half a percent it counts as right.
 * @param stated what was said
 * @param actual what it was, in the same unit
 */
export function statedDifference(stated: number, actual: number): StatedDifference {
  const amount = Math.abs(stated - actual);
  const share = actual === 0 ? null : amount / Math.abs(actual);
  const isRight = amount === 0 || (share !== null && share < closeEnough);
  return { way: isRight ? "right" : stated > actual ? "high" : "low", amount, share };
}
