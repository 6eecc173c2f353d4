import type { DraftProcess } from "../../domain/processes/process-draft.ts";
import type { Process } from "../../domain/processes/process-queries.ts";
import { standingOf } from "../../domain/processes/stages-carried.ts";
import type { StageCarried } from "../../domain/processes/stages-still-carried.ts";
import { count } from "../../parts/words.ts";

interface Props {
  process: Process;
  carried: readonly StageCarried[];
  /** An admin, who may say what they count as. */
  mayMap: boolean;
  hasDraft: boolean;
}

/** Stages the process does not have while deals still stand in them: how many, what they count as, and where to say otherwise. */
export function CarriedStages({ process, carried, mayMap, hasDraft }: Props) {
  if (carried.length === 0) return null;
  return (
    <section class="sheet pad stack tight" aria-labelledby="carried">
      <h2 id="carried">Not in it, and still carried by deals</h2>
      <ul class="stack tight">
        {carried.map((stage) => (
          <li>
            <b>{stage.name}</b>: {count(stage.deals, "open deal", "open deals")}. {countsAs(process, stage.stageId)}
          </li>
        ))}
      </ul>
      <p class="small muted">The stage of a deal is what your CRM says; nothing here changes it. Past days stay as they were.</p>
      {mayMap && (
        <form method="post" action="/process/draft/start">
          <button class="btn" name="from" value="current">
            {hasDraft ? "Say in the draft what they count as" : "Say what they count as"}
          </button>
        </form>
      )}
    </section>
  );
}

function countsAs(process: Process, stageId: string): string {
  const as = process.carried.find((one) => one.stageId === stageId)?.asStageId;
  const name = process.stages.find((stage) => stage.stageId === as)?.name;
  if (name) return `They count as ${name}.`;
  return standingOf(process, stageId) === "former"
    ? "They count where it used to stand."
    : "It never was in the process: they cannot be compared, and are never claimed ahead.";
}

interface FieldsProps {
  draft: DraftProcess;
  /** Open stages that are not in the draft. */
  rest: readonly { id: string; name: string }[];
  names: ReadonlyMap<string, string>;
}

/** What deals count as that stand in a stage the draft does not have, and a button to take it in. */
export function StagesNotInIt({ draft, rest, names }: FieldsProps) {
  if (rest.length === 0) return null;
  return (
    <section class="sheet pad stack" id="not-in-it">
      <div>
        <h2>Stages not in it</h2>
        <p class="muted">
          Deals that stand in one of these keep it, and say that it is not in the process. From the day you publish they count as you say
          here; the days before stay as they were.
        </p>
      </div>
      {rest.map(({ id, name }) => (
        <div class="row carried">
          <input type="hidden" name="carried" value={id} />
          <div class="field">
            <label for={`counts-as-${id}`}>Deals in {name} count</label>
            <select id={`counts-as-${id}`} name={`counts as ${id}`}>
              <option value="">where it used to stand</option>
              {draft.stages.map(({ stageId }) => (
                <option value={stageId} selected={draft.carried?.some((one) => one.stageId === id && one.asStageId === stageId)}>
                  as {names.get(stageId)}
                </option>
              ))}
            </select>
          </div>
          <button class="btn" name="what" value={`add stage ${id}`} formnovalidate>
            Add {name}
          </button>
        </div>
      ))}
    </section>
  );
}
