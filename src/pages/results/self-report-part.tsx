import type { SelfReportLine, Statement } from "../../domain/results/self-report-queries.ts";
import type { Measure } from "../../domain/preparations/preparation-queries.ts";
import { leastStatements, type Off, selfReport } from "../../method/self-report.ts";
import { differenceInShort, figureValue } from "../../parts/figure-words.ts";
import { count, dayIn, firstName, percent, shortDay } from "../../parts/words.ts";
import { OffChart } from "./off-chart.tsx";
import type { ResultsData } from "./results-data.ts";

const shown = ["month_result", "year_result", "month_plan", "year_plan"] as const;
const names: Record<(typeof shown)[number], string> = {
  month_result: "Won in the month",
  year_result: "Won in the year",
  month_plan: "Plan of the month",
  year_plan: "Plan of the year",
};
const linesShown = 12;

/** What the rep said of own numbers before each one-on-one, and what they were: only the pair sees it. */
export function SelfReportPart({ data }: { data: ResultsData }) {
  const { selfReports: lines, person, isSelf, figures } = data;
  const first = firstName(person.name);
  return (
    <section class="sheet pad stack" aria-labelledby="self-report">
      <div>
        <h2 id="self-report">{isSelf ? "How well you know your numbers" : `What ${first} says from memory`}</h2>
        <p class="muted small">
          What {isSelf ? "you" : first} said from memory before each one-on-one, and what it was at that moment. Only the two of you see it.
        </p>
      </div>
      {lines.length === 0 ? (
        <p>
          {isSelf
            ? "You have not said any number yet. The preparation of a one-on-one asks for them before it shows the actual ones."
            : `${first} has not said any number yet, or not handed in the preparation.`}
        </p>
      ) : (
        <>
          <ul class="lines tight">
            {shown.map((measure) => (
              <TrendLine measure={measure} data={data} />
            ))}
          </ul>
          <OffChart lines={lines} />
          <ByMeeting lines={lines} currency={figures.currency} />
        </>
      )}
    </section>
  );
}

function ByMeeting({ lines, currency }: { lines: readonly SelfReportLine[]; currency: string }) {
  return (
    <details>
      <summary class="small">By one-on-one</summary>
      <div class="scroll" tabindex={0} role="region" aria-label="Said and actual figures by one-on-one">
        <table>
          <thead>
            <tr>
              <th scope="col">One-on-one</th>
              {shown.slice(0, 2).flatMap((measure) => [
                <th scope="col" class="num">
                  {names[measure]}: said
                </th>,
                <th scope="col" class="num">
                  was
                </th>,
                <th scope="col" class="num">
                  off
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, linesShown).map(({ meetingId, plannedStart, timeZone, kindName, figures: said }) => (
              <tr>
                <td>
                  <a href={`/meetings/${meetingId}/preparation`}>{shortDay(dayIn(plannedStart, timeZone))}</a>
                  <span class="muted small detail">{kindName}</span>
                </td>
                {shown.slice(0, 2).map((measure) => (
                  <Said measure={measure} said={said[measure]} currency={currency} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {lines.length > linesShown && (
        <p class="small muted">
          The last {linesShown} of {count(lines.length, "one-on-one", "one-on-ones")}.
        </p>
      )}
    </details>
  );
}

function Said({ measure, said, currency }: { measure: Measure; said: Statement | undefined; currency: string }) {
  if (!said)
    return (
      <td class="num muted" colspan={3}>
        not said
      </td>
    );
  return (
    <>
      <td class="num">{figureValue(measure, said.stated, currency)}</td>
      <td class="num">{said.actual === null ? "none" : figureValue(measure, said.actual, currency)}</td>
      <td class="num">{said.actual === null ? "–" : differenceInShort(measure, said.stated, said.actual)}</td>
    </>
  );
}

/** "Won in the month: you used to say 8 % too much, now 2 %." */
function TrendLine({ measure, data }: { measure: (typeof shown)[number]; data: ResultsData }) {
  const statements = data.selfReports
    .flatMap(({ figures }) => figures[measure] ?? [])
    .flatMap(({ stated, actual }) => (actual === null ? [] : [{ stated, actual }]))
    .toReversed();
  if (statements.length === 0) return null;
  const report = selfReport(statements);
  const counted = statements.filter(({ actual }) => actual !== 0).length;
  return (
    <li>
      <b>{names[measure]}:</b>{" "}
      {report.known
        ? `${trendWords(report.value.before, report.value.now, data.isSelf ? "you used to" : "used to")}${toldWords(report.value.trend)}`
        : `cannot tell yet, ${count(counted, "statement")} of the ${leastStatements} it takes.${
            counted < statements.length ? " Where it was nothing, no share of it can be told." : ""
          }`}
    </li>
  );
}

const offWords = ({ share, way }: Off): string => {
  if (share < 0.005) return "right";
  return way === "either way" ? `${percent(share)} off, either way` : `${percent(share)} too ${way === "high" ? "much" : "little"}`;
};

/** "you used to say 8 % too much, now 2 %." */
function trendWords(before: Off, now: Off, who: string): string {
  const [then, today] = [offWords(before), offWords(now)];
  if (then === "right" && today === "right") return "right, before and now.";
  const opening = then === "right" || before.way === "either way" ? `${who} be ${then}` : `${who} say ${then}`;
  if (before.way === now.way && then !== "right" && today !== "right") return `${opening}, now ${percent(now.share)}.`;
  return `${opening}, now ${today}.`;
}

/** What the last ones are, and whether it is more than luck. */
function toldWords(trend: { known: boolean; value?: { says: string } }): string {
  if (!trend.known || !trend.value || trend.value.says === "cannot tell") return "";
  return trend.value.says === "falling" ? " That it gets closer is more than chance." : " That it gets further off is more than chance.";
}
