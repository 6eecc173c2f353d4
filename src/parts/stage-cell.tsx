import { missingWords, stageName } from "../method/stage-words.ts";
import type { VerifiedStage } from "../method/verified-stage.ts";
import { count } from "./words.ts";

export { missingWords, stageName, stageWords } from "../method/stage-words.ts";

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
  const name = stageName(claimed, verified);
  if (verified.aheadBy === 0)
    return (
      <>
        <NotAhead name={name} verified={verified} />
        {(full || !verified.inProcess) && verified.verifiedName !== claimed && (
          <div class="small muted">
            verified{verified.inProcess && " already"}: {verified.verifiedName}
          </div>
        )}
      </>
    );
  const days = now && verified.aheadSince ? Math.floor((now.getTime() - verified.aheadSince.getTime()) / 86_400_000) : 0;
  return (
    <>
      {name}
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

/** The same within a line of words. */
export function StageLine({ claimed, verified, full = false }: Props) {
  if (!verified) return <>{claimed}</>;
  const name = stageName(claimed, verified);
  if (verified.aheadBy === 0 && verified.inProcess) return <NotAhead name={name} verified={verified} />;
  return (
    <>
      {name} <span class={`tag${verified.aheadBy > 0 ? " watch" : ""}`}>verified: {verified.verifiedName}</span>
      {full && verified.missing.length > 0 && <span class="muted"> {missingWords(verified)}</span>}
    </>
  );
}

/** The tick says that the customer gave something; where nothing is asked there is nothing to tick. */
const NotAhead = ({ name, verified: { isBacked, inProcess } }: { name: string; verified: VerifiedStage }) =>
  isBacked && inProcess ? (
    <span class="backed">
      {name} <Tick />
    </span>
  ) : (
    <>{name}</>
  );

const Tick = () => (
  <>
    <svg width="13" height="13" viewBox="0 0 13 13" aria-hidden="true">
      <path d="M2 7l3 3 6-7" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
    <span class="visually-hidden">, backed by the customer</span>
  </>
);
