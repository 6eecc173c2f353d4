/** The chance that at least `least` of `many` things come, each by itself with this chance. */
export function atLeast(least: number, many: number, chance: number): number {
  let sum = 0;
  for (let came = Math.max(0, least); came <= many; came++) sum += ways(many, came) * chance ** came * (1 - chance) ** (many - came);
  return sum;
}

function ways(many: number, came: number): number {
  let product = 1;
  for (let n = 1; n <= came; n++) product *= (many - came + n) / n;
  return product;
}
