import { horizons } from "../../method/horizons.ts";
import type { PipelineData } from "./pipeline-data.ts";
import { horizonWords } from "./volume-charts.tsx";

const concernWords = { stuck: "Stuck", slipped: "Slipped", overdue: "Overdue", old: "Old" };

interface Option {
  value: string;
  words: string;
}

function Choice({ name, label, value, all, options }: { name: string; label: string; value: string; all: string; options: Option[] }) {
  return (
    <div class="field">
      <label for={`f-${name}`}>{label}</label>
      <select id={`f-${name}`} name={name}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Day, rep, stage, horizon, reasons and words: a plain form, which sends itself where script runs. */
export function PipelineFilters({ data }: { data: PipelineData }) {
  const { asked, tree, stages, list, shown, me } = data;
  const managers = new Set(tree.map(({ managerId }) => managerId));
  const reps = tree.filter(({ id }) => id !== me && !managers.has(id));
  const hidden = { manager: asked.manager, view: asked.view, sort: asked.sort === "amount" ? "" : asked.sort, dir: asked.dir ?? "" };
  return (
    <form class="filters no-print" action="/pipeline" method="get" data-sends-itself>
      {Object.entries(hidden).map(([name, value]) => value && <input type="hidden" name={name} value={value} />)}
      <div class="field">
        <label for="as-of">On the day</label>
        <input id="as-of" type="date" name="asOf" value={shown.isToday ? "" : shown.day} max={shown.today} />
      </div>
      {reps.length > 0 && reps.length <= 200 && (
        <Choice
          name="rep"
          label="Rep"
          value={asked.rep}
          all="Everybody"
          options={reps.map(({ id, name }) => ({ value: id, words: name }))}
        />
      )}
      {list && (
        <>
          <Choice
            name="stage"
            label="Stage"
            value={asked.stage ?? ""}
            all="All"
            options={stages.filter(({ outcome }) => outcome === "open").map(({ id, name }) => ({ value: id, words: name }))}
          />
          <Choice
            name="horizon"
            label="Expected close"
            value={asked.horizon ?? ""}
            all="Any"
            options={horizons.map((value) => ({ value, words: horizonWords[value] }))}
          />
          <Choice
            name="only"
            label="Only those"
            value={asked.only ?? ""}
            all="All"
            options={Object.entries(concernWords).map(([value, words]) => ({ value, words }))}
          />
          <div class="field search">
            <label for="q">Name or account</label>
            <input id="q" type="search" name="q" value={asked.q} maxlength={200} data-search-key />
          </div>
        </>
      )}
      <button class="btn">Show</button>
    </form>
  );
}
