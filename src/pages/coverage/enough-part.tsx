import type { PersonNumbers } from "../../domain/numbers/stored-shape.ts";
import { shortMoney } from "../../parts/words.ts";
import { CoverageBar, isMarked, mostOf } from "./coverage-chart.tsx";
import { beyondFinding, type CoverageData, mayPutGoals, type ShownHorizon, toFind } from "./coverage-data.ts";
import { CoverageFigures } from "./coverage-figures.tsx";
import {
  basisWords,
  beyondFindingWords,
  findingWords,
  horizonInWords,
  horizonTitle,
  paceAndNeed,
  verdictWords,
  type Who,
} from "./coverage-words.ts";

interface Props {
  data: CoverageData;
  numbers: PersonNumbers;
  who: Who;
}

/** Month, quarter and year end: what is open, what is verified, what own numbers need, and what to do about a gap. */
export function EnoughPart({ data, numbers, who }: Props) {
  const { horizons, head, made } = data;
  const most = mostOf(horizons, numbers);
  const gap = toFind(horizons);
  const beyond = beyondFinding(horizons);
  const isOfPair = mayPutGoals(head.person);
  const finding = gap && made ? findingWords(gap, made.asOf, who) : null;
  return (
    <section class="sheet pad stack tight" aria-labelledby="enough">
      <div>
        <h2 id="enough">Enough to reach the goal?</h2>
        <p class="muted">{paceAndNeed(numbers, horizons, who)}</p>
      </div>
      <div class="covers">
        {horizons.map((shown, at) => (
          <CoverRow shown={shown} before={horizons[at - 1]} numbers={numbers} most={most} />
        ))}
      </div>
      <p class="small muted legend-line">
        Bar: all that is open{numbers.verified && ", its lower half verified"}.{" "}
        {horizons.some(isMarked) && `Mark: what ${who.isSelf ? "your" : "own"} numbers need. Thin line: 80 % range. `}
        {basisWords(horizons, who)}
      </p>
      <Old numbers={numbers} pipeline={head.person.isInTree ? `/pipeline?rep=${head.person.id}&sort=age` : null} />
      {!horizons.some(({ goal }) => goal) && !head.person.hasLeft && <NoGoal isSelf={who.isSelf} isOfPair={isOfPair} id={head.person.id} />}
      {beyond && made && (
        <p class="finding">
          {beyondFindingWords(beyond, made.asOf, numbers, who)} {isOfPair && <GoalLink id={head.person.id} shown={beyond} />}
        </p>
      )}
      {finding && (
        <p class="finding">
          <b>{finding.goal}</b>
          {finding.effect} {isOfPair && gap && <GoalLink id={head.person.id} shown={gap} />}
          {finding.anyway && <span class="small muted anyway">{finding.anyway}</span>}
        </p>
      )}
      <CoverageFigures data={data} numbers={numbers} who={who} />
    </section>
  );
}

const GoalLink = ({ id, shown }: { id: string; shown: ShownHorizon }) => (
  <a href={`/people/${id}/coverage/goal?gap=${shown.horizon}`} aria-label={`Make it a coaching goal: ${horizonInWords(shown)}`}>
    Make it a coaching goal
  </a>
);

interface RowProps {
  shown: ShownHorizon;
  numbers: PersonNumbers;
  most: number;
  /** The one above: what it says already is not said again. */
  before?: ShownHorizon | undefined;
}

/** One horizon: the bar, what it says in figures, and in a sentence. */
export function CoverRow({ shown, numbers, most, before }: RowProps) {
  const { goal, isOwn, quotaMinor } = shown;
  const money = (minor: number) => shortMoney(minor, numbers.currency);
  const { head, rest } = verdictWords(shown, numbers);
  const isSaid = shown.goal?.coverage.known === false && before !== undefined && verdictWords(before, numbers).rest === rest;
  const needed = goal && goal.gapMinor > 0 && goal.coverage.known ? goal.coverage.value.neededMinor : null;
  return (
    <div class="cover-row">
      <div class="cover-title">
        {horizonTitle(shown)}
        {goal && (
          <span class="small muted">
            {isOwn ? "goal" : "quota"} {money(goal.goalMinor)}
          </span>
        )}
        {isOwn && quotaMinor !== null && <span class="small muted">quota {money(quotaMinor)}</span>}
      </div>
      <CoverageBar shown={shown} numbers={numbers} most={most} />
      <div class="num">
        {money(numbers.open.minor)}
        {needed !== null && needed > numbers.open.minor && needed <= 100 * Math.max(1, numbers.open.minor) && ` of ${money(needed)}`}
      </div>
      <p class="cover-says">
        <b>{head}</b> {isSaid ? "For the same reason." : rest}
      </p>
    </div>
  );
}

/** Nothing to measure against: what to do first. */
function NoGoal({ isSelf, isOfPair, id }: { isSelf: boolean; isOfPair: boolean; id: string }) {
  if (isSelf)
    return (
      <p class="finding">
        <a href={`/people/${id}/aspiration`}>Say what you want to reach</a>: then this page says whether enough is open for it.
      </p>
    );
  return <p class="finding">Set a quota{isOfPair && ", or ask for an own goal"}: then this page says whether enough is open for it.</p>;
}

/** With and without what no longer closes here. */
function Old({ numbers: { stale, open, currency }, pipeline }: { numbers: PersonNumbers; pipeline: string | null }) {
  if (!stale || stale.deals === 0) return null;
  const money = (minor: number) => shortMoney(minor, currency);
  return (
    <p class="small">
      {money(stale.minor)} of it is in{" "}
      {pipeline ? <a href={pipeline}>deals older than {stale.beyondDays} days</a> : `deals older than ${stale.beyondDays} days`}, and none
      that old has closed here: count on the other {money(open.minor - stale.minor)}.
    </p>
  );
}
