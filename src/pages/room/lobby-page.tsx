import { HangsOn } from "../../parts/hangs-on.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import { dayIn, firstName, longDay, shortDay, timeIn, weekday } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import type { RoomData } from "./room-data.ts";

/** Before the room opens: what is planned, and one button. */
export function LobbyPage({ c, room }: { c: Request; room: RoomData }) {
  const { meeting, agenda } = room;
  const zone = c.get("viewer")?.timeZone ?? meeting.timeZone;
  const day = dayIn(meeting.plannedStart, zone);
  const isExcused = meeting.state === "excused";
  const lead = `${meeting.kindName} with ${meeting.otherName}, ${weekday(day)} ${longDay(day)} at ${timeIn(meeting.plannedStart, zone)}, ${meeting.minutes} minutes${meeting.place ? `, ${meeting.place}` : ""}.`;
  return (
    <Shell c={c} title={meeting.kindName} current="week" live={`meeting:${meeting.id}`}>
      <Head
        title={isExcused ? "This one-on-one was excused" : "Ready to start?"}
        lead={lead}
        readers={`Only ${meeting.repName} and ${meeting.managerName} can read what is said in it.`}
      />
      <div class="stack lobby">
        {meeting.state === "missed" && (
          <div class="notice watch">It was planned for then and nobody opened it, so it counts as missed. You can still hold it late.</div>
        )}
        <div class="row">
          {!isExcused && (
            <form method="post" action={`/meetings/${meeting.id}/open`}>
              <button class="btn primary">{meeting.state === "missed" ? "Hold it now" : "Start the one-on-one"}</button>
            </form>
          )}
          {meeting.side === "manager" ? (
            <a class="btn" href={`/meetings/${meeting.id}/briefing`}>
              Read the briefing
            </a>
          ) : (
            <a class="btn" href={`/meetings/${meeting.id}/preparation`}>
              Prepare
            </a>
          )}
          {!isExcused && (
            <a class="btn" href={`/meetings/${meeting.id}/move`}>
              Move or excuse
            </a>
          )}
        </div>
        {!isExcused && room.commitments.length > 0 && (
          <section class="sheet pad">
            <h2>Promises waiting to be confirmed here</h2>
            <ul class="stack tight">
              {room.commitments.map((one) => (
                <li>
                  {one.words}
                  <div class="small muted">
                    {one.ownerName} · by {shortDay(one.dueOn)}
                    <HangsOn commitment={one} standings={room.standings} />
                  </div>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section class="sheet pad">
          <h2>Agenda</h2>
          <ol class="stack tight">
            {agenda.sections.map((section) => (
              <li>
                <b>{section.title}</b> <span class="muted">{section.minutes} min</span>
                <div class="small muted">{section.prompts[0]}</div>
              </li>
            ))}
          </ol>
          <p class="small muted">When {firstName(meeting.otherName)} or you start it, the time runs for both.</p>
        </section>
      </div>
    </Shell>
  );
}
