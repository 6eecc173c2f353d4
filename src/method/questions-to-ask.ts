export interface WorthAsking {
  overdue: readonly string[];
  missed: number | null;
  statedShareOff: number | null;
  slipped: readonly { name: string; from: string; to: string }[];
  stuck: readonly { name: string; days: number }[];
  lost: readonly string[];
  won: readonly string[];
  /** New opportunities since last time; null when that cannot be known. */
  created: number | null;
}

const most = 7;
const roughly = 0.1;

/**
 * Questions that this rep's own facts give rise to: open ones, put to be asked and not to be answered by the manager (METHOD R3.4).
 * The weightiest first, seven at most.
 */
export function questionsToAsk(facts: WorthAsking): string[] {
  const { overdue, missed, statedShareOff, slipped, stuck, lost, won, created } = facts;
  const asked = [
    ...(missed !== null && missed > 1 ? [`${ordinal(missed)} month in a row below plan: which next step do you two agree on?`] : []),
    ...overdue.slice(0, 2).map((words) => `“${short(words)}” is still open: what got in the way, and does it still matter?`),
    ...slipped
      .slice(0, 2)
      .map(({ name, from, to }) => `${name} moved from ${from} to ${to}: what did the customer say that made it later?`),
    ...stuck
      .slice(0, 2)
      .map(({ name, days }) => `Nothing has changed on ${name} for ${days} days: what has the customer agreed to do next?`),
    ...(statedShareOff !== null && statedShareOff > roughly
      ? ["Your number and the actual one were far apart: what did you have in mind?"]
      : []),
    ...(created === 0 ? ["No new opportunity since last time: what would it take to start one this week?"] : []),
    ...lost.slice(0, 1).map((name) => `${name} was lost: what would you do again, and what not?`),
    ...won.slice(0, 1).map((name) => `${name} was won: what made it work, and where else would that work?`),
  ];
  return [...new Set(asked)].slice(0, most);
}

const short = (words: string): string => (words.length > 80 ? `${words.slice(0, 77).trimEnd()}…` : words);
const ordinals = ["", "First", "Second", "Third", "Fourth", "Fifth", "Sixth"];
const ordinal = (n: number): string => ordinals[n] ?? `${n}th`;
