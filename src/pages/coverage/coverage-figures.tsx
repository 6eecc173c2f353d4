import type { PersonNumbers } from "../../domain/numbers/stored-shape.ts";
import type { Refusal } from "../../method/estimate.ts";
import { refusalWords } from "../../parts/refusal-words.ts";
import { count, fullDay, longDay, oneDigit, percent, wholeMoney } from "../../parts/words.ts";
import { addDays } from "../../method/days.ts";
import type { CoverageData, ShownHorizon } from "./coverage-data.ts";
import { longestDays } from "../results/results-words.ts";
import { chanceWords } from "../../method/chance-words.ts";
import { horizonTitle, own, type Who } from "./coverage-words.ts";

interface Props {
  data: CoverageData;
  numbers: PersonNumbers;
  who: Who;
}

type Cell = [name: string, value: (shown: ShownHorizon) => string];

/** The chart as a table, what each line of it means, and which deals are in it. */
export function CoverageFigures({ data, numbers, who }: Props) {
  const { horizons, head } = data;
  const shown = rowsOf(numbers).filter(([, value]) => horizons.some((horizon) => value(horizon) !== "–"));
  return (
    <details>
      <summary class="small">The figures, and where they come from</summary>
      <div class="scroll" tabindex={0} role="region" aria-label="Enough to reach the goal: the figures">
        <table class="figures">
          <thead>
            <tr>
              <td></td>
              {horizons.map((horizon) => (
                <th scope="col" class="num">
                  {horizonTitle(horizon)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(([name, value]) => (
              <tr>
                <th scope="row">{name}</th>
                {horizons.map((horizon) => (
                  <td class="num">{value(horizon)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Explained data={data} numbers={numbers} who={who} />
      {head.person.isInTree && <Deals id={head.person.id} />}
    </details>
  );
}

const coverage = ({ goal }: ShownHorizon) => (goal?.coverage.known && goal.gapMinor > 0 ? goal.coverage.value : null);
const chance = ({ goal }: ShownHorizon) => (goal?.chance.known ? goal.chance.value : null);

function rowsOf({ open, verified, stale, currency }: PersonNumbers): Cell[] {
  const money = (minor: number | null | undefined) => (minor === null || minor === undefined ? "–" : wholeMoney(minor, currency));
  const range = (shown: ShownHorizon) => {
    const found = coverage(shown);
    if (!found || found.neededLowMinor === null) return "–";
    return `${money(found.neededLowMinor)} to ${found.neededHighMinor === null ? "far more" : money(found.neededHighMinor)}`;
  };
  return [
    ["Until", ({ figures }) => longDay(addDays(figures.until, -1))],
    ["Own goal", ({ isOwn, goal }) => (isOwn && goal ? money(goal.goalMinor) : "–")],
    ["Quota", ({ isOwn, goal, quotaMinor }) => money(quotaMinor ?? (isOwn ? null : goal?.goalMinor))],
    ["Won so far", ({ figures }) => `${money(figures.won.minor)} (${figures.won.deals})`],
    ["Still to win", ({ goal }) => money(goal?.gapMinor)],
    ["Expected until then", ({ figures }) => money(figures.expectedMinor)],
    ["Of it from deals not found yet", (shown) => money(coverage(shown)?.expectedNewMinor)],
    ["Open", () => `${money(open.minor)} (${open.deals})`],
    ["Verified", () => (verified ? `${money(verified.minor)} (${verified.deals})` : "–")],
    ["Said to close by then", ({ figures }) => `${money(figures.due.minor)} (${figures.due.deals})`],
    ["Needed open", (shown) => money(coverage(shown)?.neededMinor)],
    ["80 % range of it", range],
    ["Needed to be sure four times in five", (shown) => money(coverage(shown)?.neededSurelyMinor)],
    ["Open, without what is too old", () => (stale ? `${money(open.minor - stale.minor)} (${open.deals - stale.deals})` : "–")],
    ["Needed, without what is too old", (shown) => (stale ? money(coverage(shown)?.neededYoungMinor) : "–")],
    ["Times what is still to win", (shown) => (coverage(shown)?.times ? `${oneDigit(coverage(shown)?.times ?? 0)}×` : "–")],
    ["The flat rule, 3×", ({ goal }) => (goal && goal.gapMinor > 0 ? money(goal.flatMinor) : "–")],
    ["Chance to reach it", (shown) => (chance(shown) ? chanceWords(chance(shown)?.chance ?? 0) : "–")],
    [
      "Four times in five the time left brings",
      (shown) => (chance(shown) ? `${money(chance(shown)?.low)} to ${money(chance(shown)?.high)}` : "–"),
    ],
  ];
}

const window = ({ from, until }: { from: string; until: string }) => `${fullDay(from)} to ${fullDay(addDays(until, -1))}`;
const missing = ({ refusal }: { refusal: Refusal }) => refusalWords(refusal).what;

/** What the sentence above is made of: window, counts, how sure. */
function Explained({ data, numbers: { winRate, dealSize, cycle, currency }, who }: Props) {
  const { person } = data.head;
  const asOf = data.made?.asOf ?? "";
  const opens = person.isInTree && asOf ? person.id : null;
  return (
    <dl class="facts small">
      <dt>Wins</dt>
      <dd>
        {winRate.known ? (
          <>
            {percent(winRate.value.rate)}:{" "}
            <WonDeals of={{ ...everWon(asOf), deals: winRate.value.won }} opens={opens} words={`${winRate.value.won} won`} /> of{" "}
            {count(winRate.value.closed, "closed deal")}, drawn toward everybody’s {percent(winRate.value.everybody)} as far as chance could
            explain the difference. 80 % sure between {percent(winRate.value.low)} and {percent(winRate.value.high)}.
          </>
        ) : (
          missing(winRate)
        )}
      </dd>
      <dt>Deal size</dt>
      <dd>
        {dealSize.known ? (
          <>
            {wholeMoney(dealSize.value.minor, currency)}: mean of <WonDeals of={dealSize.value} opens={opens} />, {window(dealSize.value)}.
          </>
        ) : (
          missing(dealSize)
        )}
      </dd>
      <dt>Cycle</dt>
      <dd>
        {cycle.known ? (
          <>
            {count(Math.round(cycle.value.days), "day")}: half of <WonDeals of={cycle.value} opens={opens} /> took at most this long,{" "}
            {window(cycle.value)}.
          </>
        ) : (
          missing(cycle)
        )}
      </dd>
      <dt>Needed</dt>
      <dd>
        Each open deal counts by the chance that deals of its age are won in time here. What deals not found yet bring is taken off first;
        the rest over what {own(who)} open deals bring is how much of them it takes.
      </dd>
    </dl>
  );
}

/** As far back as the list of won deals goes. */
const everWon = (asOf: string) => {
  if (!asOf) return { from: "", until: "" };
  const until = addDays(asOf, 1);
  return { from: addDays(until, -longestDays), until };
};

/** "88 won deals", each of which can be seen. */
function WonDeals({
  of: { deals, from, until },
  opens,
  words = count(deals, "won deal"),
}: {
  of: { deals: number; from: string; until: string };
  opens: string | null;
  words?: string;
}) {
  return opens ? <a href={`/people/${opens}/results/won?from=${from}&to=${addDays(until, -1)}`}>{words}</a> : <>{words}</>;
}

const Deals = ({ id }: { id: string }) => (
  <p class="small row">
    <a href={`/pipeline?rep=${id}`}>Every open deal</a>
    <a href={`/pipeline?rep=${id}&horizon=month`}>due this month</a>
    <a href={`/pipeline?rep=${id}&only=overdue`}>overdue</a>
    <a href={`/pipeline?rep=${id}&only=ahead`}>claimed ahead of the customer</a>
    <a href={`/pipeline?rep=${id}&sort=age`}>the oldest first</a>
  </p>
);
