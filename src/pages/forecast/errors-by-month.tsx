import { scaleLinear } from "d3-scale";
import type { BackTestReport } from "../../domain/back-tests/back-test-report.ts";
import { type Estimate, valueOf } from "../../method/estimate.ts";
import { ChartFigures } from "../../parts/figures-table.tsx";
import { Swatch } from "../../parts/swatch.tsx";
import { monthAndYear, monthName, percent } from "../../parts/words.ts";

const height = 150;
const axis = 44;

const share = (estimate: Estimate<number>): string => (estimate.known ? percent(estimate.value).replace("-", "−") : "–");

/** How far off a rep's month was, month by month: Kept beside the mean of the three months before. */
export function ErrorsByMonth({ report: { months } }: { report: BackTestReport }) {
  const errors = months.map(({ month, scores: { of } }) => ({ month, kept: valueOf(of.kept.rep), trailing: valueOf(of.trailing.rep) }));
  const top = Math.max(0.1, ...errors.flatMap(({ kept, trailing }) => [kept ?? 0, trailing ?? 0]));
  const y = scaleLinear([0, top], [height, 8]).nice(4);
  const step = Math.max(38, Math.min(64, Math.floor(960 / months.length)));
  const wide = Math.floor(step / 2) - 6;
  const right = months.length * step;
  const width = right + axis;
  const bar = (value: number | null, x: number, name: string) =>
    value !== null && <rect class={`bar ${name}`} x={x} y={Math.round(y(value))} width={wide} height={Math.round(height - y(value))} />;
  return (
    <section class="sheet pad stack" aria-labelledby="by-month">
      <div class="spread">
        <h2 id="by-month">Off by, month by month</h2>
        <span class="small muted legend">
          <Swatch class="verified" /> Kept <Swatch class="claimed" /> three months’ mean
        </span>
      </div>
      <div class="scroll newest-first" tabindex={0} role="region" aria-label="Error of a rep’s month, month by month">
        <svg class="errors" width={width} height={height + 24} viewBox={`0 0 ${width} ${height + 24}`} aria-hidden="true">
          {y.ticks(4).map((tick) => (
            <>
              <line class="grid" x1={0} x2={right} y1={Math.round(y(tick)) + 0.5} y2={Math.round(y(tick)) + 0.5} />
              <text class="tick" x={right + 6} y={Math.round(y(tick)) + 4}>
                {percent(tick)}
              </text>
            </>
          ))}
          {errors.map(({ month, kept, trailing }, at) => (
            <>
              {bar(kept, at * step + 8, "verified")}
              {bar(trailing, at * step + 8 + wide, "claimed")}
              <text class="tick" x={at * step + 8 + wide} y={height + 16} text-anchor="middle">
                {`${monthName(month).slice(0, 3)} ${month.slice(2, 4)}`}
              </text>
            </>
          ))}
        </svg>
      </div>
      <MonthFigures months={months} />
    </section>
  );
}

function MonthFigures({ months }: Pick<BackTestReport, "months">) {
  return (
    <ChartFigures
      label="The figures, month by month"
      first="Month"
      numbers={["Rep, Kept", "Rep, three months’ mean", "Team, Kept", "Everybody, Kept", "Too much (+)", "Range held"]}
    >
      {months.map(({ month, scores: { of, cover } }) => (
        <tr>
          <th scope="row">{monthAndYear(month)}</th>
          {[of.kept.rep, of.trailing.rep, of.kept.team, of.kept.everybody, of.kept.bias, cover].map((estimate) => (
            <td class="num">{share(estimate)}</td>
          ))}
        </tr>
      ))}
    </ChartFigures>
  );
}
