/** Draws that come out the same for the same seed, everywhere: a forecast shown twice is the same forecast. */
export interface SeededRandom {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Fills an array with 32 random bits each: many at once cost a third. */
  words(into: Int32Array): void;
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
  const words = (into: Int32Array): void => {
    let [a, b, c, count] = [state[0] ?? 0, state[1] ?? 0, state[2] ?? 0, state[3] ?? 0];
    for (let at = 0; at < into.length; at++) {
      const t = (a + b + count) | 0;
      count = (count + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + t) | 0;
      into[at] = t;
    }
    state.set([a, b, c, count]);
  };
  const buffer = new Int32Array(512);
  let next = buffer.length;
  const uniform = (): number => {
    if (next === buffer.length) {
      words(buffer);
      next = 0;
    }
    return ((buffer[next++] ?? 0) >>> 0) / 4_294_967_296;
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
  return { uniform, words, normal, poisson };
}
