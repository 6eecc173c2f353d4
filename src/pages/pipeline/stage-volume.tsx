import { scaleLinear } from "d3-scale";
import type { GroupTotal } from "../../domain/opportunities/pipeline-queries.ts";
import { count, list, money } from "../../parts/words.ts";

interface Bar {
  stage: string;
  deals: number;
  sums: Map<string, number>;
  /** In the organisation's currency: only these are drawn against each other. */
  drawn: number;
  unvalued: number;
}

function barsOf(totals: readonly GroupTotal[], stages: readonly { name: string; outcome: string }[], currency: string): Bar[] {
  const byStage = Map.groupBy(totals, ({ stage }) => stage);
  return stages
    .filter(({ outcome, name }) => outcome === "open" || byStage.has(name))
    .map(({ name }) => {
      const rows = byStage.get(name) ?? [];
      const sums = sumsOf(rows, currency);
      return {
        stage: name,
        deals: rows.reduce((sum, { deals }) => sum + deals, 0),
        sums,
        drawn: sums.get(currency) ?? 0,
        unvalued: rows.reduce((sum, row) => sum + row.unvalued, 0),
      };
    });
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

const width = 320;

/** Open volume by stage: a bar each, the same figures in words beside it. */
export function StageVolume({
  totals,
  stages,
  currency,
}: {
  totals: readonly GroupTotal[];
  stages: readonly { name: string; outcome: string }[];
  currency: string;
}) {
  const bars = barsOf(totals, stages, currency);
  const x = scaleLinear([0, Math.max(1, ...bars.map(({ drawn }) => drawn))], [0, width]);
  const unvalued = bars.reduce((sum, bar) => sum + bar.unvalued, 0);
  return (
    <section class="sheet">
      <h2 class="pad">Open volume by stage</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="Open volume by stage">
        <table>
          <thead>
            <tr>
              <th>Stage</th>
              <th>
                <span class="visually-hidden">Drawn</span>
              </th>
              <th class="num">Volume</th>
              <th class="num">Deals</th>
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr>
                <td>{bar.stage}</td>
                <td class="volume-bar">
                  <svg width="100%" height="14" viewBox={`0 0 ${width} 14`} preserveAspectRatio="none" aria-hidden="true">
                    <rect class="bar-back" width={width} height="14" />
                    <rect class="bar" width={Math.round(x(bar.drawn) * 10) / 10} height="14" />
                  </svg>
                </td>
                <td class="num">{bar.sums.size > 0 ? list([...bar.sums].map(([code, sum]) => money(sum, code))) : money(0, currency)}</td>
                <td class="num">{bar.deals.toLocaleString("en-US")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {unvalued > 0 && (
        <p class="pad small muted">
          {count(unvalued, "opportunity has", "opportunities have")} neither an amount nor a product with a list price and count as nothing
          here.
        </p>
      )}
    </section>
  );
}
