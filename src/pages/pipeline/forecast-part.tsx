import type { Forecast } from "../../domain/forecasts/forecast-queries.ts";
import type { FiscalCalendar } from "../../method/fiscal-calendar.ts";
import { count, fullDay, list, money, monthAndYear } from "../../parts/words.ts";
import { periodWords } from "./horizon-words.ts";

const otherwise: Record<Forecast["months"], (day: string) => string> = {
  1: monthAndYear,
  3: (day) => `the quarter from ${fullDay(day)}`,
  12: (day) => `the year from ${fullDay(day)}`,
};
const categoryWords: Record<Forecast["category"], string> = {
  closed: "Closed",
  commit: "Commit",
  "best case": "Best case",
  pipeline: "Pipeline",
  omitted: "Omitted",
};

/** What was last said about the periods that run: small, beside the pipeline it is about. */
export function ForecastPart({
  forecasts,
  currency,
  calendar,
}: {
  forecasts: readonly Forecast[];
  currency: string;
  calendar: FiscalCalendar;
}) {
  const periods = [...Map.groupBy(forecasts, ({ periodOn, months }) => `${months} ${periodOn}`).values()];
  return (
    <>
      {periods.map((figures) => {
        const [first] = figures;
        if (!first) return null;
        const people = Math.max(...figures.map((figure) => figure.people));
        const said =
          figures
            .map(({ lastSaid }) => lastSaid)
            .toSorted()
            .at(-1) ?? first.lastSaid;
        return (
          <section class="sheet pad stack tight">
            <div>
              <h2>Forecast for {periodWords(calendar, first.periodOn, first.months) ?? otherwise[first.months](first.periodOn)}</h2>
              <p class="muted">
                {people > 1 ? `What ${count(people, "person", "people")} said, added up` : "As it was said"}, last on {fullDay(said)}.
              </p>
            </div>
            <dl class="forecast">
              {figures.map(({ category, amountMinor }) => (
                <div>
                  <dt>{categoryWords[category]}</dt>
                  <dd>{money(amountMinor, currency)}</dd>
                </div>
              ))}
            </dl>
            {figures.some(({ withoutRate }) => withoutRate.length > 0) && <p class="small muted">{leftOut(figures)}</p>}
          </section>
        );
      })}
    </>
  );
}

/** A figure nobody can exchange is named, never dropped in silence. */
function leftOut(figures: readonly Forecast[]): string {
  const named = figures.flatMap(({ category, withoutRate }) =>
    withoutRate.map(({ currency, figures: n }) => `${count(n, "figure")} in ${currency} for ${categoryWords[category]}`),
  );
  return `Left out, without an exchange rate: ${list(named)}.`;
}
