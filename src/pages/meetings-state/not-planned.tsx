import type { MeetingView } from "../../domain/meetings/meeting-access.ts";

const states = {
  planned: "is planned",
  open: "is going on",
  closed: "has been held",
  excused: "has been excused",
  missed: "was missed: it can still be held late",
};

/** Only what is planned can be moved or excused. */
export function NotPlanned({ meeting }: { meeting: MeetingView }) {
  return (
    <div class="sheet empty">
      <h2>This one-on-one {states[meeting.state]}</h2>
      <p>Only a planned one can be moved or excused.</p>
      <a class="btn" href={meeting.state === "closed" ? `/meetings/${meeting.id}/record` : `/meetings/${meeting.id}/room`}>
        Open it
      </a>
    </div>
  );
}
