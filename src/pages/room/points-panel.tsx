import { firstName, percent } from "../../parts/words.ts";
import type { RoomData } from "./room-data.ts";

/** What both wanted to talk about, and whose points they are. */
export function PointsPanel({ room }: { room: RoomData }) {
  const { points, meeting } = room;
  const fromManager = points.filter(({ addedBy }) => addedBy !== meeting.repId).length;
  return (
    <>
      <div class="pad">
        <h2>Points</h2>
        <div class="small muted">
          {points.length === 0
            ? "Nobody has added a point. Add one at the left."
            : `${percent(fromManager / points.length)} from ${firstName(meeting.managerName)}, ${percent(1 - fromManager / points.length)} from ${firstName(meeting.repName)}.`}
          {fromManager * 2 > points.length && " More than half are the manager’s: ask what the rep would add."}
        </div>
      </div>
      {points.map((point) => (
        <form method="post" action={`/meetings/${meeting.id}/room/points/${point.id}/done`} class="promise">
          <input type="hidden" name="section" value={room.section.id} />
          <input type="hidden" name="done" value={point.doneAt ? "" : "yes"} />
          <div class="spread">
            <span>
              {point.words} <span class="small muted">{firstName(point.addedByName)}</span>
            </span>
            <button class="btn">{point.doneAt ? "Open again" : "Talked about"}</button>
          </div>
        </form>
      ))}
    </>
  );
}
