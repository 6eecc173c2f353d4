export interface Allowance {
  allowed: boolean;
  left: number;
  /** Seconds until there is more. */
  resetsIn: number;
}

/** At most `most` within each window of time, counted for each key apart, by this process alone. */
export class RateLimit {
  readonly most: number;
  readonly #window: number;
  readonly #used = new Map<string, { count: number; since: number }>();

  constructor(most: number, windowMs = 60_000) {
    this.most = most;
    this.#window = windowMs;
  }

  take(key: string, now: number): Allowance {
    if (this.#used.size > 10_000) this.#forget(now);
    let used = this.#used.get(key);
    if (!used || now - used.since >= this.#window) this.#used.set(key, (used = { count: 0, since: now }));
    used.count++;
    return {
      allowed: used.count <= this.most,
      left: Math.max(0, this.most - used.count),
      resetsIn: Math.max(1, Math.ceil((used.since + this.#window - now) / 1000)),
    };
  }

  #forget(now: number): void {
    for (const [key, { since }] of this.#used) if (now - since >= this.#window) this.#used.delete(key);
  }
}
