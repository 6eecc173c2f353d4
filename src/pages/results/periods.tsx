import type { PeriodResult } from "../../domain/results/result-figures.ts";
import { money, percent, shortMoney, wholeMoney } from "../../parts/words.ts";
import type { ResultsData } from "./results-data.ts";
import { periodWords, type Who, whoOf, wonHref } from "./results-words.ts";

/** Month, quarter and year so far: won, against the rep's own goal first, then against plan. */
export function Periods({ data }: { data: ResultsData }) {
  const who = whoOf(data);
  return (
    <div class="sheet periods">
      {data.figures.periods.map((one) => (
        <Period one={one} who={who} data={data} />
      ))}
    </div>
  );
}

function Period({ one, who, data }: { one: PeriodResult; who: Who; data: ResultsData }) {
  const { currency } = data.figures;
  const { period, wonMinor, goalMinor, quotaMinor } = one;
  const name = `${period.label} so far`;
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      <p class="big">
        <a href={wonHref(data.person.id, period)} aria-label={`${money(wonMinor, currency)} won in ${period.label}: the deals`}>
          {money(wonMinor, currency)}
        </a>
      </p>
      <Against one={one} currency={currency} />
      <dl class="against">
        {goalMinor !== null && <Aim name={who.isSelf ? "Your goal" : "Own goal"} minor={goalMinor} won={wonMinor} currency={currency} />}
        {quotaMinor !== null && <Aim name="Plan" minor={quotaMinor} won={wonMinor} currency={currency} note={monthsNote(one)} />}
      </dl>
      <p class="small pace">
        {paceWords(one, currency)}
        {who.isSelf && goalMinor === null && (
          <>
            {" "}
            <a href={`/people/${data.person.id}/aspiration`}>Say what you want to win</a>
          </>
        )}
      </p>
    </section>
  );
}

function Aim({ name, minor, won, currency, note }: { name: string; minor: number; won: number; currency: string; note?: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {wholeMoney(minor, currency)}
        {minor > 0 && <span class="muted">, {percent(won / minor)} won</span>}
        {note && <span class="muted small detail">{note}</span>}
      </dd>
    </>
  );
}

/** "set for 9 of its 12 months" */
const monthsNote = ({ quotaMonths: set }: PeriodResult): string =>
  set && set.months < set.of ? `set for ${set.months} of its ${set.of} months` : "";

/** The bar: won, green where it keeps up with the thin mark: how much of the time is gone. */
function Against({ one: { aim, wonMinor, pace }, currency }: { one: PeriodResult; currency: string }) {
  if (aim === null || aim.minor <= 0) return null;
  const most = Math.max(aim.minor, wonMinor);
  const wide = (minor: number) => Math.round((minor / most) * 1000) / 10;
  const due = pace.known ? pace.value.gone * aim.minor : null;
  return (
    <svg
      class="against-bar"
      viewBox="0 0 100 10"
      width="100%"
      height="12"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${percent(wonMinor / aim.minor)} of the ${aim.of} of ${wholeMoney(aim.minor, currency)} won`}
    >
      <rect class="bar-back" width="100" height="10" />
      <rect class={wonMinor >= (due ?? aim.minor) ? "bar reached" : "bar"} width={wide(wonMinor)} height="10" />
      {due !== null && <rect class="mark" x={Math.min(99.2, wide(due))} width="0.8" height="10" />}
    </svg>
  );
}

/** "72 % of the month gone, 61 % of the goal won: at this pace $48k of $55k." */
export function paceWords({ horizon, pace, aim }: Pick<PeriodResult, "horizon" | "pace" | "aim">, currency: string): string {
  const period = periodWords[horizon];
  if (!pace.known) return `The ${period} is too young to tell a pace: ${pace.refusal.have} of the ${pace.refusal.need} days it takes.`;
  const { gone, reached, atEnd } = pace.value;
  if (aim !== null && reached === null)
    return `${percent(gone)} of the ${period} gone: at this pace ${shortMoney(atEnd, currency)}. The ${aim.of} is ${shortMoney(aim.minor, currency)}: nothing is asked.`;
  if (aim === null || reached === null)
    return `${percent(gone)} of the ${period} gone: at this pace ${shortMoney(atEnd, currency)}. There is no goal or plan for the whole ${period} to hold it against.`;
  if (reached >= 1) return `${percent(gone)} of the ${period} gone, and the ${aim.of} is reached.`;
  return `${percent(gone)} of the ${period} gone, ${percent(reached)} of the ${aim.of} won: at this pace ${shortMoney(atEnd, currency)} of ${shortMoney(aim.minor, currency)}.`;
}
