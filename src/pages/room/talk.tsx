import { firstName } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import type { RoomData } from "./room-data.ts";

const pivotPrompts = {
  inform: ["What do you already know about this?", "What would you need to see to go on by yourself?"],
  praise: ["What made that work?", "What would you do a little differently next time?"],
};

/** The middle of the room: the section, its questions, the pivot, and the notes both type into. */
export function Talk({ c, room }: { c: Request; room: RoomData }) {
  const { meeting, section, running, agenda, pivot } = room;
  const at = agenda.sections.findIndex(({ id }) => id === section.id);
  const isRunning = running?.sectionId === section.id;
  const prompts = [...section.prompts, ...(pivot ? pivotPrompts[pivot] : [])];
  return (
    <>
      <div class="spread">
        <h2>{section.title}</h2>
        <SectionSteps room={room} at={at} isRunning={isRunning} />
      </div>
      <ul class="prompts">
        {prompts.map((words, index) => (
          <li class={index === 0 ? "q" : "q muted"}>{words}</li>
        ))}
      </ul>
      <Pivot room={room} />
      <Notes c={c} room={room} />
      <p class="small muted">
        {meeting.side === "manager"
          ? `${firstName(meeting.repName)} should do most of the talking here: ask, then wait.`
          : "This is your time: say what you see first."}
      </p>
    </>
  );
}

function SectionSteps({ room, at, isRunning }: { room: RoomData; at: number; isRunning: boolean }) {
  const { meeting, agenda, running, section } = room;
  const previous = agenda.sections[at - 1];
  const next = agenda.sections[at + 1];
  const action = `/meetings/${meeting.id}/room/section`;
  return (
    <form method="post" action={action} class="row">
      <input type="hidden" name="from" value={running?.sectionId ?? ""} />
      {!isRunning && (
        <button class="btn" name="to" value={section.id}>
          Talk about this now
        </button>
      )}
      {previous && (
        <a
          class="btn"
          href={`/meetings/${meeting.id}/room?section=${previous.id}`}
          data-key="previous"
          aria-label={`Look back at ${previous.title}`}
        >
          ←
        </a>
      )}
      {next && isRunning && (
        <button class="btn primary" name="to" value={next.id} data-key="next">
          Next: {next.title}
        </button>
      )}
      {!next && isRunning && (
        <a class="btn primary" href={`/meetings/${meeting.id}/finish`} data-key="next">
          Finish
        </a>
      )}
    </form>
  );
}

function Pivot({ room }: { room: RoomData }) {
  const { meeting, section, pivot } = room;
  const rep = firstName(meeting.repName);
  const words = {
    inform: `${rep} lacks the information. Give direction first, then support.`,
    praise: `${rep} has the answer. Keep asking; polish at the end.`,
  };
  if (section.panel === "commitments" || section.panel === "wrap_up") return null;
  if (meeting.side === "rep") return pivot ? null : null;
  return (
    <form method="post" action={`/meetings/${meeting.id}/room/pivot`} class="pivot-row">
      <input type="hidden" name="section" value={section.id} />
      <span class="pivot" role="group" aria-label="Does the rep have the answer?">
        <button name="choice" value="inform" aria-pressed={pivot === "inform" ? "true" : "false"}>
          Inform and inspire
        </button>
        <button name="choice" value="praise" aria-pressed={pivot === "praise" ? "true" : "false"}>
          Praise and polish
        </button>
      </span>
      <span class="small muted">{pivot ? words[pivot] : `Does ${rep} lack the information, or have it?`}</span>
    </form>
  );
}

function Notes({ c, room }: { c: Request; room: RoomData }) {
  const { meeting, section } = room;
  const viewer = c.get("viewer");
  const common = {
    "data-meeting": meeting.id,
    "data-section": section.id,
    "data-owner": viewer?.personId ?? "",
    "data-name": viewer?.name ?? "",
    "data-side": meeting.side,
  };
  return (
    <>
      <kept-note
        id={`shared-${section.id}`}
        class="note"
        data-key="notes"
        data-doc="shared"
        aria-label={`Shared notes: ${section.title}`}
        {...common}
      >
        <div class="note-text muted">Opening the notes…</div>
      </kept-note>
      <kept-note-state {...common}></kept-note-state>
      <details class="stack" open={c.req.query("private") !== undefined}>
        <summary class="small">My private notes: nobody else can read these</summary>
        <kept-note
          id={`private-${section.id}`}
          class="note private"
          data-key="private"
          data-doc="private"
          aria-label={`Private notes: ${section.title}`}
          {...common}
        ></kept-note>
      </details>
    </>
  );
}
