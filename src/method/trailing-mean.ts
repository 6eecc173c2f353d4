/**
 * The plain mean of the months just past: the yardstick beside every forecast (reference: numbers.md).
 * @param months sums of whole months
 * @param isWhole whether the history reaches back to before the first of them
 * @returns null while it does not: no number out of too little
 */
export function trailingMean(months: readonly number[], isWhole: boolean): number | null {
  if (!isWhole || months.length === 0) return null;
  return Math.round(months.reduce((sum, month) => sum + month, 0) / months.length);
}
