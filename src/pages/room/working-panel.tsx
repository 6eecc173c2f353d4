import type { Entry } from "../../domain/entries/entry-queries.ts";
import { firstName } from "../../parts/words.ts";
import { newId } from "../../platform/new-id.ts";
import { PreparedEntries } from "./prepared.tsx";
import type { RoomData } from "./room-data.ts";

/** What is working and what is not, each tagged process or people, with a theme if there is one. */
export function WorkingPanel({ room }: { room: RoomData }) {
  const { meeting, panel, section } = room;
  return (
    <>
      <div class="pad">
        <h2>Working and not working</h2>
      </div>
      <PreparedEntries room={room} />
      <form method="post" action={`/meetings/${meeting.id}/room/entries`} class="pad stack tight" data-draft="entry">
        <input type="hidden" name="id" value={newId()} />
        <input type="hidden" name="section" value={section.id} />
        <div class="row">
          <Choice
            legend="Is it working?"
            name="side"
            options={[
              ["working", "Working"],
              ["not working", "Not working"],
            ]}
          />
          <Choice
            legend="About"
            name="about"
            options={[
              ["process", "Process"],
              ["people", "People"],
            ]}
          />
        </div>
        <label class="visually-hidden" for="entry-words">
          What is working or not
        </label>
        <textarea id="entry-words" name="words" rows={2} maxlength={2000} placeholder="What is it?" required></textarea>
        <div class="row">
          <label class="visually-hidden" for="entry-theme">
            Theme, in a word or two
          </label>
          <input id="entry-theme" name="theme" maxlength={100} placeholder="Theme, in a word or two" class="grow" />
          <button class="btn">Add</button>
        </div>
      </form>
      {panel.entries.map((entry) => (
        <Line entry={entry} room={room} />
      ))}
    </>
  );
}

function Choice({ legend, name, options }: { legend: string; name: string; options: readonly (readonly [string, string])[] }) {
  return (
    <fieldset>
      <legend class="visually-hidden">{legend}</legend>
      <div class="outcomes">
        {options.map(([value, words], index) => (
          <label>
            <input class="visually-hidden" type="radio" name={name} value={value} checked={index === 0} required />
            {words}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Line({ entry, room }: { entry: Entry; room: RoomData }) {
  return (
    <div class="promise">
      <div>
        <span class={entry.side === "working" ? "tag kept" : "tag watch"}>{entry.side === "working" ? "Working" : "Not working"}</span>{" "}
        <span class="tag">{entry.about}</span> {entry.theme && <span class="tag">{entry.theme}</span>}
      </div>
      <div class="spread">
        <span>
          {entry.words} <span class="small muted">{firstName(entry.byName)}</span>
        </span>
        {room.meeting[room.meeting.side === "rep" ? "repId" : "managerId"] === entry.byId && (
          <form method="post" action={`/meetings/${room.meeting.id}/room/entries/${entry.id}/withdraw`}>
            <input type="hidden" name="section" value={room.section.id} />
            <button class="link small" aria-label={`Take back: ${entry.words}`}>
              Take back
            </button>
          </form>
        )}
      </div>
    </div>
  );
}
