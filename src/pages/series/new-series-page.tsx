import type { SeriesPreview } from "../../domain/series/preview-series.ts";
import type { KindChoice, RepChoice } from "../../domain/series/series-queries.ts";
import { Field, Select } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { isAdmin, type Viewer } from "../../platform/viewer.ts";
import { Dates } from "./dates.tsx";
import type { SlotForm } from "./series-form.ts";
import { SlotFields } from "./slot-fields.tsx";

interface Props {
  c: Request;
  viewer: Viewer;
  kind: KindChoice;
  form: SlotForm;
  errors: Errors;
  reps: RepChoice[];
  managers: { id: string; name: string }[];
  previews: SeriesPreview[];
}

export function NewSeriesPage({ c, viewer, kind, form, errors, reps, managers, previews }: Props) {
  const names = new Map([...reps, ...managers].map(({ id, name }) => [id, name]));
  return (
    <Shell c={c} title={`Schedule ${kind.name}`} current="week">
      <Head title={`Schedule ${kind.name}`} lead={kind.purpose}>
        <a class="btn" href={`/series/new${form.reps[0] ? `?rep=${form.reps[0]}` : ""}`}>
          Another kind
        </a>
      </Head>
      {reps.length === 0 ? (
        <div class="sheet empty">
          <h2>{isAdmin(viewer) ? "There is no rep yet" : "Nobody reports to you yet"}</h2>
          <p>
            {isAdmin(viewer) ? "Add people and say who reports to whom, under " : "An admin says who reports to whom, under "}
            {isAdmin(viewer) ? <a href="/people">People</a> : "People"}. Then they appear here.
          </p>
        </div>
      ) : (
        <kept-preview data-part="dates">
          <form method="post" action="/series" class="slot-form">
            <div class="sheet pad stack">
              <input type="hidden" name="id" value={form.id} />
              <input type="hidden" name="kind" value={form.kind} />
              {isAdmin(viewer) && (
                <Select
                  name="manager"
                  label="Held by"
                  value={form.manager}
                  error={errors.manager}
                  options={[{ value: "", words: "Their own manager" }, ...managers.map(({ id, name }) => ({ value: id, words: name }))]}
                />
              )}
              <Reps reps={reps} form={form} error={errors.reps} viewer={viewer} />
              <SlotFields form={form} errors={errors} fromLabel="From" managers={managers} />
              <div class="fields">
                <Field
                  name="gap"
                  label="Minutes between two people"
                  type="number"
                  min={0}
                  max={240}
                  inputmode="numeric"
                  value={form.gap}
                  error={errors.gap}
                  hint="With several people they come one after another, beginning at the time above."
                />
              </div>
              <div class="row">
                <button class="btn primary">Schedule</button>
                <button class="btn" name="show" value="dates" formmethod="get" formaction="/series/new">
                  Show dates
                </button>
              </div>
            </div>
            <Dates previews={previews} names={names} viewerZone={viewer.timeZone} zone={form.zone} />
          </form>
        </kept-preview>
      )}
    </Shell>
  );
}

function Reps({ reps, form, error, viewer }: { reps: RepChoice[]; form: SlotForm; error: string | undefined; viewer: Viewer }) {
  return (
    <fieldset aria-describedby={error ? "reps-error" : undefined}>
      <legend>With whom</legend>
      <div class="choices">
        {reps.map((rep) => (
          <label class="choice">
            <input type="checkbox" name="reps" value={rep.id} checked={form.reps.includes(rep.id)} />
            <span>
              {rep.name}{" "}
              <span class="small muted">
                {rep.series > 0 ? `has ${count(rep.series, "one-on-one")}` : "none yet"}
                {rep.managerId !== viewer.personId && rep.team ? ` · ${rep.team}` : ""}
              </span>
            </span>
          </label>
        ))}
      </div>
      <div class="field">
        <div class="error" id="reps-error">
          {error}
        </div>
      </div>
    </fieldset>
  );
}
