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
  /** It was taken out of the process and stands in it only for the deals that still carry it: nothing is asked there any more. */
  isFormer?: boolean;
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
  /** How many stages claimed is ahead of verified, of those that ask something of the customer; 0 when it is not. */
  aheadBy: number;
  /** Claimed is not ahead and the customer has given something: false also where nothing is asked before the verified stage. */
  isBacked: boolean;
  /** False when the stage claimed is none of the process, now: see `wasInProcess`. */
  inProcess: boolean;
  /** It was taken out of it: compared where it used to stand. When it never was in it, it cannot be compared and is never ahead. */
  wasInProcess: boolean;
}

/**
 * The furthest stage for which every earlier toll is paid, beside the stage claimed.
 *
 * `stages` are those of the process in their order, at least one; `paid` holds the ids of the verifiers with evidence. The first
 * stage has no earlier toll, so it is always verified. Evidence may carry a deal beyond the stage claimed; a stage without tolls
 * never does, so a deal is not said to be further than anybody claims or any customer has shown. A stage that is `isFormer` is
 * passed when all of its tolls were paid, and otherwise asks for nothing.
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
    some.flatMap(({ name, tolls, isFormer }) =>
      isFormer ? [] : tolls.filter(({ verifierId }) => !paid.has(verifierId)).map((toll) => ({ ...toll, stageName: name })),
    );
  const aheadBy = askingBetween(stages, at, claimed);
  return {
    verifiedStageId: verified.stageId,
    verifiedName: verified.name,
    missing: unpaid(stages.slice(at, Math.max(at, claimed))),
    next: unpaid([verified]),
    aheadBy,
    isBacked: aheadBy === 0 && askingBetween(stages, 0, at) > 0,
    inProcess: claimed >= 0 && !stages[claimed]?.isFormer,
    wasInProcess: stages[claimed]?.isFormer === true,
  };
}

const askingBetween = (stages: readonly TollStage[], from: number, until: number): number =>
  stages.slice(from, Math.max(from, until)).filter(({ tolls }) => tolls.length > 0).length;

/** Where the walk of `verifiedStage` may end for one stage claimed. */
export interface Stop {
  stageId: string;
  /** It ends here unless all of these are paid; null where it ends in any case. */
  unless: readonly string[] | null;
  /** How many stages claimed is ahead of it, of those that ask something of the customer; 0 when it is not. */
  aheadBy: number;
}

/**
 * The same as `verifiedStage`, told beforehand for whatever may be paid: the verified stage is the first stop whose `unless` is
 * not paid in full. At least one stop, the last of them with `unless` null. Lets a database verify many deals at once.
 * Throws a RangeError for a process without stages.
 */
export function verifiedStops(stages: readonly TollStage[], claimedStageId: string): Stop[] {
  if (stages.length === 0) throw new RangeError("a process without stages has no verified stage");
  const claimed = stages.findIndex(({ stageId }) => stageId === claimedStageId);
  const stops: Stop[] = [];
  for (const [at, { stageId, tolls }] of stages.entries()) {
    const aheadBy = askingBetween(stages, at, claimed);
    if (at === stages.length - 1 || (at >= claimed && tolls.length === 0)) return [...stops, { stageId, unless: null, aheadBy }];
    if (tolls.length > 0) stops.push({ stageId, unless: tolls.map(({ verifierId }) => verifierId), aheadBy });
  }
  return stops;
}
