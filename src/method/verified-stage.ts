export interface Toll {
  verifierId: string;
  /** What only the customer can give: "Customer sent the data we asked for". */
  words: string;
  /** Who at the customer does it; empty when it does not matter who. */
  who: string;
}

export interface TollStage {
  stageId: string;
  name: string;
  /** What the customer has to give before a deal goes on from this stage. */
  tolls: readonly Toll[];
}

export interface MissingToll extends Toll {
  /** The stage whose toll it is. */
  stageName: string;
}

export interface VerifiedStage {
  verifiedStageId: string;
  verifiedName: string;
  /** Unpaid tolls of the stages before the one claimed, first stage first; empty unless claimed is ahead. */
  missing: MissingToll[];
  /** Unpaid tolls of the verified stage itself: what the customer has to give next. */
  next: MissingToll[];
  /** How many stages claimed is ahead of verified; 0 when it is not. */
  aheadBy: number;
  /** False when the stage claimed is none of the process: it cannot be compared then, and is never ahead. */
  inProcess: boolean;
}

/**
 * The furthest stage for which every earlier toll is paid, beside the stage claimed.
 *
 * `stages` are those of the process in their order, at least one; `paid` holds the ids of the verifiers with evidence. The first
 * stage has no earlier toll, so it is always verified. Evidence may carry a deal beyond the stage claimed; a stage without tolls
 * never does, so a deal is not said to be further than anybody claims or any customer has shown.
 * Throws a RangeError for a process without stages.
 * Source: customer verifiers (S3), rows R5.2 and R5.3 of the method.
 */
export function verifiedStage(stages: readonly TollStage[], claimedStageId: string, paid: ReadonlySet<string>): VerifiedStage {
  const claimed = stages.findIndex(({ stageId }) => stageId === claimedStageId);
  const isPaid = ({ tolls }: TollStage) => tolls.every(({ verifierId }) => paid.has(verifierId));
  let at = 0;
  for (let stage = stages[at]; stage && at < stages.length - 1; stage = stages[++at])
    if (!isPaid(stage) || (at >= claimed && stage.tolls.length === 0)) break;
  const verified = stages[at];
  if (!verified) throw new RangeError("a process without stages has no verified stage");
  const unpaid = (some: readonly TollStage[]): MissingToll[] =>
    some.flatMap(({ name, tolls }) =>
      tolls.filter(({ verifierId }) => !paid.has(verifierId)).map((toll) => ({ ...toll, stageName: name })),
    );
  return {
    verifiedStageId: verified.stageId,
    verifiedName: verified.name,
    missing: unpaid(stages.slice(at, Math.max(at, claimed))),
    next: unpaid([verified]),
    aheadBy: Math.max(0, claimed - at),
    inProcess: claimed >= 0,
  };
}
