import { horizons } from "../../method/horizons.ts";
import type { PipelineData } from "./pipeline-data.ts";
import type { PipelineQuery } from "./pipeline-query.ts";
import { horizonWords } from "./horizon-words.ts";

interface Option {
  value: string;
  words: string;
}

function Choice({
  name,
  label,
  value,
  all,
  options,
}: {
  name: string;
  label: string;
  value: string;
  all: string;
  options: readonly Option[];
}) {
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

/** What else is asked for goes along with the form. */
function Others({ asked, but }: { asked: PipelineQuery; but: readonly (keyof PipelineQuery)[] }) {
  const kept = Object.entries(asked).filter(
    ([name, value]) =>
      name !== "page" && !but.includes(name as keyof PipelineQuery) && value !== "" && value !== null && value !== undefined,
  );
  return (
    <>
      {kept.map(([name, value]) => (
        <input type="hidden" name={name} value={String(value)} />
      ))}
    </>
  );
}

/** Which day, and whose deals: a plain form, which sends itself where script runs. */
export function WhoseAndWhen({ data: { asked, tree, shown, me } }: { data: PipelineData }) {
  const managers = new Set(tree.map(({ managerId }) => managerId));
  const reps = tree.filter(({ id }) => id !== me && !managers.has(id));
  return (
    <form class="filters no-print" action="/pipeline" method="get" data-sends-itself>
      <Others asked={asked} but={["asOf", "rep"]} />
      <div class="field">
        <label for="as-of">As of the day</label>
        <input id="as-of" type="date" name="asOf" value={shown.day} max={shown.today} />
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
      <button class="btn">Show</button>
    </form>
  );
}

function concernsOf({ isVerified, closing }: PipelineData): Option[] {
  return [
    ...(isVerified ? [{ value: "ahead", words: "Claimed ahead" }] : []),
    { value: "stuck", words: "Stuck" },
    { value: "slipped", words: "Slipped" },
    { value: "overdue", words: "Overdue" },
    ...(closing ? [{ value: "old", words: "Old" }] : []),
  ];
}

/** What the list below is narrowed down to. */
export function PipelineFilters({ data }: { data: PipelineData }) {
  const { asked, stages, isGraded } = data;
  const claimed = new Set(data.totals.map(({ stageId }) => stageId));
  const open = stages
    .filter(({ id, isTold }) => isTold || claimed.has(id) || asked.stage === id)
    .map(({ id, label }) => ({ value: id, words: label }));
  const called = horizonWords(data.calendar, data.shown.day);
  const grades = [...["A", "B", "C"].map((grade) => ({ value: grade, words: grade })), { value: "none", words: "No grade" }];
  return (
    <form class="filters of-list no-print" action="/pipeline" method="get" data-sends-itself aria-label="Narrow the list down">
      <Others asked={asked} but={["stage", "horizon", "only", "grade", "q"]} />
      <div class="field search">
        <label for="q">Name or account</label>
        <input id="q" type="search" name="q" value={asked.q} maxlength={200} data-search-key />
      </div>
      <Choice name="stage" label="Stage claimed" value={asked.stage ?? ""} all="All" options={open} />
      <Choice
        name="horizon"
        label="Expected close"
        value={asked.horizon ?? ""}
        all="Any"
        options={horizons.map((value) => ({ value, words: called[value] }))}
      />
      {isGraded && <Choice name="grade" label="Grade" value={asked.grade ?? ""} all="All" options={grades} />}
      <Choice name="only" label="Only" value={asked.only ?? ""} all="All deals" options={concernsOf(data)} />
      <button class="btn">Show</button>
    </form>
  );
}
