import type { Commitment } from "../../domain/commitments/commitment-queries.ts";
import { HangsOn } from "../../parts/hangs-on.tsx";
import { count, dayIn, firstName, shortDay } from "../../parts/words.ts";
import { EvidenceOffer } from "../evidence/evidence-offer.tsx";
import { PreparedPromise } from "./prepared.tsx";
import type { RoomData } from "./room-data.ts";

export const outcomes = [
  { value: "kept", words: "Kept" },
  { value: "partly", words: "Partly" },
  { value: "missed", words: "Missed" },
  { value: "dropped", words: "Dropped" },
] as const;

/** Last time's commitments, each settled with a word on why. */
export function CommitmentsPanel({ room }: { room: RoomData }) {
  const { brought, meeting, now } = room;
  const open = brought.filter(({ outcome }) => outcome === null);
  const today = dayIn(now, meeting.timeZone);
  return (
    <>
      <div class="pad">
        <h2>Last promises</h2>
        <div class="small muted">
          {brought.length === 0
            ? "Nothing was promised yet. From the next one-on-one on this is where you start."
            : open.length === 0
              ? "All settled."
              : `${count(open.length, "promise")} to settle.`}
        </div>
      </div>
      {brought.map((commitment) => (
        <Settle
          commitment={commitment}
          room={room}
          meetingId={meeting.id}
          isOverdue={commitment.outcome === null && commitment.dueOn < today}
        />
      ))}
    </>
  );
}

function Settle({
  commitment,
  room,
  meetingId,
  isOverdue,
}: {
  commitment: Commitment;
  room: RoomData;
  meetingId: string;
  isOverdue: boolean;
}) {
  const { id, outcome } = commitment;
  return (
    <form method="post" action={`/meetings/${meetingId}/room/commitments/${id}/settle`} class="promise" data-draft={`settle ${id}`}>
      <div>
        <b>{commitment.words}</b>
      </div>
      <div class="small muted">
        {firstName(commitment.ownerName)} · due {shortDay(commitment.dueOn)}
        {isOverdue && (
          <>
            {" "}
            <span class="tag missed">overdue</span>
          </>
        )}
        {commitment.opportunityName ? (
          <HangsOn commitment={commitment} standings={room.standings} />
        ) : (
          commitment.hangsWords && ` · ${commitment.hangsWords}`
        )}
      </div>
      <EvidenceOffer commitment={commitment} back={`/meetings/${meetingId}/room`} />
      <PreparedPromise room={room} commitment={commitment} />
      <fieldset>
        <legend class="visually-hidden">How did it go: {commitment.words}</legend>
        <div class="outcomes">
          {outcomes.map(({ value, words }) => (
            <label>
              <input class="visually-hidden" type="radio" name="outcome" value={value} checked={outcome === value} required />
              {words}
            </label>
          ))}
        </div>
      </fieldset>
      <div class="row">
        <label class="visually-hidden" for={`why-${id}`}>
          A word on why
        </label>
        <input id={`why-${id}`} name="words" maxlength={2000} placeholder="A word on why" value={commitment.outcomeWords} class="grow" />
        <button class="btn">{outcome ? "Change" : "Settle"}</button>
      </div>
    </form>
  );
}
