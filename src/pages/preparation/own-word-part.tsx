import { type OwnWord, wordHorizons, type WordHorizon } from "../../domain/own-words/own-word-queries.ts";
import { question } from "../../domain/preparations/preparation-queries.ts";
import { wordInWords } from "../../parts/own-word-words.ts";
import { dayIn, firstName, shortDay } from "../../parts/words.ts";
import type { Wrong } from "./own-numbers.tsx";
import { wordParts } from "./own-word-fields.ts";
import type { PreparationData } from "./preparation-data.ts";
import { SavedInput } from "./saved-field.tsx";

const labels = { likely: "Likely", least: "At least", most: "At most" };

/** One figure and a range for the month and the quarter, before any forecast is shown. */
export function OwnWordPart({ data, wrong }: { data: PreparationData; wrong: Wrong }) {
  const { words, canWrite, meeting } = data;
  const isOpen = wordHorizons.some((horizon) => !words.said.has(horizon));
  return (
    <section class="sheet pad stack" aria-labelledby="own-word">
      <div>
        <h2 id="own-word">Your word</h2>
        <p class="muted">
          What you will close, from the first day to the last: what is won already counts. {firstName(meeting.managerName)} and the leaders
          above read these amounts, and afterwards you and they see whose word held.
        </p>
      </div>
      {wordHorizons.map((horizon) =>
        words.said.has(horizon) ? (
          <SaidWord horizon={horizon} data={data} you />
        ) : (
          <fieldset class="own-word">
            <legend>What will you close in {words.periods[horizon].label}?</legend>
            {wordParts.map((part) => {
              const field = question.word(horizon, part);
              return (
                <SavedInput
                  name={field}
                  label={labels[part]}
                  inputmode="decimal"
                  data={data}
                  value={wrong.typed[field]}
                  error={wrong.errors[field]}
                />
              );
            })}
            <LastSaid horizon={horizon} data={data} />
          </fieldset>
        ),
      )}
      {words.said.size > 0 && (
        <p class="small muted">
          It stands beside the other figures on the <a href="/forecast">forecast page</a>, where you can say another one.
        </p>
      )}
      {isOpen && canWrite && (
        <div>
          <button class="btn" formaction={`/meetings/${meeting.id}/preparation/figures`}>
            Give your word
          </button>
          <p class="small muted">It is kept as you say it. You can say another one later; this one stays beside it.</p>
        </div>
      )}
    </section>
  );
}

function LastSaid({ horizon, data }: { horizon: WordHorizon; data: PreparationData }) {
  const last = data.words.before.find((word) => word.horizon === horizon);
  if (!last) return null;
  return (
    <p class="small muted">
      On {saidOn(last, data)} you said {wordInWords(last, data.currency)}. Leave this empty to stay with it.
    </p>
  );
}

const saidOn = ({ saidAt }: OwnWord, { meeting }: PreparationData): string => shortDay(dayIn(saidAt, meeting.timeZone));

function SaidWord({ horizon, data, you = false }: { horizon: WordHorizon; data: PreparationData; you?: boolean }) {
  const word = data.words.said.get(horizon);
  if (!word) return null;
  return (
    <div>
      <h3>{data.words.periods[horizon].label}</h3>
      <p>
        {you ? "You said" : "Said"} <b>{wordInWords(word, data.currency)}</b>.
      </p>
    </div>
  );
}

/** What was said of them, to read. */
export function SaidWords({ data }: { data: PreparationData }) {
  if (data.words.said.size === 0) return null;
  return (
    <section class="sheet pad stack tight">
      <h2>{firstName(data.meeting.repName)}’s word</h2>
      {wordHorizons.map((horizon) => (
        <SaidWord horizon={horizon} data={data} />
      ))}
    </section>
  );
}
