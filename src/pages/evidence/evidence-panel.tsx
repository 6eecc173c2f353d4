import type { Child } from "hono/jsx";
import type { Evidence } from "../../domain/evidence/evidence-queries.ts";
import type { ProcessStage } from "../../domain/processes/process-queries.ts";
import { placeOf } from "../../domain/processes/stages-carried.ts";
import type { Toll } from "../../method/verified-stage.ts";
import { missingWords } from "../../parts/stage-cell.tsx";
import { count, dayIn, fullDay, shortDay } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import type { EvidenceData } from "./evidence-data.ts";
import { PromiseForm } from "./promise-form.tsx";

interface Props {
  c: Request;
  data: EvidenceData;
}

/** What the customer has given, stage by stage, what is missing, and the two things to do about it. */
export function EvidencePanel({ c, data }: Props) {
  const { process, verified, deal, evidence } = data;
  if (!process)
    return (
      <section class="sheet pad" id="evidence" aria-labelledby="evidence-title">
        <h2 id="evidence-title">Evidence</h2>
        <p class="muted">
          Nothing is asked of the customer yet, so no stage can be verified. <a href="/process">See the sales process</a>.
        </p>
      </section>
    );
  const at = verified ? Math.ceil(placeOf(process, verified.verifiedStageId) ?? 0) : process.stages.length;
  const claimed = Math.ceil(placeOf(process, deal.stageId) ?? -1);
  const near = Math.max(at, claimed);
  const later = process.stages.slice(near + 1);
  const known = new Set(process.stages.flatMap(({ tolls }) => tolls.map(({ verifierId }) => verifierId)));
  const others = evidence.filter(({ verifierId }) => !known.has(verifierId));
  const stageOf = (stage: ProcessStage) => (
    <StageTolls
      c={c}
      data={data}
      stage={stage}
      isClaimed={stage.stageId === deal.stageId}
      isVerified={stage.stageId === verified?.verifiedStageId}
    />
  );
  return (
    <section class="sheet" id="evidence" aria-labelledby="evidence-title">
      <div class="pad">
        <h2 id="evidence-title">What the customer has given</h2>
        <p class="muted">{standing(data)}</p>
        {data.lacksMeeting === "rep" && (
          <p class="small muted">You have no one-on-one planned. Once there is one, what is missing can be made a promise here.</p>
        )}
        {data.lacksMeeting === "manager" && (
          <p class="small muted">
            You two have no one-on-one planned. Once there is one, what is missing can be made a promise here.{" "}
            <a href={`/series/new?rep=${deal.ownerId}`}>Schedule one</a>
          </p>
        )}
      </div>
      {process.stages.slice(0, near + 1).map(stageOf)}
      {later.length > 0 && (
        <details class="toll-stage">
          <summary>Later: {later.map(({ name }) => name).join(", ")}</summary>
          {later.map(stageOf)}
        </details>
      )}
      {others.length > 0 && (
        <div class="toll-stage">
          <h3>Asked for in an earlier process</h3>
          {others.map((one) => (
            <Given c={c} one={one} withVerifier />
          ))}
        </div>
      )}
    </section>
  );
}

/** Where claimed and verified stand to each other, as one sentence. */
function standing({ deal, verified, now }: EvidenceData): string {
  if (!verified) return `This deal is ${deal.outcome}; what was given stays here.`;
  if (!verified.wasInProcess && !verified.inProcess)
    return `${deal.stage} is not in the sales process. Verified: ${verified.verifiedName}.`;
  const gone = verified.inProcess ? "" : `${deal.stage} is no longer in the sales process: the deal is measured where it used to stand. `;
  if (verified.isBacked) return `${gone}Backed by the customer as far as ${verified.verifiedName}.`;
  if (verified.aheadBy === 0) return `${gone}Nothing is asked of the customer before ${verified.verifiedName}.`;
  const days = verified.aheadSince ? Math.floor((now.getTime() - verified.aheadSince.getTime()) / 86_400_000) : 0;
  const since = days > 0 ? `, for ${count(days, "day")} now` : "";
  return `${gone}Claimed ${deal.stage}, verified ${verified.verifiedName}: ${count(verified.aheadBy, "stage")} ahead of the customer${since}. ${missingWords(verified)}`;
}

/** What to get next: the one thing worth the loud button. */
const firstMissing = ({ verified }: EvidenceData): string | undefined => (verified?.missing[0] ?? verified?.next[0])?.verifierId;

interface StageProps extends Props {
  stage: ProcessStage;
  isClaimed: boolean;
  isVerified: boolean;
}

function StageTolls({ c, data, stage, isClaimed, isVerified }: StageProps) {
  return (
    <div class="toll-stage">
      <h3>
        {stage.name}
        {isVerified && <span class="tag kept">verified</span>}
        {isClaimed && <span class="tag">claimed</span>}
      </h3>
      {stage.tolls.length === 0 && <p class="small muted">Asks nothing of the customer.</p>}
      <ul class="tolls">
        {stage.tolls.map((toll) => (
          <TollRow c={c} data={data} toll={toll} />
        ))}
      </ul>
    </div>
  );
}

function TollRow({ c, data, toll }: Props & { toll: Toll }) {
  const mine = data.evidence.filter(({ verifierId }) => verifierId === toll.verifierId);
  const isGiven = mine.some(({ withdrawnAt }) => withdrawnAt === null);
  const promised = data.promised.get(toll.verifierId);
  return (
    <li class="toll">
      <Mark isGiven={isGiven} />
      <div class="stack tight">
        <div>
          {toll.words}
          {toll.who && <span class="muted"> · {toll.who}</span>}
          <span class="visually-hidden">{isGiven ? ", given" : ", not given yet"}</span>
        </div>
        {mine.map((one) => (
          <Given c={c} one={one} />
        ))}
        {!isGiven && data.deal.outcome === "open" && (
          <div class="row no-print">
            <a
              class="btn"
              href={`/opportunities/${data.deal.id}/evidence?verifier=${toll.verifierId}`}
              aria-label={`Record evidence: ${toll.words}`}
            >
              Record evidence
            </a>
            {promised ? (
              <span class="tag">
                promised by {promised.ownerName} until {shortDay(promised.dueOn)}
              </span>
            ) : (
              <PromiseForm opportunityId={data.deal.id} toll={toll} place={data.place} isFirst={toll.verifierId === firstMissing(data)} />
            )}
          </div>
        )}
      </div>
    </li>
  );
}

const Mark = ({ isGiven }: { isGiven: boolean }) => (
  <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" class={isGiven ? "given" : "lacking"}>
    {isGiven ? (
      <path d="M3 8.5l3.5 3.5L13 4" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" />
    ) : (
      <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="3 2.5" />
    )}
  </svg>
);

function Given({ c, one, withVerifier = false }: { c: Request; one: Evidence; withVerifier?: boolean }) {
  const zone = c.get("viewer")?.timeZone ?? "UTC";
  const words: Child = (
    <>
      {withVerifier && `${one.verifierWords}: `}
      {fullDay(one.givenOn)}, {one.customerPerson}
      {one.words && `: ${one.words}`}
    </>
  );
  const recorded = `Recorded by ${one.recordedBy} on ${shortDay(dayIn(one.recordedAt, zone))}.`;
  if (one.withdrawnAt)
    return (
      <div class="small gone">
        <del>{words}</del> Withdrawn by {one.withdrawnBy} on {shortDay(dayIn(one.withdrawnAt, zone))}: {one.withdrawnWhy}
      </div>
    );
  return (
    <div class="small">
      {words}
      {one.link && (
        <>
          {" "}
          <a href={one.link} rel="noreferrer noopener">
            {linkWords(one.link)}
          </a>
        </>
      )}{" "}
      <span class="muted">{recorded}</span>{" "}
      <a class="no-print" href={`/opportunities/${one.opportunityId}/evidence/${one.id}`} aria-label={`Withdraw: ${one.verifierWords}`}>
        Withdraw
      </a>
    </div>
  );
}

const linkWords = (link: string): string => (URL.canParse(link) ? new URL(link).hostname : link);
