import type { Choices } from "../../domain/imports/import-access.ts";
import type { Found, Run } from "../../domain/imports/import-settings.ts";
import { Select } from "../../parts/field.tsx";
import { count, list } from "../../parts/words.ts";

interface Props {
  run: Run;
  found: Found;
  typed: Record<string, string> | undefined;
  /** What is wrong with the choice of pipelines. */
  error?: string | undefined;
}

/** Deals of several pipelines share the name of a stage: which to take in, and whether that is one stage. */
export function PipelineQuestion({ found, stage, typed, error }: Omit<Props, "run"> & { stage: string }) {
  const where = found.pipelines.filter(({ stages }) => stages.includes(stage)).map(({ name }) => `“${name}”`);
  return (
    <fieldset class="stack tight">
      <legend>The deals run through {count(found.pipelines.length, "pipeline")}. Which are taken in?</legend>
      <Boxes found={found} typed={typed} chosen={undefined} error={error} />
      <p class="muted small">
        “{stage}” is a stage of {list(where)}. In Kept that is:
      </p>
      <Apart typed={typed} chosen={undefined} isRequired />
    </fieldset>
  );
}

/** The same, where no stage has a name twice: all are taken in unless the admin says otherwise. */
export function PipelineChoice({ run, found, typed, error }: Props) {
  const { pipelines, stagesApart } = run.settings.answers;
  return (
    <fieldset class="stack tight">
      <legend>Pipelines to take in</legend>
      <Boxes found={found} typed={typed} chosen={pipelines} error={error} />
      <Apart typed={typed} chosen={stagesApart ?? false} isRequired={false} />
    </fieldset>
  );
}

function Boxes({ found, typed, chosen, error }: Pick<Props, "found" | "typed" | "error"> & { chosen: string[] | undefined }) {
  return (
    <>
      <input type="hidden" name="pipelines" value="asked" />
      {found.pipelines.map(({ name, rows }, i) => (
        <label class="choice">
          <input
            type="checkbox"
            name={`pipeline_${i}`}
            value="yes"
            checked={typed ? typed[`pipeline_${i}`] === "yes" : (chosen?.includes(name) ?? true)}
          />
          <span>
            {name} <span class="muted">({count(rows, "row")})</span>
          </span>
        </label>
      ))}
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
    </>
  );
}

function Apart({ typed, chosen, isRequired }: Pick<Props, "typed"> & { chosen: boolean | undefined; isRequired: boolean }) {
  const value = typed?.stages ?? (chosen === undefined ? "" : chosen ? "apart" : "one");
  const options = [
    { value: "one", words: "Stages of the same name are one stage" },
    { value: "apart", words: "Each pipeline keeps its own, with its name behind the stage" },
  ];
  return (
    <>
      {options.map((option) => (
        <label class="choice">
          <input type="radio" name="stages" value={option.value} required={isRequired} checked={value === option.value} />
          <span>{option.words}</span>
        </label>
      ))}
    </>
  );
}

/** What each stage of the file is called here. */
export function StageNames({ run, found, choices, typed }: Props & { choices: Choices }) {
  if (run.what !== "opportunities" || found.stages.length === 0 || choices.stages.length === 0) return null;
  const given = run.settings.answers.stages ?? {};
  return (
    <fieldset class="stack tight">
      <legend>What its stages are called in Kept</legend>
      <div class="fields">
        {found.stages.map((stage, i) => (
          <Select
            name={`stage_${i}`}
            label={stage}
            value={typed?.[`stage_${i}`] ?? given[stage] ?? ""}
            options={[{ value: "", words: "the same" }, ...choices.stages.map((name) => ({ value: name, words: name }))]}
          />
        ))}
      </div>
    </fieldset>
  );
}
