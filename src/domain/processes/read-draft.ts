import { notAnAmount, readMoney } from "../../method/read-money.ts";
import type { Grade } from "../../method/prospect-grade.ts";
import { isId } from "../../platform/new-id.ts";
import type { DraftProcess, DraftRule, DraftStage } from "./process-draft.ts";
import type { CarriedStage, ProcessRule, ProcessStage, RuleField } from "./process-queries.ts";

export interface ReadProcess {
  name: string;
  stages: ProcessStage[];
  rules: ProcessRule[];
  carried: CarriedStage[];
}

/** By field: "name", "stages", "probability <stage>", "experience <stage>", "words <verifier>", "who <verifier>", "rule <n>". */
export type DraftErrors = Record<string, string>;

export const ruleFields: readonly RuleField[] = ["verified stage", "stage", "backed", "closes within", "amount", "changed within"];
const most = { stages: 30, verifiers: 20, rules: 30 };

/** Checks a draft against the open stages of the organisation: either a whole process or everything that is wrong, by field. */
export function readDraft(
  draft: DraftProcess,
  open: readonly { id: string; name: string }[],
  currency: string,
): { process: ReadProcess } | { errors: DraftErrors } {
  const errors: DraftErrors = {};
  const name = draft.name.trim();
  if (name === "" || name.length > 200) errors.name = "Give it a name of at most 200 characters.";
  const names = new Map(open.map((stage) => [stage.id, stage.name]));
  if (draft.stages.length === 0) errors.stages = "A process needs at least one stage. Add one below.";
  if (draft.stages.length > most.stages) errors.stages = `Use at most ${most.stages} stages.`;
  const stages = draft.stages.map((stage) => readStage(stage, names.get(stage.stageId), errors));
  const ids = draft.stages.flatMap(({ verifiers }) => verifiers.map(({ id }) => id));
  if (new Set(ids).size < ids.length || !ids.every(isId)) errors.stages = "A verifier stands in it twice. Take one away.";
  if (new Set(draft.stages.map(({ stageId }) => stageId)).size < draft.stages.length)
    errors.stages = "A stage stands in it twice. Take one away.";
  if (draft.rules.length > most.rules) errors.rules = `Use at most ${most.rules} rules.`;
  const inIt = new Set(draft.stages.map(({ stageId }) => stageId));
  const rules = draft.rules.flatMap((rule, index) => readRule(rule, index, { inIt, currency, errors }) ?? []);
  // A stage that is in it again counts as itself, and nothing counts as a stage that has gone.
  const carried = (draft.carried ?? []).filter(({ stageId, asStageId }) => !inIt.has(stageId) && inIt.has(asStageId) && names.has(stageId));
  return Object.keys(errors).length > 0 ? { errors } : { process: { name, stages, rules, carried } };
}

function readStage(stage: DraftStage, name: string | undefined, errors: DraftErrors): ProcessStage {
  const { stageId } = stage;
  if (name === undefined) errors.stages = "A stage in it is not an open stage of yours. Take it away.";
  const probability = stage.probability.trim();
  if (!/^\d{1,3}$/.test(probability) || Number(probability) > 100) errors[`probability ${stageId}`] = "A whole number from 0 to 100.";
  if (stage.experience.length > 2000) errors[`experience ${stageId}`] = "Use at most 2,000 characters.";
  const verifiers = stage.verifiers.filter(({ words, who }) => words.trim() !== "" || who.trim() !== "");
  if (verifiers.length > most.verifiers) errors.stages = `Use at most ${most.verifiers} verifiers in a stage.`;
  for (const { id, words, who } of verifiers) {
    if (words.trim() === "") errors[`words ${id}`] = "Say what the customer does, or leave both empty.";
    if (words.trim().length > 300) errors[`words ${id}`] = "Use at most 300 characters.";
    if (who.trim().length > 200) errors[`who ${id}`] = "Use at most 200 characters.";
  }
  const tolls = verifiers.map(({ id, words, who }) => ({ verifierId: id, words: words.trim(), who: who.trim() }));
  return { stageId, name: name ?? "", experience: stage.experience.trim(), probability: Number(probability), tolls };
}

interface RuleScope {
  inIt: ReadonlySet<string>;
  currency: string;
  errors: DraftErrors;
}

function readRule(
  { grade, field, stageId, number }: DraftRule,
  index: number,
  { inIt, currency, errors }: RuleScope,
): ProcessRule | undefined {
  const wrong = (words: string) => void (errors[`rule ${index}`] = words);
  if (!["A", "B", "C"].includes(grade) || !(ruleFields as readonly string[]).includes(field))
    return wrong("Choose a grade and a condition.");
  const rule = { grade: grade as Grade, field: field as RuleField, stageId: null, number: null };
  if (field === "backed") return rule;
  if (field === "stage" || field === "verified stage")
    return inIt.has(stageId) ? { ...rule, stageId } : wrong("Choose one of the stages above.");
  if (field === "amount") {
    const minor = readMoney(number, currency);
    return minor === null ? wrong(notAnAmount(number, currency, "Give an amount, such as 50,000 or 50k.")) : { ...rule, number: minor };
  }
  return /^\d{1,4}$/.test(number.trim()) ? { ...rule, number: Number(number) } : wrong("Give a whole number of days.");
}
