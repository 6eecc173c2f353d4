/** A chance out of some thousand draws, in words: never nothing and never certain. */
export function chanceWords(chance: number): string {
  if (chance < 0.01) return "under 1\u00a0%";
  return chance > 0.99 ? "over 99\u00a0%" : `${Math.round(chance * 100)}\u00a0%`;
}
