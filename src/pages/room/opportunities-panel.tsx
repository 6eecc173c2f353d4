import { besideDeal } from "../../parts/deal-words.ts";
import type { OpportunityAt } from "../../domain/opportunities/opportunities-as-of.ts";
import { missingWords, StageLine } from "../../parts/stage-cell.tsx";
import { dayIn, money, shortDay } from "../../parts/words.ts";
import { PromiseForm } from "../evidence/promise-form.tsx";
import type { RoomData } from "./room-data.ts";

/** One opportunity with room for what the two say about it; saved as it is typed. */
function Deal({
  room,
  deal,
  list,
  change,
}: {
  room: RoomData;
  deal: OpportunityAt;
  list: "new" | "existing";
  change?: string | undefined;
}) {
  const noted = room.panel.listed.get(deal.id);
  const id = `deal-${deal.id}`;
  return (
    <div class="deal">
      <div class="spread">
        <b>{deal.name}</b>
        <b>{deal.amountMinor === null ? "no amount" : money(deal.amountMinor, deal.currency)}</b>
      </div>
      <div class="small muted">
        <StageLine claimed={deal.stage} verified={room.panel.verified.get(deal.id)} />
        {["", besideDeal(deal), deal.productName, deal.closeOn && `closes ${shortDay(deal.closeOn)}`, deal.isListPrice && "at list price"]
          .filter((part, index) => index === 0 || Boolean(part))
          .join(" · ")}
      </div>
      {change && <div class="small">{change}</div>}
      <Backing room={room} deal={deal} />
      <kept-autosave data-owner={room.meeting.id}>
        <form method="post" action={`/meetings/${room.meeting.id}/room/opportunities/${list}`}>
          <label class="visually-hidden" for={id}>
            What you two say about {deal.name}
          </label>
          <textarea
            id={id}
            name={deal.id}
            data-version={String(noted?.version ?? 0)}
            rows={2}
            maxlength={2000}
            placeholder="What has the customer agreed to do next?"
          >
            {noted?.words ?? ""}
          </textarea>
          <div class="small muted" data-status role="status"></div>
          <div class="error" id={`${id}-error`}></div>
        </form>
      </kept-autosave>
    </div>
  );
}

/** Where claimed is ahead of what the customer has paid for: what is missing, and one click to promise it. */
function Backing({ room, deal }: { room: RoomData; deal: OpportunityAt }) {
  const verified = room.panel.verified.get(deal.id);
  const first = verified?.missing[0];
  if (!verified || !first) return null;
  const back = `/meetings/${room.meeting.id}/room?section=${room.section.id}`;
  return (
    <div class="stack tight">
      <div class="small">{missingWords(verified)}</div>
      {room.panel.promised.has(`${deal.id} ${first.verifierId}`) ? (
        <div class="small muted">It is a promise already.</div>
      ) : (
        <PromiseForm opportunityId={deal.id} toll={first} place={{ meeting: room.meeting, dueOn: room.dueOn }} back={back} />
      )}
    </div>
  );
}

const since = (room: RoomData): string =>
  room.panel.since ? `since ${shortDay(dayIn(room.panel.since, room.meeting.timeZone))}` : "in the last thirty days";

export function NewOpportunitiesPanel({ room }: { room: RoomData }) {
  const created = new Set(room.panel.news?.created.map(({ id }) => id));
  const deals = room.panel.open.filter(({ id }) => created.has(id));
  return (
    <>
      <div class="pad">
        <h2>New {since(room)}</h2>
        {deals.length === 0 && <div class="small muted">No new opportunities. What would it take to start one this week?</div>}
      </div>
      {deals.map((deal) => (
        <Deal room={room} deal={deal} list="new" />
      ))}
    </>
  );
}

/** First those listed last time and what became of each, then the others that moved. */
export function OpportunitiesPanel({ room }: { room: RoomData }) {
  const { last, news, open } = room.panel;
  const byId = new Map(open.map((deal) => [deal.id, deal]));
  const listedBefore = last?.listed ?? [];
  const seen = new Set(listedBefore.map(({ opportunityId }) => opportunityId));
  const moves = new Map((news?.moved ?? []).map((move) => [move.id, `Moved from ${move.fromStage} to ${move.toStage}.`]));
  const slips = new Map(
    (news?.slipped ?? []).map((slip) => [
      slip.id,
      `Slipped from ${slip.fromDay ? shortDay(slip.fromDay) : "no date"} to ${slip.toDay ? shortDay(slip.toDay) : "no date"}.`,
    ]),
  );
  const moved = open.filter(({ id }) => !seen.has(id) && (moves.has(id) || slips.has(id)));
  const closed = [
    ...(news?.won ?? []).map((deal) => ({ ...deal, how: "won" })),
    ...(news?.lost ?? []).map((deal) => ({ ...deal, how: "lost" })),
  ];
  return (
    <>
      <div class="pad">
        <h2>{last ? `As listed on ${shortDay(dayIn(last.heldAt, room.meeting.timeZone))}` : "Open opportunities"}</h2>
        {closed.length > 0 && (
          <div class="small">
            {closed
              .map((deal) => `${deal.name} ${deal.how}${deal.amountMinor ? `, ${money(deal.amountMinor, deal.currency)}` : ""}`)
              .join(". ")}
            .
          </div>
        )}
      </div>
      {listedBefore.map((before) => {
        const deal = byId.get(before.opportunityId);
        if (!deal) return null;
        const change =
          moves.get(deal.id) ?? slips.get(deal.id) ?? (deal.stage === before.stage ? "Where it was last time." : `Was in ${before.stage}.`);
        return <Deal room={room} deal={deal} list="existing" change={before.words ? `${change} You said: ${before.words}` : change} />;
      })}
      {last && moved.length > 0 && (
        <div class="pad">
          <h2>Moved {since(room)}</h2>
        </div>
      )}
      {moved.map((deal) => (
        <Deal room={room} deal={deal} list="existing" change={moves.get(deal.id) ?? slips.get(deal.id)} />
      ))}
      <Rest room={room} shown={new Set([...seen, ...moved.map(({ id }) => id)])} />
    </>
  );
}

function Rest({ room, shown }: { room: RoomData; shown: ReadonlySet<string> }) {
  const rest = room.panel.open.filter(({ id }) => !shown.has(id)).toSorted((a, b) => (b.amountMinor ?? 0) - (a.amountMinor ?? 0));
  if (rest.length === 0) return null;
  return (
    <details open={shown.size === 0}>
      <summary class="pad">
        {shown.size === 0 ? "All" : "The others"} ({rest.length})
      </summary>
      {rest.slice(0, 40).map((deal) => (
        <Deal room={room} deal={deal} list="existing" />
      ))}
    </details>
  );
}
