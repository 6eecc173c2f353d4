import type { ChanceBin } from "../../domain/period-forecasts/period-forecast-queries.ts";
import { ChartFigures } from "../../parts/figures-table.tsx";
import { count, percent } from "../../parts/words.ts";

const side = 184;
const edge = 30;
const rim = 12;
/** Below these, dots say more about luck than about chances. */
const leastTimes = 20;

const x = (share: number): number => Math.round((edge + share * (side - edge - rim)) * 10) / 10;
const y = (share: number): number => Math.round((side - edge - share * (side - edge - rim)) * 10) / 10;

/** How often what the model gave a chance came: on the line, chances mean what they say. */
export function Calibration({ bins }: { bins: readonly ChanceBin[] }) {
  const times = bins.reduce((sum, bin) => sum + bin.times, 0);
  if (times < leastTimes)
    return (
      <p class="muted small">
        {`Whether the model’s chances mean what they say cannot be told yet: ${count(times, "chance")} of past months, ${leastTimes} needed.`}
      </p>
    );
  const off = bins.reduce((sum, bin) => sum + bin.times * Math.abs(bin.chance - bin.came), 0) / times;
  return (
    <div class="calibration">
      <Dots bins={bins} off={off} />
      <div>
        <h3>Do the model’s chances mean what they say?</h3>
        <p>
          {off <= 0.1
            ? `Yes, to within ${percent(off)}: of what it gave a chance, about that share came.`
            : `Not quite: what came is off by ${percent(off)} on average.`}{" "}
          <span class="muted">On the line they would agree; dots above it came more often than it said.</span>
        </p>
        <BinFigures bins={bins} />
      </div>
    </div>
  );
}

function Dots({ bins, off }: { bins: readonly ChanceBin[]; off: number }) {
  return (
    <svg
      viewBox={`0 0 ${side} ${side}`}
      width={side}
      height={side}
      role="img"
      aria-label={`Chances given and how often they came, off by ${percent(off)}`}
    >
      <path class="axis" d={`M${x(0)},${y(1)}V${y(0)}H${x(1)}`} />
      <line class="ideal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
      {bins.map((bin) => (
        <circle class="bin" cx={x(bin.chance)} cy={y(bin.came)} r={bin.times < 10 ? 3 : 5} />
      ))}
      {[0, 0.5, 1].map((share) => (
        <>
          <text class="tick" x={x(share)} y={side - edge + 14} text-anchor="middle">
            {Math.round(share * 100)}
          </text>
          <text class="tick" x={edge - 6} y={y(share) + 4} text-anchor="end">
            {Math.round(share * 100)}
          </text>
        </>
      ))}
      <text class="tick" x={x(0.5)} y={side - 2} text-anchor="middle">
        chance given, %
      </text>
    </svg>
  );
}

function BinFigures({ bins }: { bins: readonly ChanceBin[] }) {
  return (
    <ChartFigures
      label="Chances and how often they came"
      numbers={["Chance given, mean", "Came", "Times"]}
      below={
        <p class="small muted">Chances to reach 80, 100 and 120 % of the last three months’ mean, as given on the first of each month.</p>
      }
    >
      {bins.map((bin) => (
        <tr>
          <td class="num">{percent(bin.chance)}</td>
          <td class="num">{percent(bin.came)}</td>
          <td class="num">{bin.times.toLocaleString("en-US")}</td>
        </tr>
      ))}
    </ChartFigures>
  );
}
