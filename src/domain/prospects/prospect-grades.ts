import { addDays } from "../../method/days.ts";
import type { OpportunityAt } from "../opportunities/opportunities-as-of.ts";

export type Grade = "A" | "B" | "C";

const closingDays = 30;

/** How ready each open deal is to be closed, by id: A is expected to close within thirty days. */
export function prospectGrades(open: readonly OpportunityAt[], today: string): Map<string, Grade | null> {
  const until = addDays(today, closingDays);
  return new Map(open.map(({ id, closeOn }) => [id, closeOn !== null && closeOn <= until ? "A" : null]));
}
