import type { Holiday } from "../../domain/holidays/holiday-queries.ts";
import { Field, TextArea } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, fullDay, weekday } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";

export interface BringForm {
  id: string;
  name: string;
  lines: string;
}

/** What the file and the lines hold, beside what the calendar of that name has. */
export interface Looked {
  days: Holiday[];
  unread: { line: number; why: string; file: string | null }[];
  known: Holiday[];
}

interface Props {
  c: Request;
  form: BringForm;
  errors: Errors;
  looked: Looked | null;
}

export function BringHolidaysPage({ c, form, errors, looked }: Props) {
  const isReady = looked !== null && looked.days.length > 0 && Object.keys(errors).length === 0;
  return (
    <Shell c={c} title="Bring in holidays" current="set-up">
      <Head title="Bring in holidays" lead="From a calendar file or from lines. You see what comes in before anything changes.">
        <a class="btn" href="/set-up/holidays">
          All calendars
        </a>
      </Head>
      <form method="post" action="/set-up/holidays" enctype="multipart/form-data" data-turbo="false" class="sheets">
        <input type="hidden" name="id" value={form.id} />
        <div class="sheet pad stack">
          <Field
            name="name"
            label="Calendar"
            value={form.name}
            error={errors.name}
            hint="The country or region. Days come into the calendar of this name; a new name makes a new one."
            maxlength={120}
          />
          <CalendarFile error={errors.file} />
          <TextArea
            name="lines"
            label={looked ? "Days that come in" : "Or write them here"}
            value={form.lines}
            error={errors.lines}
            rows={looked ? 12 : 6}
            hint="One day and its name in each line, such as 2026-12-25, Christmas Day."
          />
          <div>
            <button class={isReady ? "btn" : "btn primary"} name="do" value="look">
              {looked ? "Look again" : "Look it over"}
            </button>
          </div>
        </div>
        {looked && <Preview looked={looked} isReady={isReady} />}
      </form>
    </Shell>
  );
}

function CalendarFile({ error }: { error: string | undefined }) {
  return (
    <div class="field">
      <label for="field-file">Calendar file or list</label>
      <input
        id="field-file"
        type="file"
        name="file"
        accept=".ics,.csv,.txt,text/calendar,text/csv,text/plain"
        aria-invalid={error ? "true" : undefined}
        aria-describedby="field-file-hint field-file-error"
      />
      <div class="hint" id="field-file-hint">
        .ics or .csv, up to 2 MB. What comes every year is brought for the next five.
      </div>
      <div class="error" id="field-file-error" role={error ? "alert" : undefined}>
        {error}
      </div>
    </div>
  );
}

function Preview({ looked: { days, unread, known }, isReady }: { looked: Looked; isReady: boolean }) {
  const here = new Map(known.map(({ on, name }) => [on, name]));
  const fresh = days.filter(({ on }) => !here.has(on)).length;
  const renamed = days.filter(({ on, name }) => here.has(on) && here.get(on) !== name).length;
  const nothing = fresh + renamed === 0;
  const words = [
    `${count(fresh, "new day")}`,
    renamed > 0 && `${count(renamed, "new name")}`,
    `${days.length - fresh - renamed} here already`,
  ];
  return (
    <section class="sheet pad stack" aria-labelledby="preview">
      <h2 id="preview">What comes in</h2>
      {unread.length > 0 && (
        <div class="notice watch">
          <p>{count(unread.length, "line")} could not be read and will stay out:</p>
          <ul>
            {unread.slice(0, 50).map(({ line, why, file }) => (
              <li>
                {file ? `${file}, line` : "Line"} {line}: {why}.
              </li>
            ))}
            {unread.length > 50 && <li>and {unread.length - 50} more.</li>}
          </ul>
        </div>
      )}
      <p>
        {days.length > 0 && nothing
          ? "Every one of these days is here already: nothing would change."
          : `${words.filter(Boolean).join(", ")}.`}
      </p>
      {days.length > 0 && (
        <div class="scroll holidays-preview" tabindex={0} role="region" aria-label="Days that come in">
          <table>
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col">Holiday</th>
                <th scope="col">What happens</th>
              </tr>
            </thead>
            <tbody>
              {days.map(({ on, name }) => (
                <tr>
                  <td>
                    {weekday(on)}, {fullDay(on)}
                  </td>
                  <td>{name}</td>
                  <td class="muted">
                    {!here.has(on) ? "New" : here.get(on) === name ? "Here already" : `Is called ${here.get(on)} so far`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isReady && (
        <div>
          <button class="btn primary" name="do" value="bring">
            Bring in {count(days.length, "day")}
          </button>
        </div>
      )}
    </section>
  );
}
