import { dealWords } from "../../parts/deal-words.ts";
import type { RolePlay } from "../../domain/role-plays/role-play-queries.ts";
import { branchParts, numbersOf, tryParts } from "../../method/role-play-parts.ts";
import { firstName } from "../../parts/words.ts";
import { newId } from "../../platform/new-id.ts";
import type { RoomData } from "./room-data.ts";

/** The role-play log: situation, what if, tries, and what was good about it. Both write at once, row by row. */
export function PracticePanel({ room }: { room: RoomData }) {
  const { rolePlays } = room;
  return (
    <section aria-label="Practice" id="practice">
      <div class="pad">
        <h2>Practice</h2>
        {rolePlays.length === 0 && (
          <div class="small muted">Pick a deal or a skill, then play it: you the customer, then the other way round.</div>
        )}
      </div>
      {rolePlays.map((play) => (
        <Play play={play} room={room} />
      ))}
      <Begin room={room} />
    </section>
  );
}

function Begin({ room }: { room: RoomData }) {
  const { meeting, section, panel, wrong } = room;
  const deals = [...(panel.prospects?.list ?? []), ...(panel.prospects?.others ?? [])];
  return (
    <form method="post" action={`/meetings/${meeting.id}/room/role-plays`} class="pad stack tight" data-draft="role-play">
      <input type="hidden" name="id" value={newId()} />
      <input type="hidden" name="section" value={section.id} />
      {deals.length > 0 && (
        <div class="field">
          <label for="role-play-deal">Deal</label>
          <select id="role-play-deal" name="deal">
            <option value="">none: a skill</option>
            {deals.map(({ opportunityId, name, account, product }) => (
              <option value={opportunityId}>{dealWords({ name, accountName: account, productName: product })}</option>
            ))}
          </select>
        </div>
      )}
      <div class="field">
        <label for="role-play-skill">{deals.length > 0 ? "or skill" : "Skill"}</label>
        <input
          id="role-play-skill"
          name="skill"
          maxlength={300}
          placeholder="For example: asking for the next step"
          aria-invalid={wrong?.errors.skill ? "true" : undefined}
          aria-describedby="role-play-skill-error"
        />
        <div class="error" id="role-play-skill-error">
          {wrong?.errors.skill}
        </div>
      </div>
      <div>
        <button class="btn">Begin a role-play</button>
      </div>
    </form>
  );
}

export const partName = (id: string, part: string): string => `role-play ${id} ${part}`;

interface LineProps {
  play: RolePlay;
  part: string;
  label: string;
  room: RoomData;
  hint?: string;
}

function Line({ play, part, label, room, hint }: LineProps) {
  const name = partName(play.id, part);
  const id = name.replaceAll(" ", "-");
  const line = play.lines.get(part);
  const version = line?.version ?? 0;
  const error = room.wrong?.errors[name];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        name={name}
        rows={2}
        maxlength={4000}
        data-version={String(version)}
        aria-describedby={`${id}-error`}
        aria-invalid={error ? "true" : undefined}
        placeholder={hint}
      >
        {room.wrong?.typed[name] ?? line?.words ?? ""}
      </textarea>
      <input type="hidden" name={`version ${name}`} value={version} data-no-autosave />
      <div class="error" id={`${id}-error`}>
        {error}
      </div>
    </div>
  );
}

function Play({ play, room }: { play: RolePlay; room: RoomData }) {
  const { meeting } = room;
  const branches = numbersOf(play.lines, branchParts);
  const tries = numbersOf(play.lines, tryParts);
  const line = (part: string, label: string, hint?: string) => (
    <Line play={play} part={part} label={label} room={room} {...(hint === undefined ? {} : { hint })} />
  );
  const mine = play.byId === (meeting.side === "rep" ? meeting.repId : meeting.managerId);
  return (
    <details class="deal in-room role-play" open={!play.doneAt} id={`role-play-${play.id}`}>
      <summary>
        <b>{play.about}</b>{" "}
        {play.doneAt ? <span class="tag kept">done</span> : <span class="small muted">begun by {firstName(play.byName)}</span>}
      </summary>
      <kept-autosave data-owner={meeting.id}>
        <form method="post" action={`/meetings/${meeting.id}/room/role-plays/${play.id}`} class="stack tight" autocomplete="off">
          <input type="hidden" name="section" value={room.section.id} data-no-autosave />
          {line("situation", "Situation", "Where are you, with whom, and what do you want from it?")}
          {[...branches.written, branches.next].map((n) => (
            <fieldset class="pairing">
              <legend class="visually-hidden">What if {n}</legend>
              {line(`answer ${n}`, n === branches.next && n > 1 ? "What if they answer something else?" : "What if they answer…")}
              {line(`reply ${n}`, "Then you say")}
            </fieldset>
          ))}
          {[...tries.written, tries.next].map((n, index) => (
            <fieldset class="pairing">
              <legend class="visually-hidden">Try {index + 1}</legend>
              {line(`try ${n}`, `Try ${index + 1}: how did it go?`)}
              {line(`polished ${n}`, "What was polished?")}
            </fieldset>
          ))}
          {line("feedback", "What was good?", "It ends with something good, said and written down.")}
          <div class="row">
            {!play.doneAt && (
              <button class="btn primary" formaction={`/meetings/${meeting.id}/room/role-plays/${play.id}/end`}>
                Done
              </button>
            )}
            <button class="btn">Save</button>
            {mine && !play.doneAt && (
              <button
                class="link small"
                formaction={`/meetings/${meeting.id}/room/role-plays/${play.id}/withdraw`}
                aria-label={`Take back: ${play.about}`}
              >
                Take back
              </button>
            )}
            <span class="small muted" data-status role="status"></span>
          </div>
        </form>
      </kept-autosave>
    </details>
  );
}
