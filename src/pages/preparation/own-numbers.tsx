import { type Measure, question } from "../../domain/preparations/preparation-queries.ts";
import { differenceWords, earlierWords, figureName, figureValue } from "../../parts/figure-words.ts";
import type { PreparationData } from "./preparation-data.ts";
import { SavedInput, SavedText } from "./saved-field.tsx";

export interface Wrong {
  /** By field name: what is wrong, and what was typed. */
  errors: Record<string, string>;
  typed: Record<string, string>;
}

interface Props {
  data: PreparationData;
  today: string;
  wrong: Wrong;
}

const withWish = new Set<Measure>(["month_result", "year_result", "rank"]);

/** The rep's own numbers first. Each actual one appears beside what was said, and never before. */
export function OwnNumbers({ data, today, wrong }: Props) {
  const open = data.measures.filter((measure) => !data.preparation.figures.get(measure)?.statedAt);
  return (
    <section class="sheet pad stack" aria-labelledby="own-numbers">
      <div>
        <h2 id="own-numbers">Your numbers, as you know them</h2>
        <p class="muted">From your head, without looking them up. The actual figures appear beside them once you have said yours.</p>
      </div>
      {data.measures.map((measure) => (
        <Figure measure={measure} data={data} today={today} wrong={wrong} />
      ))}
      {open.length > 0 && data.canWrite && (
        <div>
          <button class="btn" formaction={`/meetings/${data.meeting.id}/preparation/figures`}>
            Say these and see the actual figures
          </button>
          <p class="small muted">
            What you have said then stands: you can add a word to it, not change it. Leave empty what you do not know yet.
          </p>
        </div>
      )}
    </section>
  );
}

function Figure({ measure, data, today, wrong }: Props & { measure: Measure }) {
  const figure = data.preparation.figures.get(measure);
  const name = figureName(measure, data.month, today, data.calendar);
  const typed = (what: "stated" | "wish") => {
    const field = question.typed(measure, what);
    return { name: field, value: wrong.typed[field], error: wrong.errors[field], data };
  };
  return (
    <div class="own-number">
      {figure?.statedAt && figure.stated !== null ? (
        <Stated measure={measure} name={name} data={data} />
      ) : (
        <SavedInput
          {...typed("stated")}
          label={name}
          inputmode={measure === "rank" ? "numeric" : "decimal"}
          hint={measure === "rank" ? "1 is first" : hints[measure]}
        />
      )}
      {withWish.has(measure) && (
        <SavedInput {...typed("wish")} label="Where would you like to be?" inputmode={measure === "rank" ? "numeric" : "decimal"} />
      )}
    </div>
  );
}

const hints: Partial<Record<Measure, string>> = { month_result: "For example 38,120 or 38k" };

function Stated({ measure, name, data }: { measure: Measure; name: string; data: PreparationData }) {
  const figure = data.preparation.figures.get(measure);
  if (!figure || figure.stated === null) return null;
  const before = earlierWords(measure, data.earlier, "you were");
  return (
    <div>
      <h3>{name}</h3>
      <div class="said-and-is">
        <span>
          You said <b>{figureValue(measure, figure.stated, data.currency)}</b>
        </span>
        {figure.actual === null ? (
          <span>{measure === "rank" ? "There is no ranking to compare with." : "No plan is set: there is nothing to compare with."}</span>
        ) : (
          <span>
            It is <b>{figureValue(measure, figure.actual, data.currency)}</b>:{" "}
            {differenceWords(measure, figure.stated, figure.actual, data.currency)}
          </span>
        )}
      </div>
      {before && <p class="small muted">{before}</p>}
      <SavedText name={question.note(measure)} label="A word on it, if you like" data={data} rows={1} />
    </div>
  );
}
