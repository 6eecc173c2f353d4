import type { Commitment } from "../../domain/commitments/commitment-queries.ts";

/** Where to write down what the customer gave, once a promise to get it was kept; undefined when there is nothing to write down. */
export const evidenceOffer = ({ outcome, opportunityId, verifierId, isBacked }: Commitment, back: string): string | undefined =>
  outcome === "kept" && opportunityId && verifierId && !isBacked
    ? `/opportunities/${opportunityId}/evidence?verifier=${verifierId}&back=${encodeURIComponent(back)}`
    : undefined;

export function EvidenceOffer({ commitment, back }: { commitment: Commitment; back: string }) {
  const offer = evidenceOffer(commitment, back);
  if (!offer) return null;
  return (
    <div class="small">
      <a href={offer}>Record the evidence</a> <span class="muted">so that it backs the stage</span>
    </div>
  );
}
