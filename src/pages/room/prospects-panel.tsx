import type { Prospect } from "../../domain/prospects/prospect-queries.ts";
import { storyGaps, type StoryWords } from "../../method/story-gaps.ts";
import { newsWords, prospectFacts } from "../../parts/prospect-words.ts";
import { StageCell } from "../../parts/stage-cell.tsx";
import { AgreedTag, StoryFields, StoryText } from "../../parts/story-panel.tsx";
import { dayIn, firstName, shortDay } from "../../parts/words.ts";
import { newId } from "../../platform/new-id.ts";
import { PromiseForm } from "../evidence/promise-form.tsx";
import type { RoomData } from "./room-data.ts";

/** The prepared deals one by one: what is known, what the customer agreed to, what to ask, and a place to write into. */
export function ProspectsPanel({ room }: { room: RoomData }) {
  const list = room.panel.prospects?.list ?? [];
  const rep = firstName(room.meeting.repName);
  return (
    <>
      <div class="pad">
        <h2>Prospects</h2>
        <div class="small muted">
          {list.length === 0
            ? "Nothing was handed in, and no deal is ready to be closed."
            : room.panel.isPrepared
              ? `As ${rep} prepared them. Both of you can write into their stories.`
              : "Nothing was handed in: these are ready to be closed. Both of you can write into their stories."}
        </div>
      </div>
      {list.map((prospect, index) => (
        <One prospect={prospect} room={room} isFirst={index === 0} />
      ))}
    </>
  );
}

const wordsOf = ({ story }: Prospect): StoryWords => Object.fromEntries([...story.lines].map(([field, { words }]) => [field, words]));

function One({ prospect, room, isFirst }: { prospect: Prospect; room: RoomData; isFirst: boolean }) {
  const { meeting, panel, now } = room;
  const id = prospect.opportunityId;
  const since = panel.prospects?.since;
  const asks = storyGaps(wordsOf(prospect), dayIn(now, meeting.timeZone));
  const isWrong = Object.keys(room.wrong?.typed ?? {}).some((name) => name.startsWith(`story ${id}`));
  return (
    <details class="deal in-room" name="prospect" open={room.wrong ? isWrong : isFirst} id={`prospect-${id}`}>
      <summary>
        <b>{prospect.name}</b> {prospect.grade && <span class="tag">{prospect.grade}</span>} <AgreedTag story={prospect.story} />
      </summary>
      <div class="stack tight">
        <div class="small muted">{prospectFacts(prospect)}</div>
        <Verified prospect={prospect} room={room} />
        {since && <div class="small">{newsWords(prospect.news, shortDay(dayIn(since, meeting.timeZone)), prospect.currency)}</div>}
        {StoryText({ story: prospect.story }) ?? <p class="small muted">Nothing is written of it yet.</p>}
        {asks.map((ask) => (
          <p class="q">{ask}</p>
        ))}
        <details open={isWrong}>
          <summary class="small">Write into its story</summary>
          <kept-autosave data-owner={meeting.id}>
            <form method="post" action={`/meetings/${meeting.id}/room/stories`} class="stack tight" autocomplete="off">
              <input type="hidden" name="section" value={room.section.id} data-no-autosave />
              <StoryFields story={prospect.story} wrong={room.wrong} place="-room" />
              <div class="row">
                <button class="btn">Save</button>
                <span class="small muted" data-status role="status"></span>
              </div>
            </form>
          </kept-autosave>
        </details>
        <form method="post" action={`/meetings/${meeting.id}/room/role-plays`} class="row">
          <input type="hidden" name="id" value={newId()} />
          <input type="hidden" name="section" value={room.section.id} />
          <input type="hidden" name="deal" value={id} />
          <input type="hidden" name="skill" value="" />
          <button class="btn" aria-label={`Practise it: ${prospect.name}`}>
            Practise it
          </button>
          <a href={`/opportunities/${id}`}>The deal</a>
        </form>
      </div>
    </details>
  );
}

/** The stage claimed beside the one the customer has paid for; what is missing becomes a promise with one press. */
function Verified({ prospect: { verified, stage, opportunityId }, room }: { prospect: Prospect; room: RoomData }) {
  const toll = verified?.missing[0] ?? verified?.next[0];
  if (!verified) return <div class="small">{stage}</div>;
  const back = `/meetings/${room.meeting.id}/room?section=${room.section.id}`;
  return (
    <div class="stack tight small">
      <div>
        <StageCell claimed={stage} verified={verified} full now={room.now} />
      </div>
      {toll && (
        <>
          {verified.aheadBy === 0 && <div class="muted">Next from the customer: {toll.words}.</div>}
          {room.panel.promised.has(`${opportunityId} ${toll.verifierId}`) ? (
            <div class="muted">It is a promise already.</div>
          ) : (
            <PromiseForm opportunityId={opportunityId} toll={toll} place={{ meeting: room.meeting, dueOn: room.dueOn }} back={back} />
          )}
        </>
      )}
    </div>
  );
}
