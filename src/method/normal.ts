/**
 * Chance that a standard normal lies below z.
 * Source: series Σ z^(2n+1) / (1·3·5 … (2n+1)) times the density (DLMF 7.6.2), within 1e-12 up to |z| = 6, and 0 or 1 beyond 8.
 */
export function normalChance(z: number): number {
  if (Math.abs(z) > 8) return z < 0 ? 0 : 1;
  let [term, sum] = [z, z];
  for (let n = 1; Math.abs(term) > 1e-17; n++) {
    term *= (z * z) / (2 * n + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/** The value a standard normal stays below with this chance, by bisection of `normalChance`; between −8 and 8. */
export function normalQuantile(share: number): number {
  let [low, high] = [-8, 8];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalChance(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
