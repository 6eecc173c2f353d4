import { dealWords } from "../../parts/deal-words.ts";
import type { Commitment } from "../../domain/commitments/commitment-queries.ts";
import { HangsOn } from "../../parts/hangs-on.tsx";
import { FivePsList } from "../../parts/five-ps.tsx";
import { count, firstName, shortDay } from "../../parts/words.ts";
import { newId } from "../../platform/new-id.ts";
import { FindingOffer } from "./finding-offer.tsx";
import type { RoomData } from "./room-data.ts";

/** What will you do by next time, and what else, until that is all. Each answer is a commitment. */
export function WrapUpPanel({ room }: { room: RoomData }) {
  const { commitments, meeting } = room;
  const mine = meeting.side === "rep" ? "repConfirmedAt" : "managerConfirmedAt";
  const toConfirm = commitments.filter((commitment) => commitment[mine] === null);
  return (
    <>
      <FindingOffer room={room} />
      <CommitmentForm room={room} />
      {commitments.map((commitment) => (
        <Promised commitment={commitment} room={room} />
      ))}
      {toConfirm.length > 0 && (
        <form method="post" action={`/meetings/${meeting.id}/room/commitments/confirm`} class="pad stack tight">
          <input type="hidden" name="section" value={room.section.id} />
          {toConfirm.map(({ id }) => (
            <input type="hidden" name="ids" value={id} />
          ))}
          <div class="small muted">{count(toConfirm.length, "promise")} waiting for your yes.</div>
          <div>
            <button class="btn primary">Yes, I confirm {toConfirm.length === 1 ? "it" : "them all"}</button>
          </div>
        </form>
      )}
      {room.fivePs.length > 0 && (
        <section class="pad stack tight" aria-label="The five P’s">
          <h2>The five P’s</h2>
          <FivePsList marks={room.fivePs} />
        </section>
      )}
    </>
  );
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

function CommitmentForm({ room }: { room: RoomData }) {
  const { commitments, meeting, panel, dueOn } = room;
  const question = commitments.length === 0 ? "What will you do by next time?" : "What else?";
  return (
    <form method="post" action={`/meetings/${meeting.id}/room/commitments`} class="pad stack tight" id="promise" data-draft="commitment">
      <p class="what-else" id="question">
        {question}
      </p>
      <input type="hidden" name="id" value={newId()} />
      <input type="hidden" name="section" value={room.section.id} />
      <textarea
        name="words"
        id="commitment-words"
        aria-labelledby="question"
        rows={2}
        maxlength={2000}
        placeholder="In the words it was said"
        required
        data-key="commitments"
        data-enter-submits
        aria-describedby="commitment-words-hint"
      ></textarea>
      <div class="small muted" id="commitment-words-hint">
        Enter writes it down, Shift+Enter begins a new line.
      </div>
      <div class="fields narrow">
        <div class="field">
          <label for="commitment-owner">Who</label>
          <select id="commitment-owner" name="owner">
            <option value="rep">{firstName(meeting.repName)}</option>
            <option value="manager">{firstName(meeting.managerName)}</option>
          </select>
        </div>
        <div class="field">
          <label for="commitment-due">By</label>
          <input id="commitment-due" type="date" name="due_on" value={dueOn} required />
        </div>
      </div>
      <div class="field">
        <label for="commitment-hangs">It hangs on</label>
        <select id="commitment-hangs" name="hangs_on">
          <option value="action">nothing more: a plain action</option>
          <option value="pipeline gap">a gap in the pipeline</option>
          <option value="activity">an activity</option>
          <option value="skill">a skill</option>
          {panel.open.length > 0 && (
            <optgroup label="A deal, by name">
              {panel.open.toSorted(byName).map((deal) => (
                <option value={`opportunity ${deal.id}`}>{dealWords(deal)}</option>
              ))}
            </optgroup>
          )}
        </select>
      </div>
      <div class="row">
        <button class="btn primary">Write it down</button>
        {commitments.length > 0 && (
          <a class="btn" href={`/meetings/${meeting.id}/finish`}>
            That is all
          </a>
        )}
      </div>
    </form>
  );
}

function Promised({ commitment, room }: { commitment: Commitment; room: RoomData }) {
  const waiting = [
    commitment.repConfirmedAt === null && firstName(room.meeting.repName),
    commitment.managerConfirmedAt === null && firstName(room.meeting.managerName),
  ].filter(Boolean);
  return (
    <div class="promise">
      <div class="spread">
        <b>{commitment.words}</b>
        <form method="post" action={`/meetings/${room.meeting.id}/room/commitments/${commitment.id}/withdraw`}>
          <input type="hidden" name="section" value={room.section.id} />
          <button class="link small" aria-label={`Take back: ${commitment.words}`}>
            Take back
          </button>
        </form>
      </div>
      <div class="small muted">
        {firstName(commitment.ownerName)} · by {shortDay(commitment.dueOn)}
        <HangsOn commitment={commitment} standings={room.standings} />
      </div>
      <div>
        {waiting.length === 0 ? (
          <span class="tag kept">Confirmed by both</span>
        ) : (
          <span class="tag watch">Not yet confirmed by {waiting.join(" and ")}</span>
        )}
      </div>
    </div>
  );
}
