import { scaleLinear } from "d3-scale";
import type { PersonNumbers } from "../../domain/numbers/stored-shape.ts";
import { shortMoney } from "../../parts/words.ts";
import { type ShownHorizon } from "./coverage-data.ts";
import { horizonTitle, type Verdict, verdictOf } from "./coverage-words.ts";

interface Props {
  shown: ShownHorizon;
  numbers: PersonNumbers;
  /** The greatest amount of all bars, in minor units. */
  most: number;
}

const width = 400;
const height = 34;

/** What the bars of a page reach to: what is open and what is needed, but never so far that what is open is not seen. */
export function mostOf(horizons: readonly ShownHorizon[], { open }: PersonNumbers): number {
  const needed = horizons.flatMap(({ goal }) => (goal?.coverage.known ? [goal.coverage.value.neededMinor] : []));
  const longest = Math.max(open.minor, ...needed, 1) * 1.12;
  return open.minor > 0 ? Math.min(longest, open.minor * 4) : longest;
}

/** Is there a need to mark on the bar? */
export const isMarked = ({ goal }: ShownHorizon): boolean => goal !== null && goal.coverage.known && goal.gapMinor > 0;

const toneOf: Record<Verdict, string> = {
  reached: "enough",
  enough: "enough",
  "enough on average": "short",
  short: "short",
  "out of reach": "short",
  unknown: "untold",
  "no goal": "untold",
};

/**
 * One horizon: the bar is what is open, its lower half what of it is verified, its faded end what is too old to close; the mark is
 * what own numbers need, the thin line beneath its 80 % range. Stretched to any width, so nothing in it is text.
 */
export function CoverageBar({ shown, numbers, most }: Props) {
  const { goal } = shown;
  const { open, verified, stale } = numbers;
  const x = scaleLinear([0, most], [0, width]).clamp(true);
  const at = (minor: number) => Math.round(x(minor) * 10) / 10;
  const coverage = goal?.coverage.known && isMarked(shown) ? goal.coverage.value : null;
  const young = at(open.minor - (stale?.minor ?? 0));
  return (
    <svg
      class={`cover ${toneOf[verdictOf(shown, open.minor)]}`}
      width="100%"
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={inWords(shown, numbers)}
    >
      <rect class="bar-back" y="5" width={width} height="16" />
      <rect class="open" y="5" width={young} height="16" />
      <rect class="stale" x={young} y="5" width={Math.max(0, at(open.minor) - young)} height="16" />
      {verified && <rect class="backed" y="13" width={at(Math.min(verified.minor, open.minor))} height="8" />}
      {coverage && (
        <>
          <line
            class="range"
            x1={at(coverage.neededLowMinor ?? most)}
            x2={at(coverage.neededHighMinor ?? most)}
            y1="29"
            y2="29"
            vector-effect="non-scaling-stroke"
          />
          <line
            class={coverage.neededMinor > most ? "need beyond" : "need"}
            x1={at(coverage.neededMinor)}
            x2={at(coverage.neededMinor)}
            y1="0"
            y2="26"
            vector-effect="non-scaling-stroke"
          />
        </>
      )}
    </svg>
  );
}

function inWords(shown: ShownHorizon, { open, verified, stale, currency }: PersonNumbers): string {
  const money = (minor: number) => shortMoney(minor, currency);
  const coverage = shown.goal?.coverage.known ? shown.goal.coverage.value : null;
  const { neededLowMinor: low = null, neededHighMinor: high = null } = coverage ?? {};
  return [
    `${horizonTitle(shown)}: ${money(open.minor)} open`,
    verified && `${money(verified.minor)} of it verified`,
    stale && stale.minor > 0 && `${money(stale.minor)} of it too old to close`,
    coverage && `${money(coverage.neededMinor)} needed`,
    coverage && low !== null && `likely between ${money(low)} and ${high === null ? "far more" : money(high)}`,
  ]
    .filter(Boolean)
    .join(", ");
}
