import { stageName } from "../../method/stage-words.ts";
import type { Stage } from "../opportunities/pipeline-queries.ts";
import type { Process } from "./process-queries.ts";
import { everyStage, standingOf } from "./stages-carried.ts";

export interface LabelledStage extends Stage {
  /** Its name, and whether the process still has it: "Demo (no longer in the process)". */
  label: string;
  /** An open stage of the process, or of the CRM where no process is in force: shown whether or not a deal stands in it. */
  isTold: boolean;
}

/** The stages in the order of the process, one taken out where it used to stand; then those never in it, as the CRM has them. */
export function labelledStages(stages: readonly Stage[], process: Process | null): LabelledStage[] {
  const order = new Map((process ? everyStage(process) : []).map(({ stageId }, place) => [stageId, place]));
  const placeOf = ({ id, position }: Stage) => order.get(id) ?? 1000 + position;
  return stages
    .map((stage): LabelledStage => {
      const standing = stage.outcome === "open" ? standingOf(process, stage.id) : "in";
      return { ...stage, label: stageName(stage.name, standing), isTold: stage.outcome === "open" && standing === "in" };
    })
    .toSorted((a, b) => placeOf(a) - placeOf(b));
}
