import type { Ctx } from "../../platform/context.ts";
import { Shell } from "../../parts/shell.tsx";
import { count, dayIn, firstName, fullDay, timeIn } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { PersonHead } from "../people/person-head.tsx";
import { MissedPart } from "./missed-part.tsx";
import { MonthsChart } from "./months-chart.tsx";
import { SufficiencyPart, TrendOfMonths } from "./numbers-parts.tsx";
import { Periods } from "./periods.tsx";
import { RankPart } from "./rank-part.tsx";
import type { ResultsData } from "./results-data.ts";
import { ActivitiesPart } from "./activities-part.tsx";
import { SelfReportPart } from "./self-report-part.tsx";

function readersOf({ person, isSelf, isPair }: ResultsData): string {
  const first = firstName(person.name);
  if (isSelf)
    return "You, your manager and the leaders above see what you won. Your own goal and what you said from memory only your pair sees.";
  return isPair
    ? `${first}, you and the leaders above see what ${first} won. The own goal and what ${first} said from memory only you two see.`
    : `You see what ${first} won and the plan, never own goals. ${first} sees that you opened this page.`;
}

/** What one rep won: month, quarter, year and the last twelve months, and how well they know it. */
export function ResultsPage({ c, ctx, data }: { c: Request; ctx: Ctx; data: ResultsData }) {
  const { person, isSelf, isPair, figures } = data;
  return (
    <Shell
      c={c}
      title={isSelf ? "Your results" : `Results: ${person.name}`}
      current={isSelf ? "you" : "people"}
      live={`numbers:${person.id}`}
    >
      <PersonHead ctx={ctx} head={data.head} current="results" readers={readersOf(data)}>
        <button class="btn" type="button" data-print hidden>
          Print
        </button>
        <a class="btn" href={`/people/${person.id}/results.csv`}>
          CSV
        </a>
      </PersonHead>
      <p class="muted small">As of {fullDay(figures.today)}, as the CRM has it.</p>
      <Periods data={data} />
      <section class="sheet pad stack results" aria-labelledby="by-month">
        <h2 id="by-month">Won by month</h2>
        <MonthsChart data={data} />
        <MissedPart data={data} />
        <TrendOfMonths data={data} />
        {figures.withoutRate > 0 && (
          <p class="small muted">
            {count(figures.withoutRate, "won deal is", "won deals are")} left out: in another currency, without an exchange rate on the day
            it closed.
          </p>
        )}
      </section>
      <SufficiencyPart data={data} />
      <ActivitiesPart data={data} />
      {isPair && <SelfReportPart data={data} />}
      <Age ctx={ctx} data={data} />
      <RankPart data={data} />
    </Shell>
  );
}

/** How old the numbers are that are worked out in the background. */
function Age({ ctx, data: { shown, stored } }: { ctx: Ctx; data: ResultsData }) {
  if (!shown.made) return null;
  const { madeAt, asOf } = shown.made;
  const zone = ctx.viewer.timeZone;
  return (
    <p class="small muted numbers-age">
      Trends, activities per deal won and what is needed: from everything known at the start of {fullDay(asOf)}, worked out{" "}
      {fullDay(dayIn(madeAt, zone))} at {timeIn(madeAt, zone)}.
      {stored.dueSince && " Something has changed since: newer ones are on their way."}
    </p>
  );
}
