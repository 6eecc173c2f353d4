import { dayOf } from "../../method/day-numbers.ts";
import type { FiscalPeriod, GoalHorizon } from "../../method/fiscal-calendar.ts";
import { firstName } from "../../parts/words.ts";
import type { ResultsData } from "./results-data.ts";

/** The rep as the page speaks of them: "you" to the rep, the first name to others. */
export interface Who {
  /** At the head of a sentence. */
  subject: string;
  /** "your", "Rico’s" */
  whose: string;
  isSelf: boolean;
}

export function whoOf({ person, isSelf }: Pick<ResultsData, "person" | "isSelf">): Who {
  const first = firstName(person.name);
  return isSelf ? { subject: "You", whose: "your", isSelf } : { subject: first, whose: `${first}’s`, isSelf };
}

export const periodWords: Record<GoalHorizon, string> = { month: "month", quarter: "quarter", year: "year" };

/** The deals won in a period, up to its end. */
export const wonHref = (personId: string, { from, until }: Pick<FiscalPeriod, "from" | "until">): string =>
  `/people/${personId}/results/won?from=${dayOf(from)}&to=${dayOf(until - 1)}`;

/** The longest span of which every won deal can be listed: ten years. */
export const longestDays = 3653;
