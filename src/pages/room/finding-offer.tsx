import { newId } from "../../platform/new-id.ts";
import { firstName, shortMoney } from "../../parts/words.ts";
import { findingWords, horizonInWords, own } from "../coverage/coverage-words.ts";
import { toFind } from "../coverage/coverage-data.ts";
import type { RoomData } from "./room-data.ts";

/** What has to be found, as a promise in one press: hangs on the gap, due on the last day it still comes in time. */
export function FindingOffer({ room }: { room: RoomData }) {
  const { numbers } = room.panel;
  if (!numbers?.made || !numbers.numbers) return null;
  const isPromised = [...room.commitments, ...room.brought].some(({ hangsOn, outcome }) => hangsOn === "pipeline gap" && outcome === null);
  const gap = toFind(numbers.horizons);
  const who = { isSelf: room.meeting.side === "rep", name: firstName(room.meeting.repName) };
  const words = gap && findingWords(gap, numbers.made.asOf, who);
  if (isPromised || !words || !gap?.goal?.finding.known) return null;
  const { by, toFindMinor, reach } = gap.goal.finding.value;
  // What comes anyway is nothing to promise.
  if (reach === "usual pace") return null;
  return (
    <form method="post" action={`/meetings/${room.meeting.id}/room/commitments`} class="pad stack tight finding-offer">
      <input type="hidden" name="id" value={newId()} />
      <input type="hidden" name="section" value={room.section.id} />
      <input type="hidden" name="owner" value="rep" />
      <input type="hidden" name="words" value={`Find ${words.goal}${words.pace ? `, ${words.pace}` : ""}`} />
      <input type="hidden" name="due_on" value={by} />
      <input type="hidden" name="hangs_on" value="pipeline gap" />
      <input
        type="hidden"
        name="hangs_words"
        value={`${shortMoney(toFindMinor, numbers.numbers.currency)} to find for ${own(who)} ${horizonInWords(gap).replace(/^the /, "")}`}
      />
      <p>
        <b>{words.goal}</b>
        {words.effect}
      </p>
      <div>
        <button class="btn">{who.isSelf ? "Promise it" : `Offer it to ${who.name} as a promise`}</button>
      </div>
      {!who.isSelf && <p class="small muted">It stands once {who.name} says yes.</p>}
    </form>
  );
}
