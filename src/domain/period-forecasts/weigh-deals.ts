import { verifiedStage } from "../../method/verified-stage.ts";
import { hasTolls, type Process } from "../processes/process-queries.ts";
import type { DueDeal } from "./due-deals-queries.ts";

export interface Weighed {
  claimed: number;
  /** Null where no process was in force that asks anything of the customer. */
  verified: number | null;
}

interface Known {
  /** Whose chances the stages claimed are weighed by. */
  process: Process;
  /** In force then: what the stages verified are measured by; null when none was. */
  inForce: Process | null;
  paid: ReadonlyMap<string, ReadonlySet<string>>;
}

const chance = ({ stages }: Process, id: string): number => (stages.find(({ stageId }) => stageId === id)?.probability ?? 0) / 100;
const none: ReadonlySet<string> = new Set();

/** Open deals by the chance of the stage claimed, and of the stage verified, by owner. A stage the process does not have counts nothing. */
export function weighDeals(deals: readonly DueDeal[], { process, inForce, paid }: Known): Map<string, Weighed> {
  const measured = hasTolls(inForce) ? inForce : null;
  const sums = new Map<string, Weighed>();
  for (const { id, ownerId, stageId, minor } of deals) {
    const sum = sums.getOrInsertComputed(ownerId, () => ({ claimed: 0, verified: measured ? 0 : null }));
    sum.claimed += minor * chance(process, stageId);
    if (!measured || sum.verified === null) continue;
    const { verifiedStageId, inProcess } = verifiedStage(measured.stages, stageId, paid.get(id) ?? none);
    sum.verified += inProcess ? minor * chance(measured, verifiedStageId) : 0;
  }
  return sums;
}
