import { newId } from "../../platform/new-id.ts";
import { firstName } from "../../parts/words.ts";
import type { RoomData } from "./room-data.ts";

/** The agenda with what is done, what runs and how long is left; beneath it the points both added. */
export function Rail({ room }: { room: RoomData }) {
  const { meeting, running, section, agenda, now } = room;
  return (
    <nav class="rail" aria-label="Agenda">
      <ol>
        {agenda.sections.map((one) => {
          const isRunning = one.id === running?.sectionId;
          const isDone = !isRunning && room.timings.some(({ sectionId }) => sectionId === one.id);
          const classes = [one.focus, isRunning && "running", isDone && "done", one.id === section.id && "viewed"]
            .filter(Boolean)
            .join(" ");
          return (
            <li class={classes}>
              <a href={`/meetings/${meeting.id}/room?section=${one.id}`} aria-current={one.id === section.id ? "step" : undefined}>
                <i aria-hidden="true"></i>
                <span class="title">
                  {one.title}
                  <span class="visually-hidden">{` (${one.focus}${isRunning ? ", running" : isDone ? ", done" : ""})`}</span>
                </span>
                {isRunning && running ? (
                  <kept-timer
                    data-title={one.title}
                    data-started={running.startedAt.getTime()}
                    data-minutes={one.minutes}
                    data-now={now.getTime()}
                  ></kept-timer>
                ) : (
                  <span>
                    {one.minutes}
                    <span class="visually-hidden"> minutes</span>
                  </span>
                )}
              </a>
            </li>
          );
        })}
      </ol>
      <div class="extra">
        <h2>Points added</h2>
        {room.points.length === 0 && <p class="small muted points">None yet.</p>}
        <ul class="points">
          {room.points.map((point) => (
            <li class={point.doneAt ? "done" : ""}>
              {point.words} <span class="muted">{firstName(point.addedByName)}</span>
            </li>
          ))}
        </ul>
        <form method="post" action={`/meetings/${meeting.id}/room/points`} class="points stack tight" data-draft="point">
          <input type="hidden" name="id" value={newId()} />
          <input type="hidden" name="section" value={section.id} />
          <label class="visually-hidden" for="point-words">
            A point to talk about
          </label>
          <input id="point-words" name="words" maxlength={2000} placeholder="Add a point" required />
        </form>
      </div>
    </nav>
  );
}
