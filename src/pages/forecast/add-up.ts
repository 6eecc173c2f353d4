import type { OwnWord } from "../../domain/own-words/own-word-queries.ts";
import type { ForecastNow } from "../../domain/period-forecasts/period-forecast-queries.ts";
import { teamRange } from "../../method/team-range.ts";

/** One figure with its range, where there is one. Minor units. */
export interface Said {
  minor: number;
  low: number | null;
  high: number | null;
}

/** What the four say of one person's period, or of several people's added up. */
export interface Figures {
  /** Null while nothing has been worked out: which is not nothing won. */
  won: number | null;
  /** Null where nobody has one. */
  quota: number | null;
  claimed: Said | null;
  verified: Said | null;
  word: Said | null;
  model: Said | null;
  /** How many people's words are added up, and of how many who sell. */
  wordsOf: number;
  sellers: number;
}

const sum = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
};

const alone = (minor: number | null): Said | null => (minor === null ? null : { minor, low: null, high: null });

/** A range of one person only: least of all people at once is not what a team will at least bring. */
function wordOf(words: readonly OwnWord[]): Said | null {
  const likely = sum(words.map((word) => word.likely));
  const only = words.length === 1 ? words[0] : undefined;
  return likely === null ? null : { minor: likely, low: only?.least ?? null, high: only?.most ?? null };
}

function modelOf(rows: readonly ForecastNow[]): Said | null {
  const known = rows.filter(({ modelMinor }) => modelMinor !== null);
  const minor = sum(known.map(({ modelMinor }) => modelMinor));
  if (minor === null) return null;
  // What is won already is sure: only what is still to come has a range.
  const won = known.reduce((total, row) => total + Math.min(row.wonMinor, row.modelLowMinor ?? 0), 0);
  const people = known.map((row) => {
    const mine = Math.min(row.wonMinor, row.modelLowMinor ?? 0);
    return { expected: (row.modelMinor ?? 0) - mine, low: (row.modelLowMinor ?? 0) - mine, high: (row.modelHighMinor ?? 0) - mine };
  });
  const { low, high } = teamRange(people, known[0]?.sharedSpread ?? 0);
  return { minor, low: Math.round(won + low), high: Math.round(won + high) };
}

/** @param quota of all of them, as `teamQuota` tells it */
export const figuresOf = (rows: readonly ForecastNow[], words: readonly OwnWord[], sellers: number, quota: number | null): Figures => ({
  won: sum(rows.map(({ wonMinor }) => wonMinor)),
  quota,
  claimed: alone(sum(rows.map(({ claimedMinor }) => claimedMinor))),
  verified: alone(sum(rows.map(({ verifiedMinor }) => verifiedMinor))),
  word: wordOf(words),
  model: modelOf(rows),
  wordsOf: words.length,
  sellers,
});
