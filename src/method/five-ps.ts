export type FiveP = "planned" | "prospects" | "prepared" | "practised" | "positive";

export interface Mark {
  p: FiveP;
  name: string;
  isDone: boolean;
  /** What was really done, or what is still missing, in a few words. */
  words: string;
}

export interface FivePsFacts {
  isPlanned: boolean;
  agendaSent: boolean;
  hasBegun: boolean;
  /** Undefined while the viewer may not see the preparation. */
  prospects: readonly { isReviewed: boolean; hasStrategy: boolean }[] | undefined;
  rolePlays: readonly { tries: number; hasFeedback: boolean }[];
}

/**
 * The five P's of one one-on-one: planned, prospects reviewed, prepared with a strategy, practised, positive feedback given.
 * Each is done or not from what was really done; together they are no score of anybody.
 *
 * @param facts what was done in this one-on-one; counts are whole numbers
 * @returns always five marks, in their order
 * @source Behavioral sales coaching (S0): the five P's, rows R2.4 and R3.8 of the method
 */
export function fivePs({ isPlanned, agendaSent, hasBegun, prospects, rolePlays }: FivePsFacts): Mark[] {
  const all = prospects?.length ?? 0;
  const reviewed = prospects?.filter(({ isReviewed }) => isReviewed).length ?? 0;
  const strategies = prospects?.filter(({ hasStrategy }) => hasStrategy).length ?? 0;
  const practised = rolePlays.filter(({ tries }) => tries > 0).length;
  const praised = rolePlays.filter(({ hasFeedback }) => hasFeedback).length;
  const ofAll = (done: number, what: string) =>
    prospects === undefined ? "not handed in" : all === 0 ? "no deal to go through" : `${what} for ${done} of ${all}`;
  return [
    {
      p: "planned",
      name: "Planned",
      isDone: isPlanned && (agendaSent || hasBegun),
      words: agendaSent ? "agenda sent" : hasBegun ? "held without sending the agenda" : isPlanned ? "agenda not sent yet" : "not planned",
    },
    { p: "prospects", name: "Prospects reviewed", isDone: all > 0 && reviewed === all, words: ofAll(reviewed, "gone through") },
    { p: "prepared", name: "Strategy prepared", isDone: all > 0 && strategies === all, words: ofAll(strategies, "next step and what if") },
    {
      p: "practised",
      name: "Practised",
      isDone: practised > 0,
      words: practised === 0 ? "no role-play yet" : practised === 1 ? "one role-play" : `${practised} role-plays`,
    },
    { p: "positive", name: "Positive feedback", isDone: praised > 0, words: praised > 0 ? "written down" : "none written yet" },
  ];
}
