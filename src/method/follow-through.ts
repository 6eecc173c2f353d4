export type Outcome = "kept" | "partly" | "missed" | "dropped";

export interface FollowThrough {
  kept: number;
  partly: number;
  missed: number;
  dropped: number;
  open: number;
  /** Settled in all. */
  settled: number;
  /** Kept, with partly as a half, of all settled that were not dropped; null when there is none to judge. */
  share: number | null;
}

/** How many commitments were kept (METHOD R4.6). A dropped one counts in no one's favour and against nobody. */
export function followThrough(outcomes: readonly (Outcome | null)[]): FollowThrough {
  const count = { kept: 0, partly: 0, missed: 0, dropped: 0, open: 0 };
  for (const outcome of outcomes) count[outcome ?? "open"]++;
  const judged = count.kept + count.partly + count.missed;
  return { ...count, settled: judged + count.dropped, share: judged === 0 ? null : (count.kept + count.partly / 2) / judged };
}
