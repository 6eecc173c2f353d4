import { wordHorizons, type WordHorizon } from "../../domain/own-words/own-word-queries.ts";
import { sayOwnWord } from "../../domain/own-words/say-own-word.ts";
import { question } from "../../domain/preparations/preparation-queries.ts";
import { type Word, wordProblems } from "../../method/own-word.ts";
import { readMoney } from "../../method/read-money.ts";
import type { Ctx } from "../../platform/context.ts";
import { newId } from "../../platform/new-id.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Wrong } from "./own-numbers.tsx";
import { preparationData } from "./preparation-data.ts";

export const wordParts = ["likely", "least", "most"] as const;

/** The words of the form that can be said; what contradicts itself is marked at its field. */
export function saidWords(ctx: Ctx, form: Record<string, unknown>, wrong: Wrong): Map<WordHorizon, Word> {
  const said = new Map<WordHorizon, Word>();
  for (const horizon of wordHorizons) {
    const typed = (part: keyof Word) => String(form[question.word(horizon, part)] ?? "");
    const read = (part: keyof Word) => readMoney(typed(part), ctx.viewer.currency);
    if (wordParts.some((part) => typed(part).trim() !== "" && read(part) === null)) continue;
    const word = { likely: read("likely"), least: read("least"), most: read("most") };
    const problems = Object.entries(wordProblems(word)) as [keyof Word, string][];
    for (const [part, problem] of problems) {
      wrong.errors[question.word(horizon, part)] = problem;
      wrong.typed[question.word(horizon, part)] = typed(part);
    }
    if (word.likely !== null && problems.length === 0) said.set(horizon, { ...word, likely: word.likely });
  }
  return said;
}

/** Says them, each once for this preparation; what is refused is marked at its field by `refuse`. */
export async function sayWords(
  ctx: Ctx,
  meetingId: string,
  said: ReadonlyMap<WordHorizon, Word>,
  refuse: (field: string, message: string) => void,
): Promise<void> {
  if (said.size === 0) return;
  const { words } = await preparationData(ctx, meetingId);
  for (const [horizon, word] of said) {
    if (words.said.has(horizon)) continue;
    try {
      await sayOwnWord(ctx, { ...word, id: newId(), horizon, on: words.on, meetingId });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(question.word(horizon, wordParts.find((part) => part === error.field) ?? "likely"), error.message);
    }
  }
}

export function saidNotice(figures: number, words: number): string {
  if (figures > 0) return "Said. The actual figures stand beside yours.";
  return words > 0 ? "Said." : "Nothing said yet.";
}
