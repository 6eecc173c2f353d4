/** Draws that come out the same for the same seed, everywhere: a forecast shown twice is the same forecast. */
export interface SeededRandom {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Whole number with this mean; 0 for a mean of 0 or less. */
  poisson(mean: number): number;
}

/** A seed out of words, so that each rep and month has its own (FNV-1a, 32 bit). */
export function seedOf(words: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < words.length; at++) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/**
 * A generator of its own.
 * @param seed any 32-bit whole number
 * Source: uniform by sfc32 (Doty-Humphrey, PractRand); normal by Marsaglia's polar method; Poisson by multiplying uniforms,
 * in parts of at most 30 so that the product never underflows.
 */
export function seededRandom(seed: number): SeededRandom {
  // In a typed array: loose variables of a closure would be boxed at every step.
  const state = Int32Array.of(seed, 0x9e3779b9, 0x243f6a88, 1);
  const uniform = (): number => {
    const [a, b, c, count] = [state[0] ?? 0, state[1] ?? 0, state[2] ?? 0, state[3] ?? 0];
    const t = (a + b + count) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + t;
    state[3] = count + 1;
    return (t >>> 0) / 4_294_967_296;
  };
  for (let n = 0; n < 12; n++) uniform();
  let spare: number | null = null;
  const normal = (): number => {
    if (spare !== null) {
      const ready = spare;
      spare = null;
      return ready;
    }
    for (;;) {
      const [x, y] = [2 * uniform() - 1, 2 * uniform() - 1];
      const s = x * x + y * y;
      if (s === 0 || s >= 1) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      spare = y * scale;
      return x * scale;
    }
  };
  const upToThirty = (mean: number): number => {
    const limit = Math.exp(-mean);
    let drawn = 0;
    for (let product = uniform(); product > limit; product *= uniform()) drawn++;
    return drawn;
  };
  const poisson = (mean: number): number => {
    let drawn = 0;
    for (let left = mean; left > 0; left -= 30) drawn += upToThirty(Math.min(30, left));
    return drawn;
  };
  return { uniform, normal, poisson };
}
