import { scaleLinear } from "d3-scale";
import type { GroupTotal } from "../../domain/opportunities/pipeline-queries.ts";
import { type Horizon, horizons } from "../../method/horizons.ts";
import { count, list, money } from "../../parts/words.ts";
import type { PipelineData } from "./pipeline-data.ts";
import { type PipelineQuery, pipelineLink } from "./pipeline-query.ts";

export const horizonWords: Record<Horizon, string> = {
  overdue: "Overdue",
  month: "This month",
  quarter: "Rest of the quarter",
  year: "Rest of the year",
  later: "After this year",
  none: "No day given",
};

interface Bar {
  title: string;
  /** Shows only these deals. */
  href: string;
  isChosen: boolean;
  rows: readonly GroupTotal[];
}

/** Amounts of different currencies are never added up; the organisation's own comes first. */
function sumsOf(totals: readonly GroupTotal[], currency: string): Map<string, number> {
  const sums = new Map<string, number>(totals.some((row) => row.currency === currency) ? [[currency, 0]] : []);
  for (const row of totals) sums.set(row.currency, (sums.get(row.currency) ?? 0) + row.sumMinor);
  return sums;
}

export function sumWords(totals: readonly GroupTotal[], currency: string): string {
  const words = [...sumsOf(totals, currency)].map(([code, sum]) => money(sum, code));
  return words.length > 0 ? list(words) : money(0, currency);
}

const dealsIn = (rows: readonly GroupTotal[]): number => rows.reduce((sum, { deals }) => sum + deals, 0);

/** Open volume by stage and by horizon, side by side; the figures of each in a table beneath. */
export function VolumeCharts({ data }: { data: PipelineData }) {
  const { totals, stages, asked } = data;
  const toList = (change: Partial<Record<keyof PipelineQuery, string | null>>) =>
    pipelineLink(asked, data.groups.length > 0 ? { ...change, view: "deals" } : change);
  const byStage = Map.groupBy(totals, ({ stageId }) => stageId);
  const byHorizon = Map.groupBy(totals, ({ horizon }) => horizon);
  const stageBars = stages
    .filter(({ id, outcome }) => outcome === "open" || byStage.has(id))
    .map(({ id, name }): Bar => {
      const isChosen = asked.stage === id;
      return { title: name, href: toList({ stage: isChosen ? null : id }), isChosen, rows: byStage.get(id) ?? [] };
    });
  const horizonBars = horizons
    .filter((horizon) => byHorizon.has(horizon) || (horizon !== "none" && horizon !== "overdue"))
    .map((horizon): Bar => {
      const isChosen = asked.horizon === horizon;
      return {
        title: horizonWords[horizon],
        href: toList({ horizon: isChosen ? null : horizon }),
        isChosen,
        rows: byHorizon.get(horizon) ?? [],
      };
    });
  return (
    <div class="charts">
      <Chart id="by-stage" title="Open volume by stage" bars={stageBars} data={data} />
      <Chart id="by-horizon" title="By expected close" bars={horizonBars} data={data} />
    </div>
  );
}

const width = 400;

function Chart({ id, title, bars, data: { currency } }: { id: string; title: string; bars: readonly Bar[]; data: PipelineData }) {
  const drawn = bars.map(({ rows }) => sumsOf(rows, currency).get(currency) ?? 0);
  const x = scaleLinear([0, Math.max(1, ...drawn)], [0, width]);
  const unvalued = bars.reduce((sum, { rows }) => sum + rows.reduce((more, row) => more + row.unvalued, 0), 0);
  return (
    <section class="sheet pad chart" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul>
        {bars.map((bar, index) => (
          <li>
            <a href={bar.href} aria-current={bar.isChosen ? "true" : undefined}>
              {bar.title}
            </a>
            <svg width="100%" height="16" viewBox={`0 0 ${width} 16`} preserveAspectRatio="none" aria-hidden="true">
              <rect class="bar-back" width={width} height="16" />
              <rect
                class={`bar${bar.title === horizonWords.overdue ? " late" : ""}`}
                width={Math.round(x(drawn[index] ?? 0) * 10) / 10}
                height="16"
              />
            </svg>
            <span class="num">{sumWords(bar.rows, currency)}</span>
          </li>
        ))}
      </ul>
      <details>
        <summary class="small">The figures</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{id === "by-stage" ? "Stage" : "Expected close"}</th>
              <th scope="col" class="num">
                Deals
              </th>
              <th scope="col" class="num">
                Volume
              </th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ title: name, rows }) => (
              <tr>
                <td>{name}</td>
                <td class="num">{dealsIn(rows).toLocaleString("en-US")}</td>
                <td class="num">{sumWords(rows, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {unvalued > 0 && (
          <p class="small muted">
            {count(unvalued, "deal has", "deals have")} neither an amount nor a product with a list price and count as nothing here.
          </p>
        )}
      </details>
    </section>
  );
}
