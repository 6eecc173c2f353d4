import { PlainError } from "../../platform/plain-error.ts";
import { dayWords } from "./day-words.ts";

/** A run is taken back only before whatever builds on it. */
export function refuseLaterRun(later: { name: string; day: string } | undefined): void {
  if (later)
    throw new PlainError(
      `“${later.name}” was taken in after it, on ${dayWords(later.day)}, and builds on it.`,
      "Take that one back first.",
    );
}
