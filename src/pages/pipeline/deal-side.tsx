import type { Commitment } from "../../domain/commitments/commitment-queries.ts";
import { AgreedTag } from "../../parts/story-panel.tsx";
import { dayIn, fullDay, shortDay } from "../../parts/words.ts";
import type { DealData } from "./deal-data.ts";

/** What is to happen next and whether the customer agreed to it, and how the last meeting with them ended. */
export function NextStepPart({ data: { deal, story } }: { data: DealData }) {
  const said = (field: "next_step" | "next_step_on" | "last_met_on" | "last_ended" | "closed_on") =>
    story?.story.lines.get(field)?.words.trim() ?? "";
  const words = said("next_step") || deal.nextStep;
  return (
    <section class="sheet pad stack tight" aria-labelledby="next-step">
      <h2 id="next-step">Next step</h2>
      {words ? <p class="q">{words}</p> : <p class="muted">None is written down. A deal without one waits for the customer.</p>}
      {(said("next_step_on") || story) && (
        <p>
          {said("next_step_on") && <b>{fullDay(said("next_step_on"))} </b>}
          {story && <AgreedTag story={story.story} />}
        </p>
      )}
      {(said("last_met_on") || said("last_ended") || said("closed_on")) && (
        <dl class="facts small">
          {(said("last_met_on") || said("last_ended")) && (
            <>
              <dt>Last meeting</dt>
              <dd>{[said("last_met_on") && fullDay(said("last_met_on")), said("last_ended")].filter(Boolean).join(": ")}</dd>
            </>
          )}
          {said("closed_on") && (
            <>
              <dt>Closed on</dt>
              <dd>{said("closed_on")}</dd>
            </>
          )}
        </dl>
      )}
      {story && said("next_step") && deal.nextStep && deal.nextStep !== said("next_step") && (
        <p class="small muted">The CRM says: {deal.nextStep}</p>
      )}
    </section>
  );
}

/** What was promised about this deal, as far as it is the viewer's to read. */
export function CommitmentsPart({ data: { commitments, now }, zone }: { data: DealData; zone: string }) {
  const today = dayIn(now, zone);
  return (
    <section class="sheet pad stack tight" aria-labelledby="promised">
      <h2 id="promised">Promised</h2>
      {commitments.length === 0 ? (
        <p class="muted">Nothing is promised about this deal that you can read.</p>
      ) : (
        <ul class="promises">
          {commitments.map((one) => (
            <li>
              <span>
                <b>{one.ownerName}:</b> {one.words}
                {one.outcomeWords && <div class="muted written">{one.outcomeWords}</div>}
              </span>
              <State commitment={one} today={today} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function State({ commitment: { outcome, dueOn }, today }: { commitment: Commitment; today: string }) {
  if (outcome) return <span class={`tag ${outcome === "kept" ? "kept" : outcome === "partly" ? "watch" : "missed"}`}>{outcome}</span>;
  const isLate = dueOn < today;
  return <span class={`tag ${isLate ? "watch" : ""}`}>{`${isLate ? "was due" : "due"} ${shortDay(dueOn)}`}</span>;
}

/** What the CRM says besides. */
export function DealDetails({ data: { deal }, zone }: { data: DealData; zone: string }) {
  const facts = [
    ["Owner", deal.owner.name],
    ["Account", deal.accountName ?? "none yet"],
    ["Product", deal.productName ?? "none"],
    ...(deal.forecastCategory ? [["Forecast category", deal.forecastCategory]] : []),
    ["Known since", fullDay(dayIn(deal.createdAt, zone))],
    ["Last change", fullDay(dayIn(deal.lastChangeAt, zone))],
  ];
  return (
    <section class="sheet pad stack tight" aria-labelledby="details">
      <h2 id="details">From the CRM</h2>
      <dl class="facts small">
        {facts.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}
