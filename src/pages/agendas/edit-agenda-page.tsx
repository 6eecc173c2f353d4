import type { Kind } from "../../domain/agendas/kind-queries.ts";
import type { Focus } from "../../domain/agendas/ready-made-kinds.ts";
import { agendaBalance } from "../../method/agenda-balance.ts";
import { Field, Select, TextArea } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import type { Request } from "../../platform/http.ts";
import type { AgendaForm, SectionForm } from "./agenda-form.ts";
import { adviceOn, cadences, cadenceWords, focuses, focusWords, panels, panelWords, planWords } from "./agenda-words.ts";
import { BalanceBar } from "./balance-bar.tsx";

interface Props {
  c: Request;
  kind: Kind;
  form: AgendaForm;
  errors: Errors;
}

/** The whole of a kind in one form: what it is for, and its sections in order. Works without script. */
export function EditAgendaPage({ c, kind, form, errors }: Props) {
  const wrong = Object.values(errors).filter(Boolean).length;
  return (
    <Shell c={c} title={`Change ${kind.name}`} current="agendas">
      <Head
        title={`Change ${kind.name}`}
        lead="Saving a changed agenda makes a new version. Planned one-on-ones take it; held ones keep theirs."
      />
      {/* Sections move by a plain page load, so that the place on the page can be kept. */}
      <form method="post" action={`/agendas/${kind.slug}`} data-turbo="false" class="stack">
        <input type="hidden" name="id" value={form.id} />
        <input type="hidden" name="base" value={form.base} />
        {/* The button that the Enter key presses is the first one of a form. */}
        <button class="visually-hidden" tabindex={-1} aria-hidden="true">
          Save
        </button>
        {wrong > 0 && (
          <div class="notice missed" role="alert">
            {errors.form ??
              (wrong === 1 ? "One thing needs mending. It is marked below." : `${wrong} things need mending. They are marked below.`)}
          </div>
        )}
        <section class="sheet pad stack">
          <KindFields form={form} errors={errors} isCustom={form.cadence === "custom"} />
        </section>
        <Plan form={form} />
        {form.sections.map((section, index) => (
          <SectionFields section={section} index={index} count={form.sections.length} errors={errors} slug={kind.slug} />
        ))}
        <div class="row" id="end">
          <button class="btn primary">Save</button>
          <button class="btn" name="what" value="add" formaction={`/agendas/${kind.slug}/arrange#s${form.sections.length}`} formnovalidate>
            Add a section
          </button>
          <button class="btn" name="what" value="count" formaction={`/agendas/${kind.slug}/arrange#plan`} formnovalidate>
            Add up the minutes
          </button>
          <a href={`/agendas/${kind.slug}`}>Not now</a>
        </div>
      </form>
    </Shell>
  );
}

/** Name, purpose, how often, how long. */
export function KindFields({ form, errors, isCustom }: { form: Omit<AgendaForm, "sections" | "base">; errors: Errors; isCustom: boolean }) {
  return (
    <>
      <Field name="name" label="Name" value={form.name} error={errors.name} maxlength={100} required />
      <TextArea name="purpose" label="What it is for" value={form.purpose} error={errors.purpose} rows={2} required />
      <div class="fields">
        <Select
          name="cadence"
          label="How often"
          value={form.cadence}
          error={errors.cadence}
          hint="Each series can say otherwise."
          options={[
            ...cadences.map((value) => ({ value, words: cadenceWords[value] })),
            ...(isCustom ? [{ value: "custom", words: "As it is now" }] : []),
          ]}
        />
        <Field
          name="minutes"
          label="Minutes"
          type="number"
          min={5}
          max={480}
          inputmode="numeric"
          value={form.minutes}
          error={errors.minutes}
          hint="For new series. Those that run keep their length."
          required
        />
      </div>
    </>
  );
}

function Plan({ form }: { form: AgendaForm }) {
  const sections = form.sections.map(({ minutes, focus, panel }) => ({ minutes: Number(minutes) || 0, focus: focus as Focus, panel }));
  const known = sections.filter(({ focus }) => focuses.includes(focus));
  const balance = agendaBalance(known, Number(form.minutes) || 0);
  return (
    <section class="sheet pad stack tight" id="plan">
      <div class="spread">
        <h2>{planWords(balance, Number(form.minutes) || 0)}</h2>
        <BalanceBar balance={balance} />
      </div>
      {adviceOn(balance).map((words) => (
        <p class="advice">{words}</p>
      ))}
    </section>
  );
}

interface SectionProps {
  section: SectionForm;
  index: number;
  count: number;
  errors: Errors;
  slug: string;
}

function SectionFields({ section, index, count, errors, slug }: SectionProps) {
  const name = section.title || `Section ${index + 1}`;
  const arrange = (to: number) => `/agendas/${slug}/arrange#s${Math.max(0, to)}`;
  return (
    <fieldset class={`sheet pad stack section-form ${section.focus}`} id={`s${index}`}>
      <legend class="visually-hidden">
        Section {index + 1} of {count}: {name}
      </legend>
      <div class="fields four">
        <Cell name="title" label="Section" index={index} error={errors[`title-${index}`]}>
          {(props) => <input {...props} value={section.title} maxlength={100} required />}
        </Cell>
        <Cell name="section_minutes" label="Minutes" index={index} error={errors[`minutes-${index}`]}>
          {(props) => <input {...props} type="number" min={1} max={240} inputmode="numeric" value={section.minutes} required />}
        </Cell>
        <Cell name="focus" label="Looks at" index={index} error={errors[`focus-${index}`]}>
          {(props) => (
            <select {...props}>
              {focuses.map((focus) => (
                <option value={focus} selected={focus === section.focus}>
                  {focusWords[focus]}
                </option>
              ))}
            </select>
          )}
        </Cell>
        <Cell name="panel" label="Beside the talk" index={index} error={errors[`panel-${index}`]}>
          {(props) => (
            <select {...props}>
              {panels.map((panel) => (
                <option value={panel} selected={panel === section.panel}>
                  {panelWords[panel]}
                </option>
              ))}
            </select>
          )}
        </Cell>
      </div>
      <Cell name="prompts" label="Questions, one a line" index={index} error={errors[`prompts-${index}`]}>
        {(props) => (
          <textarea {...props} rows={Math.max(2, section.prompts.split("\n").length)} class="q">
            {section.prompts}
          </textarea>
        )}
      </Cell>
      <div class="row">
        {index > 0 && (
          <button
            class="btn"
            name="what"
            value={`up ${index}`}
            formaction={arrange(index - 1)}
            formnovalidate
            aria-label={`Move ${name} up`}
          >
            Up
          </button>
        )}
        {index < count - 1 && (
          <button
            class="btn"
            name="what"
            value={`down ${index}`}
            formaction={arrange(index + 1)}
            formnovalidate
            aria-label={`Move ${name} down`}
          >
            Down
          </button>
        )}
        <button
          class="btn"
          name="what"
          value={`remove ${index}`}
          formaction={arrange(index - 1)}
          formnovalidate
          aria-label={`Remove ${name}`}
        >
          Remove
        </button>
      </div>
    </fieldset>
  );
}

interface CellProps {
  id: string;
  name: string;
  "aria-invalid": "true" | undefined;
  "aria-describedby": string | undefined;
}

/** A field that stands once in every section: the same name each time, an id of its own. */
function Cell(cell: { name: string; label: string; index: number; error: string | undefined; children: (props: CellProps) => unknown }) {
  const id = `${cell.name}-${cell.index}`;
  const error = cell.error ? `${id}-error` : undefined;
  return (
    <div class="field">
      <label for={id}>{cell.label}</label>
      {cell.children({ id, name: cell.name, "aria-invalid": error ? "true" : undefined, "aria-describedby": error })}
      {error && (
        <div class="error" id={error}>
          {cell.error}
        </div>
      )}
    </div>
  );
}
