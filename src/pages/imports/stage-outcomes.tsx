import type { Found, Run, SensedStage } from "../../domain/imports/import-settings.ts";
import { Select } from "../../parts/field.tsx";
import { count, list } from "../../parts/words.ts";

type Typed = Record<string, string> | undefined;

const options = [
  { value: "open", words: "Open" },
  { value: "won", words: "Won" },
  { value: "lost", words: "Lost" },
] as const;
const wordOf = { open: "open", won: "won", lost: "lost" } as const;

/** Stages that are new and of which the file does not tell how deals in them stand; the others are shown with what they are taken for. */
export function StageQuestion({ found, typed }: { found: Found; typed: Typed }) {
  const sensed = found.sensed ?? [];
  const clear = sensed.filter(({ isSure }) => isSure);
  return (
    <div class="stack">
      {sensed.map((stage, i) => !stage.isSure && <OneStage stage={stage} name={`outcome_${i}`} typed={typed} />)}
      {clear.length > 0 && (
        <p class="muted small">
          Clear: {list(clear.map(({ name, outcome, why }) => `“${name}” is ${wordOf[outcome ?? "open"]}${why ? ` (${why})` : ""}`))}. You
          can change that under “How the file is read”.
        </p>
      )}
    </div>
  );
}

function OneStage({ stage, name, typed }: { stage: SensedStage; name: string; typed: Typed }) {
  const chosen = typed?.[name] ?? stage.outcome;
  return (
    <fieldset class="stack tight">
      <legend>Deals in “{stage.name}”: open, won or lost?</legend>
      <p class="muted small">
        {count(stage.rows, "row")}
        {stage.examples.length > 0 && `, such as ${list(stage.examples)}`}; {stage.why}.
      </p>
      <div class="row">
        {options.map(({ value, words }) => (
          <label class="choice">
            <input type="radio" name={name} value={value} required checked={chosen === value} />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Those that are clear already: to be put otherwise. */
export function StageOutcomes({ run, found, typed }: { run: Run; found: Found; typed: Typed }) {
  const sensed = found.sensed ?? [];
  if (run.what !== "opportunities" || !sensed.some(({ isSure }) => isSure)) return null;
  return (
    <fieldset class="stack tight">
      <legend>How deals in its new stages stand</legend>
      <div class="fields">
        {sensed.map(
          ({ name, outcome, isSure, why, rows }, i) =>
            isSure && (
              <Select
                name={`outcome_${i}`}
                label={name}
                hint={[count(rows, "row"), why].filter(Boolean).join("; ")}
                value={typed?.[`outcome_${i}`] ?? outcome ?? "open"}
                options={options.map(({ value, words }) => ({ value, words }))}
              />
            ),
        )}
      </div>
    </fieldset>
  );
}
