import type { Answers, Pipeline } from "../domain/imports/import-settings.ts";
import { outcomeOf } from "../domain/imports/read-outcome.ts";
import type { Survey } from "./survey-rows.ts";

const mostListed = 50;

/** The pipelines of a file that names several. */
export function pipelinesOf(survey: Survey): Pipeline[] {
  if (survey.pipelines.size < 2) return [];
  const rows = survey.values.get("pipeline");
  return [...survey.pipelines]
    .slice(0, mostListed)
    .map(([name, stages]) => ({ name, rows: rows?.get(name) ?? 0, stages: [...stages].filter(Boolean) }));
}

/** A stage under one name in several pipelines that are taken: whether it is one stage nobody but a person can tell. */
export function sharedStage(survey: Survey, answers: Answers): string | null {
  if (answers.pipelines !== undefined || answers.stagesApart !== undefined || survey.pipelines.size < 2) return null;
  const seen = new Set<string>();
  for (const stages of survey.pipelines.values())
    for (const stage of stages) {
      if (stage === "" || outcomeOf(stage) !== "open") continue;
      if (seen.has(stage)) return stage;
      seen.add(stage);
    }
  return null;
}

export const isTaken = (pipeline: string | null, { pipelines }: Answers): boolean =>
  pipeline === null || pipelines === undefined || pipelines.includes(pipeline);

/** The pipelines in which a stage occurs, of those that are taken; null stands for rows without one. */
export function takenPipelinesOf(survey: Survey, stage: string, answers: Answers): (string | null)[] {
  if (survey.pipelines.size === 0) return [null];
  const all = [...survey.pipelines].filter(([, stages]) => stages.has(stage)).map(([name]) => name);
  return all.length === 0 ? [null] : all.filter((name) => isTaken(name, answers));
}

/** The stage's name here: with its pipeline where equal names are kept apart. Won is won everywhere. */
export const stageWords = (stage: string, pipeline: string | null, { stagesApart }: Answers, outcome = outcomeOf(stage)): string =>
  stagesApart && pipeline !== null && outcome === "open" ? `${stage} · ${pipeline}` : stage;
