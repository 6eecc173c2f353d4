import { dayNumber } from "../../method/day-numbers.ts";
import { paceOf } from "../../method/pace.ts";
import { refusalWords } from "../../parts/refusal-words.ts";
import { firstName, shortDay } from "../../parts/words.ts";
import { type ShownHorizon, toFind } from "../coverage/coverage-data.ts";
import { findingWords, paceAndNeed, verdictOf, verdictWords, type Who } from "../coverage/coverage-words.ts";

import { paceWords } from "../results/periods.tsx";
import type { BriefingData } from "./briefing-data.ts";

/** Pace, own numbers, the gap and the coaching goal: one line each, out of what is stored. */
export function NumbersPart({ data }: { data: BriefingData }) {
  if (!data.numbers) return null;
  const lines = linesOf(data);
  if (lines.length === 0) return null;
  return (
    <section class="sheet pad stack tight" aria-labelledby="own-numbers">
      <div class="spread">
        <h2 id="own-numbers">Own numbers</h2>
        <a class="small no-print" href={`/people/${data.meeting.repId}/coverage`}>
          Where they come from
        </a>
      </div>
      <ul class="news">
        {lines.map(([name, words]) => (
          <li>
            <b>{name}:</b> {words}
          </li>
        ))}
      </ul>
    </section>
  );
}

function linesOf({ numbers: found, meeting }: BriefingData): [name: string, words: string][] {
  if (!found) return [];
  const { shown, goal } = found;
  const who: Who = { isSelf: false, name: firstName(meeting.repName) };
  const goalLine: [string, string][] = goal ? [["Coaching goal", `${goal.words}, by ${shortDay(goal.dueOn)}${agreed(goal)}`]] : [];
  const { numbers, made, horizons, refusal } = shown;
  if (!numbers || !made) return [...(refusal ? [["Not yet", refusalWords(refusal).what] as [string, string]] : []), ...goalLine];
  const month = horizons.find(({ horizon }) => horizon === "month");
  const gap = toFind(horizons);
  const finding = gap && findingWords(gap, made.asOf, who);
  const lines: [string, string][] = [
    ["Pace", month ? paceLine(month, made.asOf, numbers.currency) : ""],
    ["Takes", paceAndNeed(numbers, horizons, who)],
    ["Gap", gapLine(horizons, shown)],
    ["To find", finding ? `${finding.goal}${finding.effect}` : ""],
  ];
  return [...lines.filter(([, words]) => words !== ""), ...goalLine];
}

const agreed = ({ repConfirmedAt }: { repConfirmedAt: Date | null }): string => (repConfirmedAt ? "." : ". Not agreed yet.");

/** As it stood on the day of the numbers. */
function paceLine({ figures, goal, isOwn }: ShownHorizon, asOf: string, currency: string): string {
  const period = { from: dayNumber(figures.from), until: dayNumber(figures.until) };
  const aim = goal ? { of: isOwn ? ("goal" as const) : ("plan" as const), minor: goal.goalMinor } : null;
  return paceWords({ horizon: "month", aim, pace: paceOf(period, dayNumber(asOf), figures.won.minor, aim?.minor ?? null) }, currency);
}

/** The nearest horizon that is short, or that all are covered. */
function gapLine(horizons: readonly ShownHorizon[], { numbers }: BriefingNumbers): string {
  if (!numbers) return "";
  const verdicts = horizons.map((one) => ({ one, verdict: verdictOf(one, numbers.open.minor) }));
  const short = verdicts.find(({ verdict }) => verdict === "short" || verdict === "out of reach" || verdict === "enough on average");
  const said = short ?? verdicts.findLast(({ verdict }) => verdict === "enough" || verdict === "reached");
  if (!said) return "";
  const { head, rest } = verdictWords(said.one, numbers);
  return `${head} ${rest}`;
}

type BriefingNumbers = NonNullable<BriefingData["numbers"]>["shown"];
