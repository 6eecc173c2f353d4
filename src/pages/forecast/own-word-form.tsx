import type { WordHorizon } from "../../domain/own-words/own-word-queries.ts";
import { dayOf } from "../../method/day-numbers.ts";
import type { Word } from "../../method/own-word.ts";
import { wordInWords } from "../../parts/own-word-words.ts";
import { dayIn, fullDay, shortDay } from "../../parts/words.ts";
import { newId } from "../../platform/new-id.ts";
import type { ForecastData } from "./forecast-data.ts";

export interface WrongWord {
  horizon: WordHorizon;
  typed: Record<keyof Word, string>;
  errors: Partial<Record<keyof Word, string>>;
}

const parts = [
  ["likely", "Likely"],
  ["least", "At least"],
  ["most", "At most"],
] as const;

/** Says or changes one's own word: of the own deals, or of the team. */
export function OwnWordForm({ data, horizon, wrong }: { data: ForecastData; horizon: WordHorizon; wrong: WrongWord | undefined }) {
  const word = data.words.get(horizon);
  const mine = wrong?.horizon === horizon ? wrong : undefined;
  const who = data.isTeam ? "your team" : "you";
  return (
    <form method="post" action="/forecast/word" class="word-form" autocomplete="off" novalidate>
      <input type="hidden" name="id" value={newId()} />
      <input type="hidden" name="horizon" value={horizon} />
      <input type="hidden" name="on" value={dayOf(data.periods[horizon].from)} />
      <p>
        <b>{`What will ${who} close in ${data.periods[horizon].label}?`}</b>{" "}
        {word && (
          <span class="muted">
            {`On ${shortDay(dayIn(word.saidAt, data.zone))} you said ${wordInWords(word, data.currency)}.`} A new word is kept beside it.
          </span>
        )}
      </p>
      {parts.map(([part, label]) => (
        <div class="field">
          <label for={`${horizon}-${part}`}>{label}</label>
          <input
            id={`${horizon}-${part}`}
            name={part}
            inputmode="decimal"
            maxlength={40}
            value={mine?.typed[part] ?? ""}
            aria-invalid={mine?.errors[part] ? "true" : undefined}
            aria-describedby={`${horizon}-${part}-error`}
          />
          <div class="error" id={`${horizon}-${part}-error`}>
            {mine?.errors[part]}
          </div>
        </div>
      ))}
      <button class="btn">{word ? "Say another word" : "Give your word"}</button>
    </form>
  );
}

/** Every word of late, as it was said. */
export function WordsSaid({ data }: { data: ForecastData }) {
  if (data.said.length === 0) return null;
  const name = data.of.id === data.me ? "your own words" : `${data.of.name}’s own words`;
  return (
    <details>
      <summary class="small">{`All ${name} since last quarter, as they were said`}</summary>
      <div class="scroll" tabindex={0} role="region" aria-label="Own words as they were said">
        <table>
          <thead>
            <tr>
              <th scope="col">Said on</th>
              <th scope="col">Of</th>
              <th scope="col">Word</th>
              <th scope="col">Where</th>
            </tr>
          </thead>
          <tbody>
            {data.said.map((word) => (
              <tr>
                <td>{fullDay(dayIn(word.saidAt, data.zone))}</td>
                <td>{`${word.horizon === "month" ? "Month" : "Quarter"} from ${fullDay(word.periodOn)}`}</td>
                <td>{wordInWords(word, data.currency)}</td>
                <td>{word.saidIn ? "In a preparation" : "On this page"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
