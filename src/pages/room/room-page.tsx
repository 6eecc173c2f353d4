import type { Child } from "hono/jsx";
import { Document, Live } from "../../parts/shell.tsx";
import { takeNotice } from "../../parts/notice.ts";
import { dayIn, firstName, longDay, timeIn, weekday } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { FocusMeter } from "./focus-meter.tsx";
import { Panel } from "./panel.tsx";
import { Prepared } from "./prepared.tsx";
import { Rail } from "./rail.tsx";
import type { RoomData } from "./room-data.ts";
import { Talk } from "./talk.tsx";

interface Props {
  c: Request;
  room: RoomData;
}

/** One live page for both: agenda on the left, the talk in the middle, what the section is about on the right. */
export function RoomPage({ c, room, problem }: Props & { problem?: Child }) {
  const { meeting } = room;
  const notice = takeNotice(c);
  return (
    <Document c={c} title={`${firstName(meeting.repName)} and ${firstName(meeting.managerName)}`} script="src/browser/room.ts">
      <body class="room">
        <a class="skip" href="#talk">
          Skip to the talk
        </a>
        <RoomHead c={c} room={room} />
        <main class="room-body" id="main">
          <Rail room={room} />
          <div class="center" id="talk">
            {notice && (
              <div class={`notice ${notice.tone}`} role="status">
                {notice.words}
              </div>
            )}
            {problem}
            <Talk c={c} room={room} />
          </div>
          <aside class="aside" aria-label={room.section.title}>
            <Panel room={room} />
            <Prepared room={room} />
          </aside>
        </main>
        <RoomFoot room={room} />
        <Live c={c} topics={`meeting:${meeting.id}`} />
      </body>
    </Document>
  );
}

function RoomHead({ room }: Props) {
  const { meeting } = room;
  const other = firstName(meeting.otherName);
  const end = new Date(meeting.plannedStart.getTime() + meeting.minutes * 60_000);
  const day = dayIn(meeting.plannedStart, meeting.timeZone);
  return (
    <header class="room-head">
      <a href="/week" aria-label="Back to your week">
        ←
      </a>
      <h1>{meeting.side === "manager" ? meeting.repName : meeting.managerName}</h1>
      <span class="muted small">
        {meeting.kindName} · {weekday(day)} {longDay(day)} · {timeIn(meeting.plannedStart, meeting.timeZone)}–
        {timeIn(end, meeting.timeZone)}
        {meeting.place && ` · ${meeting.place}`}
      </span>
      <span class="push small muted">Only {other} and you can read this</span>
      <span class="tag" data-here={other} role="status">
        {other} is not here
      </span>
      <a class="btn" href={`/meetings/${meeting.id}/finish`} data-key="finish">
        Finish
      </a>
    </header>
  );
}

function RoomFoot({ room }: { room: RoomData }) {
  const { meeting, now } = room;
  const wrapUp = room.agenda.sections.find(({ panel }) => panel === "wrap_up");
  return (
    <footer class="room-foot">
      {meeting.openedAt && (
        <span class="small muted">
          <kept-timer
            data-mode="spent"
            data-started={meeting.openedAt.getTime()}
            data-minutes={meeting.minutes}
            data-now={now.getTime()}
          ></kept-timer>{" "}
          of {meeting.minutes} min
        </span>
      )}
      <FocusMeter room={room} />
      <span class="visually-hidden" role="status" data-timer-said></span>
      <details class="keys wide push">
        <summary>Keys</summary>
        <p>
          Hold <kbd>Alt</kbd> and <kbd>Shift</kbd>, then: <kbd>→</kbd> next section, <kbd>←</kbd> previous, <kbd>N</kbd> shared notes,{" "}
          <kbd>P</kbd> private notes, <kbd>W</kbd> what else, <kbd>F</kbd> finish.
        </p>
      </details>
      {wrapUp && (
        <a class="btn" href={`/meetings/${meeting.id}/room?section=${wrapUp.id}#promise`} data-key="what-else">
          What else?
        </a>
      )}
    </footer>
  );
}
