import { excuses } from "../../domain/meetings/excuse-meeting.ts";
import type { MeetingView } from "../../domain/meetings/meeting-access.ts";
import { whenInWords } from "../../domain/meetings/when-in-words.ts";
import { TextArea } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import type { Request } from "../../platform/http.ts";
import type { Viewer } from "../../platform/viewer.ts";
import { NotPlanned } from "./not-planned.tsx";

export interface ExcuseForm {
  id: string;
  excuse: string;
  words: string;
}

interface Props {
  c: Request;
  viewer: Viewer;
  meeting: MeetingView;
  form: ExcuseForm;
  errors: Errors;
}

const hints: Record<string, string> = {
  "Time off": "One of you is away.",
  Emergency: "Something that cannot wait.",
  Other: "Say it in your words.",
};

export function ExcusePage({ c, viewer, meeting, form, errors }: Props) {
  return (
    <Shell c={c} title={`Excuse ${meeting.kindName}`} current="week">
      <Head
        title={`Excuse ${meeting.kindName} with ${meeting.otherName}`}
        lead={`Planned for ${whenInWords(meeting.plannedStart, viewer.timeZone)}. A one-on-one is not cancelled: it is held, moved, or excused with a reason.`}
      />
      {meeting.state === "planned" ? (
        <form method="post" action={`/meetings/${meeting.id}/excuse`} class="sheet pad stack narrow">
          <input type="hidden" name="id" value={form.id} />
          <fieldset aria-describedby="excuse-error">
            <legend>Reason</legend>
            {excuses.map((excuse) => (
              <label class="choice">
                <input type="radio" name="excuse" value={excuse} checked={form.excuse === excuse} />
                <span>
                  {excuse} <span class="small muted">{hints[excuse]}</span>
                </span>
              </label>
            ))}
            <div class="field">
              <div class="error" id="excuse-error">
                {errors.excuse}
              </div>
            </div>
          </fieldset>
          <TextArea name="words" label="In your words" value={form.words} error={errors.words} rows={2} />
          <p class="small muted">
            Only {meeting.repName} and {meeting.managerName} can read the reason. That it was excused is counted.
          </p>
          <div class="row">
            <button class="btn primary">Excuse</button>
            <a class="btn" href={`/meetings/${meeting.id}/move`}>
              Move it instead
            </a>
          </div>
        </form>
      ) : (
        <NotPlanned meeting={meeting} />
      )}
    </Shell>
  );
}
