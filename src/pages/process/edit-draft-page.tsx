import type { DraftProcess, DraftRule, DraftStage, DraftVerifier } from "../../domain/processes/process-draft.ts";
import { type DraftErrors, ruleFields } from "../../domain/processes/read-draft.ts";
import { grades } from "../../method/prospect-grade.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import type { Request } from "../../platform/http.ts";
import { StagesNotInIt } from "./carried-stages.tsx";
import { ErrorSummary } from "./draft-errors.tsx";
import { fieldWords } from "./rule-words.ts";

interface Props {
  c: Request;
  draft: DraftProcess;
  revision: string;
  errors: DraftErrors;
  /** Every open stage of the organisation. */
  stages: { id: string; name: string }[];
  currency: string;
}

/** The next version while it is written. Every button saves what was typed; nothing counts before it is published. */
export function EditDraftPage({ c, draft, revision, errors, stages, currency }: Props) {
  const names = new Map(stages.map(({ id, name }) => [id, name]));
  const rest = stages.filter(({ id }) => !draft.stages.some(({ stageId }) => stageId === id));
  return (
    <Shell c={c} title="Draft of the sales process" current="set-up">
      <Head
        title="Draft of the sales process"
        lead="Each button saves what you typed. Nothing counts before you publish it."
        readers="Admins only, until it is published."
      >
        <form method="post" action="/process/draft/discard">
          <button class="btn">Discard the draft</button>
        </form>
      </Head>
      <ErrorSummary draft={draft} errors={errors} names={names} />
      <form method="post" action="/process/draft" class="stack" data-draft={`process ${revision}`}>
        <input type="hidden" name="revision" value={revision} />
        <section class="sheet pad stack">
          <div class="field">
            <label for="process-name">Name</label>
            <input id="process-name" name="name" value={draft.name} maxlength={200} required {...invalid("name", errors)} />
            <Wrong field="name" errors={errors} />
          </div>
          <div class="row">
            <button class="btn" name="what" value="save" formnovalidate>
              Save the draft
            </button>
            <button class="btn primary" name="what" value="preview" formnovalidate>
              See what it changes
            </button>
          </div>
        </section>
        {draft.stages.map((stage, index) => (
          <StageFields
            stage={stage}
            name={names.get(stage.stageId) ?? "A stage that is gone"}
            index={index}
            count={draft.stages.length}
            errors={errors}
          />
        ))}
        <StagesNotInIt draft={draft} rest={rest} names={names} />
        <Rules draft={draft} names={names} errors={errors} currency={currency} />
        <div class="row">
          <button class="btn primary" name="what" value="preview" formnovalidate>
            See what it changes
          </button>
          <button class="btn" name="what" value="save" formnovalidate>
            Save the draft
          </button>
        </div>
      </form>
    </Shell>
  );
}

const errorId = (field: string): string => `error-${field.replaceAll(" ", "-")}`;
const invalid = (field: string, errors: DraftErrors) =>
  errors[field] ? { "aria-invalid": "true" as const, "aria-describedby": errorId(field) } : {};

const Wrong = ({ field, errors }: { field: string; errors: DraftErrors }) =>
  errors[field] ? (
    <div class="error" id={errorId(field)}>
      {errors[field]}
    </div>
  ) : null;

interface StageProps {
  stage: DraftStage;
  name: string;
  index: number;
  count: number;
  errors: DraftErrors;
}

function StageFields({ stage, name, index, count, errors }: StageProps) {
  const id = stage.stageId;
  return (
    <fieldset class="sheet pad stack" id={`stage-${id}`}>
      <legend class="visually-hidden">{name}</legend>
      <input type="hidden" name="stage" value={id} />
      <div class="spread">
        <h2>
          {index + 1}. {name}
        </h2>
        <div class="row">
          {index > 0 && <Do what={`up stage ${id}`} label={`Move ${name} up`} words="Up" />}
          {index < count - 1 && <Do what={`down stage ${id}`} label={`Move ${name} down`} words="Down" />}
          <Do what={`remove stage ${id}`} label={`Take out ${name}`} words="Take out" />
        </div>
      </div>
      <div class="experience">
        <div class="field">
          <label for={`experience-${id}`}>What the customer should experience</label>
          <textarea id={`experience-${id}`} name={`experience ${id}`} rows={2} {...invalid(`experience ${id}`, errors)}>
            {stage.experience}
          </textarea>
          <Wrong field={`experience ${id}`} errors={errors} />
        </div>
        <div class="field">
          <label for={`probability-${id}`}>Likely to be won, in %</label>
          <input
            id={`probability-${id}`}
            name={`probability ${id}`}
            inputmode="numeric"
            value={stage.probability}
            {...invalid(`probability ${id}`, errors)}
          />
          <Wrong field={`probability ${id}`} errors={errors} />
        </div>
      </div>
      <h3>Before it goes on, the customer</h3>
      {stage.verifiers.map((verifier, place) => (
        <VerifierFields verifier={verifier} stageId={id} of={`${name} ${place + 1}`} errors={errors} />
      ))}
      <div>
        <Do what={`add verifier ${id}`} label={`Add a verifier to ${name}`} words="Add a verifier" />
      </div>
    </fieldset>
  );
}

function VerifierFields({ verifier, stageId, of, errors }: { verifier: DraftVerifier; stageId: string; of: string; errors: DraftErrors }) {
  const { id, words, who } = verifier;
  return (
    <div class="verifier">
      <input type="hidden" name={`verifier ${stageId}`} value={id} />
      <div class="field">
        <label for={`words-${id}`}>Does what</label>
        <input
          id={`words-${id}`}
          name={`words ${stageId}`}
          value={words}
          placeholder="Customer agreed a plan with dates"
          {...invalid(`words ${id}`, errors)}
        />
        <Wrong field={`words ${id}`} errors={errors} />
      </div>
      <div class="field">
        <label for={`who-${id}`}>Who there</label>
        <input id={`who-${id}`} name={`who ${stageId}`} value={who} placeholder="Who owns the budget" {...invalid(`who ${id}`, errors)} />
        <Wrong field={`who ${id}`} errors={errors} />
      </div>
      <div class="row">
        <Do what={`earlier verifier ${id}`} label={`Earlier: ${words || of}`} words="Earlier" />
        <Do what={`later verifier ${id}`} label={`Later: ${words || of}`} words="Later" />
        <Do what={`remove verifier ${id}`} label={`Remove: ${words || of}`} words="Remove" />
      </div>
    </div>
  );
}

const Do = ({ what, label, words }: { what: string; label: string; words: string }) => (
  <button class="btn" name="what" value={what} formnovalidate aria-label={label}>
    {words}
  </button>
);

interface RuleProps {
  draft: DraftProcess;
  names: ReadonlyMap<string, string>;
  errors: DraftErrors;
  currency: string;
}

function Rules({ draft, names, errors, currency }: RuleProps) {
  return (
    <section class="sheet pad stack" id="rules">
      <div>
        <h2>Which prospects are A, B and C</h2>
        <p class="muted">
          A deal is the first grade whose conditions all hold. Without a condition, C is every other open deal, and A and B are none. A
          prospects are those ready to be closed.
        </p>
      </div>
      {draft.rules.map((rule, index) => (
        <RuleFields rule={rule} index={index} draft={draft} names={names} errors={errors} currency={currency} />
      ))}
      <div>
        <Do what="add rule" label="Add a condition" words="Add a condition" />
      </div>
    </section>
  );
}

function RuleFields({ rule, index, draft, names, errors, currency }: RuleProps & { rule: DraftRule; index: number }) {
  const field = `rule ${index}`;
  return (
    <div class="rule">
      <div class="field">
        <label for={`rule-grade-${index}`}>Prospect</label>
        <select id={`rule-grade-${index}`} name="ruleGrade">
          {grades.map((grade) => (
            <option selected={grade === rule.grade}>{grade}</option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for={`rule-field-${index}`}>is</label>
        <select id={`rule-field-${index}`} name="ruleField" {...invalid(field, errors)}>
          {ruleFields.map((one) => (
            <option value={one} selected={one === rule.field}>
              {fieldWords[one]}
            </option>
          ))}
        </select>
        <Wrong field={field} errors={errors} />
      </div>
      <div class="field">
        <label for={`rule-stage-${index}`}>Stage</label>
        <select id={`rule-stage-${index}`} name="ruleStage">
          <option value="">none</option>
          {draft.stages.map(({ stageId }) => (
            <option value={stageId} selected={stageId === rule.stageId}>
              {names.get(stageId)}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for={`rule-number-${index}`}>Days, or {currency}</label>
        <input id={`rule-number-${index}`} name="ruleNumber" inputmode="decimal" value={rule.number} />
      </div>
      <Do what={`remove rule ${index}`} label={`Remove condition ${index + 1}`} words="Remove" />
    </div>
  );
}
