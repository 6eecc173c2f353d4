import { scaleLinear } from "d3-scale";
import type { GroupTotal } from "../../domain/evidence/proven-totals.ts";
import { dayNumber } from "../../method/day-numbers.ts";
import { exchangeSum } from "../../method/exchange-sum.ts";
import { horizons } from "../../method/horizons.ts";
import { ChartFigures } from "../../parts/figures-table.tsx";
import { Swatch } from "../../parts/swatch.tsx";
import { count, list, money } from "../../parts/words.ts";
import { horizonWords } from "./horizon-words.ts";
import type { PipelineData } from "./pipeline-data.ts";
import { type PipelineQuery, pipelineLink } from "./pipeline-query.ts";

interface Bar {
  title: string;
  /** Shows only these deals. */
  href: string;
  isChosen: boolean;
  rows: readonly GroupTotal[];
  /** What of it, or beside it, the customers have paid for; undefined where nothing is asked of them. */
  verified: readonly GroupTotal[] | undefined;
}

/** Amounts of different currencies each by itself; the organisation's own comes first. */
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
  const isVerified = totals.some(({ verifiedStageId }) => verifiedStageId !== null);
  const verifiedByStage = Map.groupBy(totals, ({ verifiedStageId }) => verifiedStageId);
  const backedByHorizon = Map.groupBy(
    totals.filter(({ isAhead }) => !isAhead),
    ({ horizon }) => horizon,
  );
  const toList = (change: Partial<Record<keyof PipelineQuery, string | null>>) =>
    pipelineLink(asked, data.groups.length > 0 ? { ...change, view: "deals" } : change);
  const byStage = Map.groupBy(totals, ({ stageId }) => stageId);
  const byHorizon = Map.groupBy(totals, ({ horizon }) => horizon);
  const stageBars = stages
    .filter(({ id, isTold }) => isTold || byStage.has(id) || verifiedByStage.has(id))
    .map(({ id, label }): Bar => {
      const isChosen = asked.stage === id;
      return {
        title: label,
        href: toList({ stage: isChosen ? null : id }),
        isChosen,
        rows: byStage.get(id) ?? [],
        verified: isVerified ? (verifiedByStage.get(id) ?? []) : undefined,
      };
    });
  const called = horizonWords(data.calendar, data.shown.day);
  const horizonBars = horizons
    .filter((horizon) => byHorizon.has(horizon) || ["month", "later"].includes(horizon))
    .map((horizon): Bar => {
      const isChosen = asked.horizon === horizon;
      return {
        title: called[horizon],
        href: toList({ horizon: isChosen ? null : horizon }),
        isChosen,
        rows: byHorizon.get(horizon) ?? [],
        verified: isVerified ? (backedByHorizon.get(horizon) ?? []) : undefined,
      };
    });
  return (
    <div class="charts">
      <Chart id="by-stage" bars={stageBars} data={data} />
      <Chart id="by-horizon" bars={horizonBars} data={data} />
    </div>
  );
}

const width = 400;

const words = {
  "by-stage": { title: "Open volume by stage", column: "Stage", beside: "verified in this stage" },
  "by-horizon": { title: "By expected close", column: "Expected close", beside: "backed by the customer" },
};

function Chart({ id, bars, data: { currency, rates, shown } }: { id: keyof typeof words; bars: readonly Bar[]; data: PipelineData }) {
  const { title, beside } = words[id];
  // A bar is as long as all its currencies together, as far as there are rates.
  const drawnOf = (rows: readonly GroupTotal[] | undefined) => exchangeSum(rates, rows ?? [], dayNumber(shown.day)).minor;
  const x = scaleLinear([0, Math.max(1, ...bars.flatMap(({ rows, verified }) => [drawnOf(rows), drawnOf(verified)]))], [0, width]);
  const lengthOf = (rows: readonly GroupTotal[] | undefined) => Math.round(x(drawnOf(rows)) * 10) / 10;
  const both = bars.some(({ verified }) => verified !== undefined);
  return (
    <section class="sheet pad chart" aria-labelledby={id}>
      <div class="spread">
        <h2 id={id}>{title}</h2>
        {both && (
          <span class="small muted legend">
            <Swatch class="claimed" /> claimed <Swatch class="verified" /> {beside}
          </span>
        )}
      </div>
      <ul>
        {bars.map((bar) => (
          <li>
            <a href={bar.href} aria-current={bar.isChosen ? "true" : undefined}>
              {bar.title}
            </a>
            <svg width="100%" height="18" viewBox={`0 0 ${width} 18`} preserveAspectRatio="none" aria-hidden="true">
              <rect class="bar-back" width={width} height="18" />
              <rect class={both ? "bar claimed" : "bar verified"} width={lengthOf(bar.rows)} height={both ? 9 : 18} />
              {both && <rect class="bar verified" y="9" width={lengthOf(bar.verified)} height="9" />}
            </svg>
            <span class="num">
              {sumWords(bar.rows, currency)}
              {both && <span class="small muted">{sumWords(bar.verified ?? [], currency)}</span>}
            </span>
          </li>
        ))}
      </ul>
      <Figures id={id} bars={bars} currency={currency} both={both} />
    </section>
  );
}

/** The same as a table, for whoever reads rather than looks. */
function Figures({ id, bars, currency, both }: { id: keyof typeof words; bars: readonly Bar[]; currency: string; both: boolean }) {
  const unvalued = bars.reduce((sum, { rows }) => sum + rows.reduce((more, row) => more + row.unvalued, 0), 0);
  const heads = ["Deals", both ? "Claimed" : "Volume", ...(both ? ["Deals", words[id].beside] : [])];
  const below = unvalued > 0 && (
    <p class="small muted">
      {count(unvalued, "deal has", "deals have")} neither an amount nor a product with a list price and count as nothing here.
    </p>
  );
  return (
    <ChartFigures label={`${words[id].title}: the figures`} first={words[id].column} numbers={heads} below={below}>
      {bars.map(({ title, rows, verified }) => (
        <tr>
          <td>{title}</td>
          <td class="num">{dealsIn(rows).toLocaleString("en-US")}</td>
          <td class="num">{sumWords(rows, currency)}</td>
          {both && <td class="num">{dealsIn(verified ?? []).toLocaleString("en-US")}</td>}
          {both && <td class="num">{sumWords(verified ?? [], currency)}</td>}
        </tr>
      ))}
    </ChartFigures>
  );
}
