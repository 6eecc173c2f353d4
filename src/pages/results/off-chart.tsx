import { scaleLinear } from "d3-scale";
import type { SelfReportLine } from "../../domain/results/self-report-queries.ts";
import { dayIn, fullDay, percent } from "../../parts/words.ts";

const [width, height] = [720, 120];
const [left, right] = [0, 56];
/** Further off is drawn at the edge. */
const mostShare = 0.5;
/** So little off counts as known. */
const close = 0.05;
const round = (value: number) => Math.round(value * 10) / 10;

interface Dot {
  share: number;
  /** YYYY-MM-DD */
  on: string;
}

/** How far off what was said of the month was, time by time: a dot above the line was too much. The table holds the figures. */
export function OffChart({ lines }: { lines: readonly SelfReportLine[] }) {
  const dots = lines
    .flatMap(({ figures, plannedStart, timeZone }): Dot[] => {
      const said = figures.month_result;
      return said?.actual ? [{ share: (said.stated - said.actual) / Math.abs(said.actual), on: dayIn(plannedStart, timeZone) }] : [];
    })
    .toReversed();
  if (dots.length < 3) return null;
  const farthest = Math.min(mostShare, Math.max(0.1, ...dots.map(({ share }) => Math.abs(share))));
  const y = scaleLinear([-farthest, farthest], [height - 14, 14]).clamp(true);
  const x = scaleLinear([0, dots.length - 1], [left + 10, width - right - 10]);
  const [first, last] = [dots[0], dots.at(-1)];
  return (
    <figure class="stack tight">
      <div class="scroll newest-first" tabindex={0} role="region" aria-label="How far off, drawn">
        <svg class="months off" viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby="off-title">
          <title id="off-title">
            How far off what was said of the month was, the last {dots.length} times, the latest at the right: dots above the line said too
            much
          </title>
          {[-farthest, 0, farthest].map((share) => (
            <>
              <line class={share === 0 ? "zero" : "grid"} x1={left} x2={width - right} y1={round(y(share))} y2={round(y(share))} />
              <text class="axis" x={width - right + 8} y={round(y(share)) + 4}>
                {share === 0 ? "right" : `${share > 0 ? "+" : "−"}${percent(Math.abs(share))}`}
              </text>
            </>
          ))}
          {dots.map(({ share }, n) => (
            <circle class={Math.abs(share) <= close ? "dot close" : "dot"} cx={round(x(n))} cy={round(y(share))} r="5" />
          ))}
        </svg>
      </div>
      {first && last && (
        <figcaption class="small muted">
          Won in the month, as it was said, {fullDay(first.on)} at the left to {fullDay(last.on)} at the right. Above the line: too much.
          Green: at most {percent(close)} off.
        </figcaption>
      )}
    </figure>
  );
}
