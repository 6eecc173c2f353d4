import type { TimeOff } from "../../domain/people/people-queries.ts";
import { Field } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { fullDay } from "../../parts/words.ts";
import { newId } from "../../platform/new-id.ts";

interface Props {
  personId: string;
  daysOff: TimeOff[];
  values?: Record<string, string>;
  errors: Errors;
  /** Where to go afterwards, when it is not the person's page. */
  back?: "/account";
}

/** Days off to come, and a form for more. One-on-ones on such a day say so. */
export function TimeOffPart({ personId, daysOff, values = {}, errors, back }: Props) {
  const hidden = back && <input type="hidden" name="back" value={back} />;
  return (
    <>
      {daysOff.length === 0 ? (
        <p class="muted">None ahead.</p>
      ) : (
        <ul class="lines">
          {daysOff.map(({ id, fromOn, untilOn }) => {
            const words = fromOn === untilOn ? fullDay(fromOn) : `${fullDay(fromOn)} to ${fullDay(untilOn)}`;
            return (
              <li class="spread">
                <span>{words}</span>
                <form method="post" action={`/people/${personId}/time-off/${id}/remove`}>
                  {hidden}
                  <button class="link" aria-label={`Take back ${words}`}>
                    Take back
                  </button>
                </form>
              </li>
            );
          })}
        </ul>
      )}
      <form method="post" action={`/people/${personId}/time-off`} class="stack">
        {hidden}
        <input type="hidden" name="id" value={newId()} />
        <div class="fields">
          <Field name="from_on" label="First day off" type="date" value={values.from_on} error={errors.from_on} required />
          <Field name="until_on" label="Last day off" type="date" value={values.until_on} error={errors.until_on} required />
        </div>
        <div>
          <button class="btn">Add days off</button>
        </div>
      </form>
    </>
  );
}
