import type { DraftProcess } from "../../domain/processes/process-draft.ts";
import type { DraftErrors } from "../../domain/processes/read-draft.ts";
import { count } from "../../parts/words.ts";

interface Props {
  draft: DraftProcess;
  errors: DraftErrors;
  /** Of the open stages, by id. */
  names: ReadonlyMap<string, string>;
}

/** Everything that is wrong, at the top of a long form, where the focus goes; each leads to its field. */
export function ErrorSummary({ draft, errors, names }: Props) {
  const wrong = Object.entries(errors);
  if (wrong.length === 0) return null;
  return (
    <div class="notice missed error-summary" role="alert" tabindex={-1} autofocus>
      {wrong.length > 1 && <b>{count(wrong.length, "thing is", "things are")} to be put right:</b>}
      <ul>
        {wrong.map(([field, words]) => {
          const place = placeOf(field, draft, names);
          return (
            <li>
              {place ? (
                <>
                  <a href={`#${place.id}`} data-turbo="false">
                    {place.label}
                  </a>
                  : {words}
                </>
              ) : (
                words
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

const labels: Record<string, string> = {
  probability: "likely to be won",
  experience: "what the customer should experience",
  words: "does what",
  who: "who there",
};

/** Where a field stands, and its name as one reads it; undefined for what is wrong with the whole. */
function placeOf(field: string, draft: DraftProcess, names: Props["names"]): { id: string; label: string } | undefined {
  const [what = "", id = ""] = field.split(" ");
  if (what === "name") return { id: "process-name", label: "Name" };
  if (what === "rules") return { id: "rules", label: "Conditions" };
  if (what === "rule") return { id: `rule-field-${id}`, label: `Condition ${Number(id) + 1}` };
  const label = labels[what];
  const stage = draft.stages.find(({ stageId, verifiers }) => stageId === id || verifiers.some((one) => one.id === id));
  if (!label || !stage) return undefined;
  const at = stage.verifiers.findIndex((one) => one.id === id);
  return {
    id: `${what}-${id}`,
    label: [names.get(stage.stageId) ?? "A stage", at < 0 ? "" : `verifier ${at + 1}`, label].filter(Boolean).join(", "),
  };
}
