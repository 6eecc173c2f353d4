/** A stream of numbers that looks random and is the same every time for the same seed (sfc32 on a hash of the words). */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(seed: string) {
    [this.#a, this.#b, this.#c] = hash(seed);
    for (let i = 0; i < 12; i++) this.next();
  }

  /** 32 bits as a whole number. */
  bits(): number {
    const sum = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }

  /** From 0 up to but not with 1. */
  next(): number {
    return this.bits() / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** A whole number, both ends included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }

  /** Up to `count` different ones, in a new order. */
  some<T>(items: readonly T[], count: number): T[] {
    const left = [...items];
    const taken: T[] = [];
    while (taken.length < count && left.length > 0) taken.push(...left.splice(Math.floor(this.next() * left.length), 1));
    return taken;
  }

  /** One of the keys, each as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) if ((left -= weight) < 0) return key;
    return entries[0]?.[0] as K;
  }

  /** Around 1: half below, half above, skewed to the right. */
  aroundOne(spread: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
    return Math.exp(Math.max(-2.5, Math.min(2.5, normal)) * spread);
  }
}

function hash(words: string): [number, number, number] {
  let [a, b, c] = [1779033703, 3144134277, 1013904242];
  for (let i = 0; i < words.length; i++) {
    const k = words.charCodeAt(i);
    a = b ^ Math.imul(a ^ k, 597399067);
    b = c ^ Math.imul(b ^ k, 2869860233);
    c = a ^ Math.imul(c ^ k, 951274213);
  }
  return [a, b, c];
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

/** A UUIDv7 of that instant whose random part comes from its name: the same thing has the same id in every sample company. */
export function idOf(name: string, at: number): string {
  const random = new Random(`id ${name}`);
  const time = hex(Math.floor(at), 12);
  const [a, b] = [random.bits(), random.bits()];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(a & 0xfff, 3)}-${hex(0x8000 | ((a >>> 12) & 0x3fff), 4)}-${hex(b, 8)}${hex(random.bits() & 0xffff, 4)}`;
}
