import type { PlaceToPromise } from "../../domain/commitments/promise-verifier.ts";
import type { PersonHead as PersonHeadData } from "../../domain/people/person-head-queries.ts";
import { Field, TextArea } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { dayIn, firstName, readersOf, shortDay } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { isManager } from "../../platform/viewer.ts";
import type { GoalSource } from "./goal-form.ts";

export interface GoalValues {
  id: string;
  words: string;
  due_on: string;
}

interface Props {
  c: Request;
  head: PersonHeadData;
  place: PlaceToPromise | undefined;
  source: GoalSource;
  values: GoalValues;
  hangsWords: string;
  errors: Errors;
}

/** A coaching goal before it is put to the rep: its words and its day. */
export function GoalPage({ c, head: { person }, place, source, values, hangsWords, errors }: Props) {
  const isSelf = person.standing === "self";
  const first = firstName(person.name);
  const back = `/people/${person.id}/coverage`;
  return (
    <Shell c={c} title="A coaching goal" current={isSelf ? "you" : "people"}>
      <Head
        title={isSelf ? "Make it your goal" : `Put it to ${first} as a question`}
        lead={
          isSelf
            ? "In your own words. It becomes a promise of your one-on-one."
            : `Only ${first} can say yes, or what to do instead. Without a yes there is no goal.`
        }
        {...(place ? { readers: readersOf(place.meeting, c.get("viewer")?.personId ?? "") } : {})}
      >
        <a class="btn" href={back}>
          Back to coverage
        </a>
      </Head>
      {place ? (
        <form method="post" action={`${back}/goal`} class="sheet pad stack goal-form" data-draft={`goal ${person.id}`}>
          <input type="hidden" name="id" value={values.id} />
          {source.gap && <input type="hidden" name="gap" value={source.gap} />}
          {source.lever && <input type="hidden" name="lever" value={source.lever} />}
          {source.lever && <input type="hidden" name="steps" value={source.steps} />}
          <TextArea
            name="words"
            label={isSelf ? "What will you do?" : `What would ${first} do?`}
            rows={3}
            value={values.words}
            error={errors.words}
            {...(hangsWords ? { hint: `${hangsWords.replace(/^./, (first) => first.toUpperCase())}.` } : {})}
            required
          />
          <Field name="due_on" label="By" type="date" value={values.due_on} error={errors.due_on} required />
          <div class="row">
            <button class="btn primary">{isSelf ? "Make it my goal" : `Ask ${first}`}</button>
            <span class="small muted">{whereWords(place, c.get("viewer")?.timeZone ?? "UTC")}</span>
          </div>
        </form>
      ) : (
        <section class="sheet empty">
          <h2>{isSelf ? "Your next one-on-one is not planned yet" : "No one-on-one of you two is planned"}</h2>
          <p>
            {isSelf
              ? "A goal is agreed in a one-on-one, and your manager plans those. Come back once the next one stands in your week."
              : "A goal is agreed in a one-on-one. Plan one first: the goal then waits there."}
          </p>
          {!isSelf && c.get("viewer") && isManager(c.get("viewer")!) && (
            <a class="btn primary" href={`/series/new?rep=${person.id}`}>
              Schedule with {first}
            </a>
          )}
        </section>
      )}
    </Shell>
  );
}

const whereWords = ({ meeting }: PlaceToPromise, zone: string): string =>
  meeting.state === "open"
    ? `It goes into the wrap-up of the one-on-one that is open, with ${meeting.otherName}.`
    : `It waits in the wrap-up of your one-on-one with ${meeting.otherName} on ${shortDay(dayIn(meeting.plannedStart, zone))}.`;
