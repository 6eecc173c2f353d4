import { inOrder } from "../domain/imports/plan-opportunities.ts";
import type { Survey } from "./survey-rows.ts";

const early = /^\W*(prospect|qualif|lead|new\b|neu|discover|appointment|first|erst|anfrage|contact|kontakt|prise de|primer|primo)/i;

/** The stages of a file as deals go through them: by their numbers, else by their probability, else as they stand there. */
export function stagesInOrder(survey: Survey): string[] {
  const names = inOrder(survey.values.get("stage")?.keys() ?? [], survey.datedStages);
  const numbers = names.map((name) => Number(/^\s*(\d{1,2})\b/.exec(name)?.[1] ?? Number.NaN));
  const likely = names.map((name) => {
    const facts = survey.stagesSeen.stages.get(name);
    return facts && facts.likely.rows === facts.rows ? facts.likely.least : Number.NaN;
  });
  const by = [numbers, likely].find((keys) => keys.length > 0 && keys.every((key) => !Number.isNaN(key)) && new Set(keys).size > 1);
  if (by)
    return names
      .map((name, at) => ({ name, key: by[at] ?? 0 }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ name }) => name);
  return [...names.filter((name) => early.test(name)), ...names.filter((name) => !early.test(name))];
}
