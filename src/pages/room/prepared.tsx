import type { Commitment } from "../../domain/commitments/commitment-queries.ts";
import { type Figure, measures, question } from "../../domain/preparations/preparation-queries.ts";
import { differenceWords, figureName, figureValue } from "../../parts/figure-words.ts";
import { dayIn, firstName } from "../../parts/words.ts";
import { newId } from "../../platform/new-id.ts";
import type { RoomData } from "./room-data.ts";

const wordsOf = (room: RoomData, name: string): string => room.prepared.answers.get(name)?.words.trim() ?? "";

/** Who wrote it; a preparation that was not handed in is still the rep's alone. */
const title = ({ prepared, meeting }: RoomData): string =>
  prepared.submittedAt ? `${firstName(meeting.repName)} prepared` : "You prepared (not handed in: only you see this)";

/** What the rep prepared for this section, beside what it is about. */
export function Prepared({ room }: { room: RoomData }) {
  const words = wordsOf(room, question.section(room.section.title));
  const figures =
    room.section.panel === "results"
      ? measures
          .flatMap((measure) => room.prepared.figures.get(measure) ?? [])
          .filter(({ stated, wish }) => stated !== null || wish !== null)
      : [];
  if (!words && figures.length === 0) return null;
  return (
    <section class="pad stack tight">
      <h2>{title(room)}</h2>
      {words && <p class="written">{words}</p>}
      {figures.length > 0 && <Figures room={room} figures={figures} />}
    </section>
  );
}

function Figures({ room, figures }: { room: RoomData; figures: Figure[] }) {
  const today = dayIn(room.now, room.meeting.timeZone);
  const month = wordsOf(room, question.month) || today;
  const { currency } = room;
  return (
    <ul class="prepared">
      {figures.map(({ measure, stated, wish, actual }) => (
        <li>
          {figureName(measure, month, today, room.calendar)}:{" "}
          {stated !== null && (
            <>
              said <b>{figureValue(measure, stated, currency)}</b>
              {actual !== null && `, was ${figureValue(measure, actual, currency)}: ${differenceWords(measure, stated, actual, currency)}`}
              .{" "}
            </>
          )}
          {wish !== null && (
            <>
              Would like <b>{figureValue(measure, wish, currency)}</b>. <span class="muted">{wordsOf(room, question.note(measure))}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** How a promise went, in the words the rep prepared. */
export function PreparedPromise({ room, commitment }: { room: RoomData; commitment: Commitment }) {
  const words = wordsOf(room, question.promise(commitment.id));
  return words ? (
    <p class="written small">
      <span class="muted">{title(room)}:</span> {words}
    </p>
  ) : null;
}

/** What the rep found working or not beforehand: one press takes it in, once the two have said what it is about. */
export function PreparedEntries({ room }: { room: RoomData }) {
  const taken = new Set(room.panel.entries.map(({ side, words }) => `${side} ${words}`));
  const open = (["working", "not working"] as const)
    .map((side) => ({ side, words: wordsOf(room, side === "working" ? question.working : question.notWorking).slice(0, 2000) }))
    .filter(({ side, words }) => words !== "" && !taken.has(`${side} ${words}`));
  if (open.length === 0) return null;
  return (
    <section class="pad stack tight">
      <h2>{title(room)}</h2>
      {open.map(({ side, words }) => (
        <form method="post" action={`/meetings/${room.meeting.id}/room/entries`} class="stack tight">
          <input type="hidden" name="id" value={newId()} />
          <input type="hidden" name="section" value={room.section.id} />
          <input type="hidden" name="side" value={side} />
          <input type="hidden" name="theme" value="" />
          <input type="hidden" name="words" value={words} />
          <p class="written">
            <span class={side === "working" ? "tag kept" : "tag watch"}>{side === "working" ? "Working" : "Not working"}</span> {words}
          </p>
          <div class="row">
            <button class="btn" name="about" value="process">
              It is about process
            </button>
            <button class="btn" name="about" value="people">
              It is about people
            </button>
          </div>
        </form>
      ))}
    </section>
  );
}
