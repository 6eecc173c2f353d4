import type { TollStage } from "../../method/verified-stage.ts";
import type { Process } from "./process-queries.ts";

type Stages = Pick<Process, "stages" | "former">;

/**
 * The stages a deal is measured by that stands in this one: those of the process, and the one it carries itself in its old
 * place where that was taken out. So a new version alone moves nobody's verified stage, volume or grade.
 */
export function stagesFor({ stages, former }: Stages, stageId: string): readonly TollStage[] {
  const one = stages.some((stage) => stage.stageId === stageId) ? undefined : former.find((stage) => stage.stageId === stageId);
  return one ? (stages as readonly TollStage[]).toSpliced(placeAfter(stages, one.afterStageId), 0, one) : stages;
}

const placeAfter = (stages: Process["stages"], afterStageId: string | null): number =>
  stages.findIndex(({ stageId }) => stageId === afterStageId) + 1;

/** All stages in order, those taken out in their old places. */
export function everyStage({ stages, former }: Stages): TollStage[] {
  const after = (stageId: string | null) => former.filter(({ afterStageId }) => afterStageId === stageId);
  return [...after(null), ...stages.flatMap((stage) => [stage, ...after(stage.stageId)])];
}

/** The place of a stage among those of the process, 0 the first; between two of them where it was taken out; null where it never was. */
export function placeOf({ stages, former }: Stages, stageId: string | undefined): number | null {
  const at = stages.findIndex((stage) => stage.stageId === stageId);
  if (at >= 0) return at;
  const one = former.find((stage) => stage.stageId === stageId);
  return one ? placeAfter(stages, one.afterStageId) - 0.5 : null;
}

export type StageStanding = "in" | "former" | "never";

/** Whether a process has a stage, or had it; without a process every stage is as good as in it. */
export function standingOf(process: Stages | null, stageId: string): StageStanding {
  if (!process || process.stages.some((stage) => stage.stageId === stageId)) return "in";
  return process.former.some((stage) => stage.stageId === stageId) ? "former" : "never";
}
