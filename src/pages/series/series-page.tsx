import type { SeriesPreview } from "../../domain/series/preview-series.ts";
import type { SeriesView } from "../../domain/series/series-access.ts";
import type { Upcoming } from "../../domain/series/series-queries.ts";
import { whenInWords } from "../../domain/meetings/when-in-words.ts";
import { ruleInWords } from "../../method/recurrence-rule.ts";
import { Field } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { fullDay, longDay } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import type { Viewer } from "../../platform/viewer.ts";
import { Dates } from "./dates.tsx";
import type { SlotForm } from "./series-form.ts";
import { SlotFields } from "./slot-fields.tsx";

interface Props {
  c: Request;
  viewer: Viewer;
  series: SeriesView;
  form: SlotForm;
  errors: Errors;
  today: string;
  previews: SeriesPreview[];
  managers: { id: string; name: string }[];
  upcoming: Upcoming[];
}

export function SeriesPage(props: Props) {
  const { c, viewer, series, upcoming, today } = props;
  const hasEnded = series.untilOn !== null && series.untilOn < today;
  const other = series.repId === viewer.personId ? series.managerName : series.repName;
  const title =
    viewer.personId === series.repId || viewer.personId === series.managerId
      ? `${series.kindName} with ${other}`
      : `${series.kindName} of ${series.repName} and ${series.managerName}`;
  const lead = [`${ruleInWords(series.rrule)} at ${series.localTime}`, `${series.minutes} minutes`, series.place]
    .filter(Boolean)
    .join(", ");
  return (
    <Shell c={c} title={title} current="week">
      <Head
        title={title}
        lead={`${lead}.`}
        readers="The two people of it, whoever leads its manager, and admins see when it is. What is said in it is the pair’s."
      >
        <a class="btn" href="/series">
          All one-on-ones
        </a>
      </Head>
      <div class="stack">
        {series.untilOn && <div class="notice watch">{`${hasEnded ? "It ended" : "It ends"} on ${fullDay(series.untilOn)}.`}</div>}
        <Next viewer={viewer} series={series} upcoming={upcoming} />
        {series.mayChange && !hasEnded && <Change {...props} />}
        {series.mayChange && !hasEnded && <End {...props} />}
      </div>
    </Shell>
  );
}

function Next({ viewer, series, upcoming }: Pick<Props, "viewer" | "series" | "upcoming">) {
  const isPair = [series.managerId, series.repId, series.coCoachId].includes(viewer.personId);
  return (
    <section class="sheet pad">
      <h2>Coming up</h2>
      {upcoming.length === 0 && <p class="muted">Nothing is planned.</p>}
      <ul class="entry-lines">
        {upcoming.map(({ id, plannedStart, movedFrom, state }) => (
          <li>
            <span>
              {whenInWords(plannedStart, viewer.timeZone)}
              {movedFrom && <span class="muted"> moved from {whenInWords(movedFrom, viewer.timeZone)}</span>}
              {state === "excused" && <span class="muted"> excused</span>}
            </span>
            {isPair && state === "planned" && (
              <span class="row">
                <a href={`/meetings/${id}/move`} aria-label={`Move ${whenInWords(plannedStart, viewer.timeZone)}`}>
                  Move
                </a>
                <a href={`/meetings/${id}/excuse`} aria-label={`Excuse ${whenInWords(plannedStart, viewer.timeZone)}`}>
                  Excuse
                </a>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Change({ viewer, series, form, errors, managers, previews }: Props) {
  const names = new Map(
    [...managers, { id: series.repId, name: series.repName }, { id: series.managerId, name: series.managerName }].map(({ id, name }) => [
      id,
      name,
    ]),
  );
  return (
    <section aria-labelledby="change">
      <h2 id="change" class="apart">
        Change the slot
      </h2>
      <p class="muted small">
        The change holds from its day on. What was held stays as it was; what somebody has already prepared stays on its day.
      </p>
      <kept-preview data-part="dates">
        <form method="post" action={`/series/${series.id}`} class="slot-form">
          <div class="sheet pad stack">
            <input type="hidden" name="id" value={form.id} />
            <SlotFields form={form} errors={errors} fromLabel="Holds from" managers={managers} />
            <div class="row">
              <button class="btn primary">Change</button>
              <button class="btn" name="show" value="dates" formmethod="get" formaction={`/series/${series.id}`}>
                Show dates
              </button>
            </div>
          </div>
          <Dates previews={previews} names={names} viewerZone={viewer.timeZone} zone={form.zone} />
        </form>
      </kept-preview>
    </section>
  );
}

function End({ series, errors, today }: Props) {
  return (
    <section class="sheet pad" aria-labelledby="end">
      <h2 id="end">End it</h2>
      <form method="post" action={`/series/${series.id}/end`} class="stack tight">
        <p class="muted small">One-on-ones after the last day are withdrawn. To skip a single one, excuse it instead.</p>
        <div class="row ends">
          <Field
            name="last_day"
            label="Last day"
            type="date"
            value={series.untilOn ?? today}
            error={errors.last_day}
            hint={`Today is ${longDay(today)}.`}
            required
          />
        </div>
        <div>
          <button class="btn danger">End the series</button>
        </div>
      </form>
    </section>
  );
}
