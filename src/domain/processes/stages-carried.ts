import type { TollStage } from "../../method/verified-stage.ts";
import type { Process } from "./process-queries.ts";

type Stages = Pick<Process, "stages" | "former" | "carried">;

const has = ({ stages }: Stages, stageId: string): boolean => stages.some((stage) => stage.stageId === stageId);

/** The stage that deals in this one count as: another where the process says so, or else itself. */
const countsAs = (process: Stages, stageId: string): string =>
  has(process, stageId) ? stageId : (process.carried.find((one) => one.stageId === stageId)?.asStageId ?? stageId);

export interface Measure {
  stages: readonly TollStage[];
  claimedStageId: string;
}

/**
 * The stages a deal is measured by that stands in this one: those of the process, and the one it carries itself in its old place
 * where that was taken out. So a new version alone moves nobody's verified stage, volume or grade.
 */
export function measureFor(process: Stages, stageId: string): Measure {
  const claimedStageId = countsAs(process, stageId);
  const one = has(process, claimedStageId) ? undefined : process.former.find((stage) => stage.stageId === claimedStageId);
  if (!one) return { stages: process.stages, claimedStageId };
  return { stages: (process.stages as readonly TollStage[]).toSpliced(placeAfter(process, one.afterStageId), 0, one), claimedStageId };
}

const placeAfter = ({ stages }: Stages, afterStageId: string | null): number =>
  stages.findIndex(({ stageId }) => stageId === afterStageId) + 1;

/** All stages in order, those taken out in their old places, or after the one they count as. */
export function everyStage(process: Stages): TollStage[] {
  const anchorOf = ({ stageId, afterStageId }: Process["former"][number]) =>
    process.carried.find((one) => one.stageId === stageId)?.asStageId ?? afterStageId;
  const after = (stageId: string | null) => process.former.filter((one) => anchorOf(one) === stageId);
  return [...after(null), ...process.stages.flatMap((stage) => [stage, ...after(stage.stageId)])];
}

/** The place of a stage among those of the process, 0 the first; between two of them where it was taken out; null where it never was. */
export function placeOf(process: Stages, stageId: string | undefined): number | null {
  if (stageId === undefined) return null;
  const counted = countsAs(process, stageId);
  const at = process.stages.findIndex((stage) => stage.stageId === counted);
  if (at >= 0) return at;
  const one = process.former.find((stage) => stage.stageId === counted);
  return one ? placeAfter(process, one.afterStageId) - 0.5 : null;
}

export type StageStanding = "in" | "former" | "never";

/** Whether a process has a stage, or had it; without a process every stage is as good as in it. */
export function standingOf(process: Stages | null, stageId: string): StageStanding {
  if (!process || has(process, stageId)) return "in";
  return process.former.some((stage) => stage.stageId === stageId) ? "former" : "never";
}
