import { type Estimate, known, refused } from "./estimate.ts";
import { bias, type ForecastPair, wape } from "./forecast-scores.ts";

/** Who says what a period will bring: the stages claimed, the stages verified, the person, the model, and "as before". */
export const voices = ["claimed", "verified", "word", "model", "trailing"] as const;
export type Voice = (typeof voices)[number];

export interface VoiceScore {
  months: number;
  /** Off on average, as a share of what came: 0 is perfect. */
  off: number;
  /** Promised in all beyond what came, as a share of it: above 0 too much. */
  lean: number;
  /** "high" or "low" where that is most of what is wrong; "both" where it is as often the one as the other. */
  mostly: "high" | "low" | "both";
}

/** Below half a year of months nobody's word is judged. */
export const leastMonths = 6;

/**
 * How well one voice foretold past months, each as of its first day.
 * @param pairs what it said of each month, and what came; one unit
 * Refuses below six months, or when nothing came in any of them.
 * Source: see `wape` and `bias`; "mostly" is ours: at least half of the error goes one way.
 */
export function voiceScore(pairs: readonly ForecastPair[]): Estimate<VoiceScore> {
  if (pairs.length < leastMonths) return refused("periods", pairs.length, leastMonths, "months");
  const [off, lean] = [wape(pairs), bias(pairs)];
  if (!off.known) return off;
  if (!lean.known) return lean;
  const mostly = Math.abs(lean.value) < off.value / 2 ? "both" : lean.value > 0 ? "high" : "low";
  return known({ months: pairs.length, off: off.value, lean: lean.value, mostly });
}
