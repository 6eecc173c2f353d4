import { StageLine } from "../../parts/stage-cell.tsx";
import { count, money } from "../../parts/words.ts";
import { PromiseForm } from "../evidence/promise-form.tsx";
import type { BriefingData, Deals } from "./briefing-data.ts";

const most = 6;

/** Deals whose stage the customer has not backed: what is missing, and one click to make it a promise. */
export function NotBacked({ data, deals }: { data: BriefingData; deals: Deals }) {
  const { ahead } = deals;
  if (ahead.length === 0) return null;
  const shown = ahead.toSorted((a, b) => (b.amountMinor ?? 0) - (a.amountMinor ?? 0)).slice(0, most);
  return (
    <section class="sheet pad stack tight" aria-labelledby="not-backed">
      <h2 id="not-backed">
        Claimed ahead of the customer <span class="muted">{ahead.length}</span>
      </h2>
      <ul class="news not-backed">
        {shown.map((deal) => (
          <NotBackedDeal data={data} deal={deal} />
        ))}
      </ul>
      {ahead.length > most && (
        <p class="small">
          <a href={`/pipeline?rep=${data.meeting.repId}&only=ahead`}>And {count(ahead.length - most, "more", "more")}</a>
        </p>
      )}
    </section>
  );
}

function NotBackedDeal({ data, deal }: { data: BriefingData; deal: Deals["ahead"][number] }) {
  const { meeting, promised, place } = data;
  const { verified } = deal;
  const toll = verified.missing[0];
  return (
    <li>
      <a href={`/opportunities/${deal.id}`}>{deal.name}</a>
      {deal.amountMinor !== null && `, ${money(deal.amountMinor, deal.currency)}`}{" "}
      <span class="muted">
        <StageLine claimed={deal.stage} verified={verified} full />
      </span>
      {toll && promised.has(`${deal.id} ${toll.verifierId}`) ? (
        <div class="small muted">It is a promise already.</div>
      ) : (
        toll && (
          <div class="no-print">
            <PromiseForm opportunityId={deal.id} toll={toll} place={place} back={`/meetings/${meeting.id}/briefing`} />
          </div>
        )
      )}
    </li>
  );
}
