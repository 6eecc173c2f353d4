import type { VerifiedStage } from "../method/verified-stage.ts";
import { count } from "./words.ts";

interface Props {
  /** The stage claimed. */
  claimed: string;
  /** Undefined for won and lost deals, and where nothing is asked of the customer. */
  verified: (VerifiedStage & { aheadSince?: Date | null }) | undefined;
  /** Also name what is missing. */
  full?: boolean;
  /** To say for how long claimed has been ahead. */
  now?: Date;
}

/** The stage claimed, and beside it the one the customer has paid for. */
export function StageCell({ claimed, verified, full = false, now }: Props) {
  if (!verified) return <>{claimed}</>;
  if (!verified.inProcess)
    return (
      <>
        {claimed}
        <div class="small muted">not in the sales process any more; verified: {verified.verifiedName}</div>
      </>
    );
  if (verified.aheadBy === 0)
    return (
      <span class="backed">
        {claimed} <Tick />
        {full && verified.verifiedName !== claimed && <span class="small muted"> verified already: {verified.verifiedName}</span>}
      </span>
    );
  const days = now && verified.aheadSince ? Math.floor((now.getTime() - verified.aheadSince.getTime()) / 86_400_000) : 0;
  return (
    <>
      {claimed}
      <div>
        <span class="tag watch">verified: {verified.verifiedName}</span>
      </div>
      {full && (
        <div class="small muted">
          {count(verified.aheadBy, "stage")} ahead of the customer{days > 0 && ` for ${count(days, "day")}`}. {missingWords(verified)}
        </div>
      )}
    </>
  );
}

/** "Missing: Customer sent the data we asked for, and 2 more." */
export function missingWords({ missing }: Pick<VerifiedStage, "missing">): string {
  const [first, ...more] = missing;
  if (!first) return "";
  return `Missing: ${first.words}${more.length > 0 ? `, and ${more.length} more` : ""}.`;
}

const Tick = () => (
  <>
    <svg width="13" height="13" viewBox="0 0 13 13" aria-hidden="true">
      <path d="M2 7l3 3 6-7" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
    <span class="visually-hidden">, backed by the customer</span>
  </>
);
