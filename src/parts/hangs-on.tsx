import type { VerifiedStage } from "../method/verified-stage.ts";
import { StageLine } from "./stage-cell.tsx";

interface Props {
  commitment: { opportunityId: string | null; opportunityName: string | null; hangsOn: string; outcome: string | null };
  /** Where the deals stand that the viewer may see. */
  standings: ReadonlyMap<string, { stage: string; verified: VerifiedStage | undefined }>;
}

/** What a commitment hangs on: " · the deal · the stage claimed and the one verified", while there is still something to do about it. */
export function HangsOn({ commitment: { opportunityId, opportunityName, hangsOn, outcome }, standings }: Props) {
  if (!opportunityName) return hangsOn === "action" ? null : <> · {hangsOn}</>;
  const standing = outcome === null && opportunityId ? standings.get(opportunityId) : undefined;
  return (
    <>
      {" · "}
      {opportunityId ? <a href={`/opportunities/${opportunityId}`}>{opportunityName}</a> : opportunityName}
      {standing && (
        <>
          {" · "}
          <StageLine claimed={standing.stage} verified={standing.verified} />
        </>
      )}
    </>
  );
}
