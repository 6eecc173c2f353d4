import type { PersonNumbers } from "../../domain/numbers/stored-shape.ts";
import { leverSays, stepsInWords, togetherWords, worthWords } from "../../method/gain-words.ts";
import { type LeverSteps, mostSteps, smallestSteps } from "../../method/lever-steps.ts";
import { type Baseline, cycleAssumption, type Lever, levers } from "../../method/levers.ts";
import { refusalWords } from "../../parts/refusal-words.ts";
import { count, fullDay, shortMoney, wholeMoney } from "../../parts/words.ts";
import { addDays, daysBetween } from "../../method/days.ts";
import { own, type Who } from "./coverage-words.ts";

interface Props {
  personId: string;
  numbers: PersonNumbers;
  who: Who;
  /** Share of revenue; null where no rate is set, or not for the viewer to see. */
  commissionRate: number | null;
  steps: LeverSteps;
  /** What is to be reached in a year, and what it is called; null where there is nothing. */
  aspiration: { minor: number; words: string } | null;
  mayPutGoals: boolean;
  /** The year whose chance the page shows as well: something else than what gains reach; null where it shows none. */
  chanceOf: string | null;
}

const leverNames: Record<Lever, string> = {
  opportunities: "New opportunities a month",
  "win chance": "Win rate",
  "deal size": "Deal size",
  cycle: "Cycle",
};
/** As they stand in an address. */
export const leverFields: Record<Lever, string> = {
  opportunities: "opportunities",
  "win chance": "win",
  "deal size": "size",
  cycle: "cycle",
};

/** What one more of each is worth a year, what all of it comes to, and the least that reaches the aspiration. */
export function GainsPart(props: Props) {
  const { numbers, who, commissionRate } = props;
  if (!numbers.baseline.known) {
    const { what, todo } = refusalWords(numbers.baseline.refusal);
    return (
      <section class="sheet pad wide" aria-labelledby="gains">
        <h2 id="gains">What small gains are worth to {who.isSelf ? "you" : who.name}</h2>
        <p class="muted">
          Too early to say. {what} {todo}
        </p>
      </section>
    );
  }
  const { from, until, closedDeals, ...figures } = numbers.baseline.value;
  const baseline: Baseline = { ...figures, commissionRate };
  return (
    <section class="sheet pad wide stack tight" aria-labelledby="gains">
      <div class="spread">
        <h2 id="gains">What small gains are worth to {who.isSelf ? "you" : who.name}</h2>
        <span class="small muted">
          {windowWords(from, until)}, {count(closedDeals, "closed deal")}
        </span>
      </div>
      <kept-gains data-baseline={JSON.stringify(baseline)} data-currency={numbers.currency}>
        <form method="get" action={`/people/${props.personId}/coverage#gains`}>
          {levers
            .filter((lever) => mostSteps(lever, baseline) > 0)
            .map((lever) => (
              <LeverRow {...props} lever={lever} baseline={baseline} />
            ))}
          <button class="btn" data-without-script>
            Work it out
          </button>
        </form>
        <Together {...props} baseline={baseline} />
      </kept-gains>
      <Smallest {...props} baseline={baseline} days={daysBetween(from, until)} />
      <Behind {...props} baseline={baseline} from={from} until={until} />
    </section>
  );
}

const windowWords = (from: string, until: string): string =>
  addDays(until, -364) >= from ? "last 12 months" : `since ${fullDay(from)}, told as a year`;

type RowProps = Props & { baseline: Baseline };

function LeverRow({ personId, lever, baseline, numbers, steps, mayPutGoals }: RowProps & { lever: Lever }) {
  const id = `lever-${leverFields[lever]}`;
  const says = leverSays(lever, steps[lever], baseline);
  const { worth, range } = worthWords(lever, steps[lever], baseline, numbers.currency);
  return (
    <div class="lever" data-row>
      <div class="lever-name">
        <label for={id}>{leverNames[lever]}</label>{" "}
        <output for={id} data-says="level">
          {says}
        </output>
      </div>
      <input
        type="range"
        id={id}
        name={leverFields[lever]}
        min="0"
        max={String(mostSteps(lever, baseline))}
        step="1"
        value={String(steps[lever])}
        data-lever={lever}
        aria-valuetext={`${says}, worth ${worth} a year`}
      />
      <div class="num">
        <b data-says="worth">{worth}</b>
        <span class="small muted" data-says="range">
          {range}
        </span>
      </div>
      {mayPutGoals && (
        <a
          class="small lever-goal"
          data-goal
          hidden={steps[lever] === 0}
          href={`/people/${personId}/coverage/goal?lever=${encodeURIComponent(lever)}&steps=${Math.max(1, steps[lever])}`}
          aria-label={`Make it a coaching goal: ${leverNames[lever]}`}
        >
          Coaching goal
        </a>
      )}
    </div>
  );
}

function Together({ steps, baseline, numbers, commissionRate }: RowProps) {
  const together = togetherWords(steps, baseline, numbers.currency);
  if (!together) return null;
  return (
    <div class="together">
      <p>
        Together <b data-together="share">{together.share}</b>, <b data-together="money">{together.money}</b>
        {commissionRate !== null && (
          <>
            , <b data-together="commission">{together.commission}</b>
          </>
        )}
        .{" "}
        <span class="muted">
          As a range: <span data-together="range">{together.range}</span> a year.
        </span>
      </p>
      <p class="small muted" data-assumption hidden={!together.assumesTimeIsUsed}>
        {cycleAssumption}
      </p>
    </div>
  );
}

function Smallest({ aspiration, baseline, who, numbers, chanceOf, days }: RowProps & { days: number }) {
  if (!aspiration) return null;
  const smallest = smallestSteps(baseline, aspiration.minor);
  const target = `${aspiration.words} (${shortMoney(aspiration.minor, numbers.currency)})`;
  if (!smallest.known)
    return (
      <p>
        Small gains alone do not reach {target}: {refusalWords(smallest.refusal).what.replace(/^T/, "t")}
      </p>
    );
  const words = stepsInWords(smallest.value);
  if (words === "")
    return (
      <p>
        {own(who).replace(/^y/, "Y")} last {days < 365 ? `${days} days` : "twelve months"}, {days < 365 ? "told as a year" : "repeated"},
        reach {target}. {chanceOf && <span class="muted">The chance above is for what is left of {chanceOf}.</span>}
      </p>
    );
  return (
    <p>
      The smallest set that reaches {target}: <b>{words}</b>.{" "}
      {chanceOf && (
        <span class="muted">
          That is over twelve months from now, all of them with these gains. The chance above is for what is left of {chanceOf}, as things
          go now.
        </span>
      )}
    </p>
  );
}

/** What the sliders multiply. */
function Behind({ numbers, baseline, from, until, who, commissionRate }: RowProps & { from: string; until: string }) {
  const money = (minor: number) => wholeMoney(minor, numbers.currency);
  return (
    <details>
      <summary class="small">Where this comes from</summary>
      <p class="small">
        {fullDay(from)} to {fullDay(addDays(until, -1))}, told as a year: {money(baseline.yearMinor)} won, between{" "}
        {money(baseline.lowMinor)} and {money(baseline.highMinor)} four times in five. {baseline.opportunitiesAMonth.toFixed(1)} new
        opportunities a month, a won deal of {money(baseline.dealMinor)} in {count(Math.round(baseline.cycleDays), "day")}. Each gain
        multiplies that year: new opportunities × win rate × deal size ÷ cycle; several together compound.{" "}
        {commissionRate === null
          ? `No commission rate is set for ${who.isSelf ? "you" : who.name}, or it is not for you to see.`
          : `Commission at ${(commissionRate * 100).toLocaleString("en-US")} %.`}
      </p>
    </details>
  );
}
