import type { DraftProcess } from "../../domain/processes/process-draft.ts";

type Body = Record<string, unknown>;

/** A NUL cannot be stored, and nobody types one. */
const clean = (value: unknown): string => (typeof value === "string" ? value.replaceAll("\0", "") : "");
const all = (value: unknown): string[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(clean);

/** What the form holds, as typed: stages by their id, verifiers in parallel lists below each. */
export function typedDraft(body: Body): DraftProcess {
  const rule = { grade: all(body.ruleGrade), field: all(body.ruleField), stageId: all(body.ruleStage), number: all(body.ruleNumber) };
  return {
    name: clean(body.name),
    stages: all(body.stage).map((stageId) => {
      const [words, who] = [all(body[`words ${stageId}`]), all(body[`who ${stageId}`])];
      return {
        stageId,
        experience: clean(body[`experience ${stageId}`]),
        probability: clean(body[`probability ${stageId}`]),
        verifiers: all(body[`verifier ${stageId}`]).map((id, index) => ({ id, words: words[index] ?? "", who: who[index] ?? "" })),
      };
    }),
    carried: all(body.carried).flatMap((stageId) => {
      const asStageId = clean(body[`counts as ${stageId}`]);
      return asStageId ? [{ stageId, asStageId }] : [];
    }),
    rules: rule.grade.map((grade, index) => ({
      grade,
      field: rule.field[index] ?? "",
      stageId: rule.stageId[index] ?? "",
      number: rule.number[index] ?? "",
    })),
  };
}
