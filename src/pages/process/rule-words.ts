import type { Process, ProcessRule, RuleField } from "../../domain/processes/process-queries.ts";
import { type Grade, grades } from "../../method/prospect-grade.ts";
import { count, list, money } from "../../parts/words.ts";

export const fieldWords: Record<RuleField, string> = {
  "verified stage": "verified at this stage or beyond",
  stage: "claimed at this stage or beyond",
  backed: "backed: verified as far as claimed",
  "closes within": "closes within so many days",
  amount: "worth at least this amount",
  "changed within": "changed within so many days",
};

function ruleWords({ field, stageId, number }: ProcessRule, stages: Process["stages"], currency: string): string {
  const stage = stages.find((one) => one.stageId === stageId)?.name ?? "";
  switch (field) {
    case "verified stage":
      return `verified at ${stage} or beyond`;
    case "stage":
      return `claimed at ${stage} or beyond`;
    case "backed":
      return "verified as far as claimed";
    case "closes within":
      return `expected to close within ${count(number ?? 0, "day")}`;
    case "changed within":
      return `changed within the last ${count(number ?? 0, "day")}`;
    case "amount":
      return `worth ${money(number ?? 0, currency)} or more`;
  }
}

/** The rules as one sentence a grade. */
export function gradeLines({ rules, stages }: Pick<Process, "rules" | "stages">, currency: string): { grade: Grade; words: string }[] {
  return grades.map((grade) => {
    const own = rules.filter((rule) => rule.grade === grade);
    if (own.length > 0) return { grade, words: `${list(own.map((rule) => ruleWords(rule, stages, currency)))}.` };
    return { grade, words: grade === "C" ? "every other open deal." : "none by rule." };
  });
}
