import { scaleBand, scaleLinear } from "d3-scale";
import type { MonthLine } from "../../domain/results/result-figures.ts";
import { ChartFigures } from "../../parts/figures-table.tsx";
import { money, percent, shortMoney, wholeMoney } from "../../parts/words.ts";
import type { ResultsData } from "./results-data.ts";
import { wonHref } from "./results-words.ts";

const [width, height] = [720, 210];
// Amounts stand at the right, beside the newest month: on a small screen the two are what is seen first.
const [right, bottom, top] = [664, 26, 10];
const round = (value: number) => Math.round(value * 10) / 10;

const shortName = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" });

/** "Oct", and its year where one begins. */
function shortMonth({ period: { month } }: MonthLine, at: number): string {
  const name = shortName.format(new Date(`${month}T00:00:00Z`)).replace("Sept", "Sep");
  return at === 0 || month.slice(5, 7) === "01" ? `${name} ${month.slice(2, 4)}` : name;
}

const isReached = ({ wonMinor, quotaMinor }: MonthLine): boolean => quotaMinor !== null && wonMinor >= quotaMinor;

/** The last twelve months as bars, the plan of each as a mark, and the same as a table. */
export function MonthsChart({ data }: { data: ResultsData }) {
  const { months, currency } = data.figures;
  const withPlan = months.filter(({ quotaMinor, isRunning }) => !isRunning && quotaMinor !== null);
  if (withPlan.length === 0 && months.every(({ wonMinor, quotaMinor }) => wonMinor === 0 && quotaMinor === null))
    return <p>Nothing was won in the last {months.length} months, and no plan was set.</p>;
  return (
    <>
      <div class="scroll newest-first" tabindex={0} role="region" aria-label="Won by month, drawn">
        <svg class="months" viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby="months-title months-desc">
          <title id="months-title">Won by month, the last {months.length} months</title>
          <desc id="months-desc">
            {withPlan.length > 0
              ? `Plan reached in ${withPlan.filter(isReached).length} of ${withPlan.length} whole months. The figures stand in the table beneath.`
              : "The figures stand in the table beneath."}
          </desc>
          <Drawn months={months} currency={currency} />
        </svg>
      </div>
      <p class="small muted">
        Bar: won; green where the plan was reached.{" "}
        {months.some(({ quotaMinor }) => quotaMinor !== null) ? "Thin mark: plan. " : "No plan was set. "}
        {months.some(({ goalMinor }) => goalMinor !== null) &&
          `Dashed mark: ${data.isSelf ? "your" : "the"} own goal, which only the two of you see. `}
        The last bar is the month that runs.
      </p>
      <MonthsTable data={data} />
    </>
  );
}

function Drawn({ months, currency }: { months: readonly MonthLine[]; currency: string }) {
  const most = Math.max(100, ...months.flatMap(({ wonMinor, quotaMinor, goalMinor }) => [wonMinor, quotaMinor ?? 0, goalMinor ?? 0]));
  const y = scaleLinear([0, most], [height - bottom, top]).nice(4);
  const x = scaleBand(
    months.map(({ period }) => period.month),
    [0, right],
  ).padding(0.28);
  return (
    <>
      {y.ticks(4).map((tick) => (
        <>
          <line class="grid" x1={0} x2={right} y1={round(y(tick))} y2={round(y(tick))} />
          <text class="axis" x={right + 8} y={round(y(tick)) + 4}>
            {shortMoney(tick, currency)}
          </text>
        </>
      ))}
      {months.map((line, at) => {
        const [from, wide] = [round(x(line.period.month) ?? 0), round(x.bandwidth())];
        const plan = line.quotaMinor === null ? null : round(y(line.quotaMinor));
        const goal = line.goalMinor === null ? null : round(y(line.goalMinor));
        const kind = line.isRunning && !isReached(line) ? " running" : isReached(line) ? " reached" : "";
        return (
          <>
            <rect class={`bar${kind}`} x={from} y={round(y(line.wonMinor))} width={wide} height={round(y(0) - y(line.wonMinor))} />
            {goal !== null && <line class="goal" x1={from - 4} x2={from + wide + 4} y1={goal} y2={goal} />}
            {plan !== null && <line class="plan" x1={from - 4} x2={from + wide + 4} y1={plan} y2={plan} />}
            <text class="axis" x={from + wide / 2} y={height - 8} text-anchor="middle">
              {shortMonth(line, at)}
            </text>
          </>
        );
      })}
    </>
  );
}

function MonthsTable({ data: { person, figures } }: { data: ResultsData }) {
  const withGoal = figures.months.some(({ goalMinor }) => goalMinor !== null);
  return (
    <ChartFigures
      label="Won by month: the figures"
      first="Month"
      numbers={["Won", ...(withGoal ? ["Own goal"] : []), "Plan", "Plan reached"]}
    >
      {figures.months.toReversed().map(({ period, wonMinor, quotaMinor, goalMinor, isRunning }) => (
        <tr>
          <td>
            {period.label}
            {isRunning && <span class="muted"> so far</span>}
          </td>
          <td class="num">
            <a href={wonHref(person.id, period)}>{money(wonMinor, figures.currency)}</a>
          </td>
          {withGoal && <td class="num">{goalMinor === null ? "none said" : wholeMoney(goalMinor, figures.currency)}</td>}
          <td class="num">{quotaMinor === null ? "none set" : money(quotaMinor, figures.currency)}</td>
          <td class="num">{quotaMinor ? percent(wonMinor / quotaMinor) : "–"}</td>
        </tr>
      ))}
    </ChartFigures>
  );
}
