import type { MeetingView } from "../../domain/meetings/meeting-access.ts";
import { whenInWords } from "../../domain/meetings/when-in-words.ts";
import type { Busy } from "../../domain/series/series-queries.ts";
import { dayAt } from "../../method/days.ts";
import { type DaysOff, holidaysOn } from "../../method/occurrences.ts";
import { Field, TextArea } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { list, shortDay } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import type { Viewer } from "../../platform/viewer.ts";
import { NotPlanned } from "./not-planned.tsx";

export interface MoveForm {
  id: string;
  day: string;
  time: string;
  reason: string;
}

interface Props {
  c: Request;
  viewer: Viewer;
  meeting: MeetingView;
  form: MoveForm;
  errors: Errors;
  busy: Busy[];
  off: DaysOff[];
}

const nearby = 15 * 86_400_000;

export function MovePage({ c, viewer, meeting, form, errors, busy, off }: Props) {
  const { plannedStart } = meeting;
  const isNear = (instant: Date) => Math.abs(instant.getTime() - plannedStart.getTime()) < nearby;
  const taken = busy.filter(({ start }) => isNear(start)).slice(0, 12);
  const away = off.filter(({ holiday, fromOn }) => !holiday || isNear(new Date(`${fromOn}T12:00Z`)));
  const holidays = holidaysOn(dayAt(plannedStart, meeting.timeZone), off).map(({ name }) => name);
  return (
    <Shell c={c} title={`Move ${meeting.kindName}`} current="week">
      <Head
        title={`Move ${meeting.kindName} with ${meeting.otherName}`}
        lead={`Planned for ${whenInWords(plannedStart, viewer.timeZone)}${holidays.length > 0 ? `, which is ${list(holidays)}` : ""}. The first date is kept, so that moves can be counted.`}
      />
      {meeting.state === "planned" ? (
        <form method="post" action={`/meetings/${meeting.id}/move`} class="sheet pad stack narrow">
          <input type="hidden" name="id" value={form.id} />
          <div class="fields">
            <Field name="day" label="New day" type="date" value={form.day} error={errors.day} required />
            <Field
              name="time"
              label="New time"
              type="time"
              value={form.time}
              error={errors.time}
              hint={`On your clock, ${viewer.timeZone.replaceAll("_", " ")}.`}
              required
            />
          </div>
          {(taken.length > 0 || away.length > 0) && <Taken viewer={viewer} meeting={meeting} taken={taken} off={away} />}
          <TextArea name="reason" label="Why (if you like)" value={form.reason} error={errors.reason} rows={2} />
          <p class="small muted">
            Only {meeting.repName} and {meeting.managerName} can read the reason.
          </p>
          <div class="row">
            <button class="btn primary">Move</button>
            <a class="btn" href={`/meetings/${meeting.id}/excuse`}>
              Excuse it instead
            </a>
          </div>
        </form>
      ) : (
        <NotPlanned meeting={meeting} />
      )}
    </Shell>
  );
}

/** What is in the way around that day. */
function Taken({ viewer, meeting, taken, off }: { viewer: Viewer; meeting: MeetingView; taken: Busy[]; off: DaysOff[] }) {
  const name = (id: string) => (id === viewer.personId ? "You are" : `${id === meeting.repId ? meeting.repName : meeting.managerName} is`);
  const timeOff = off.filter(({ holiday }) => !holiday);
  const daysOfHoliday = [...new Set(off.filter(({ holiday }) => holiday).map(({ fromOn }) => fromOn))];
  const whose = ([id]: string[]) => (id === viewer.personId ? "you" : id === meeting.repId ? meeting.repName : meeting.managerName);
  return (
    <div class="small">
      <div class="label">Taken around then</div>
      <ul class="entry-lines">
        {daysOfHoliday.flatMap((on) =>
          holidaysOn(on, off).map(({ name, personIds }) => (
            <li>
              {shortDay(on)} is {name}
              {personIds.length > 1 ? "" : ` for ${whose(personIds)}`}
            </li>
          )),
        )}
        {timeOff.map(({ personId, fromOn, untilOn }) => (
          <li>
            {name(personId)} off {fromOn === untilOn ? `on ${shortDay(fromOn)}` : `${shortDay(fromOn)} to ${shortDay(untilOn)}`}
          </li>
        ))}
        {taken.map(({ start, kindName, otherName }) => (
          <li>
            {whenInWords(start, viewer.timeZone)}: {kindName} with {otherName}
          </li>
        ))}
      </ul>
    </div>
  );
}
