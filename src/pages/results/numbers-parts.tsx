import type { Estimate } from "../../method/estimate.ts";
import type { Trend } from "../../method/trend.ts";
import { refusalWords } from "../../parts/refusal-words.ts";
import { count, wholeMoney } from "../../parts/words.ts";
import { horizonTitle, verdictWords } from "../coverage/coverage-words.ts";
import type { ResultsData } from "./results-data.ts";
import { whoOf } from "./results-words.ts";

/** Is enough open? One sentence a horizon, and the way to the page that shows it. */
export function SufficiencyPart({ data }: { data: ResultsData }) {
  const { shown, person } = data;
  const { numbers, horizons, refusal } = shown;
  return (
    <section class="sheet pad stack tight" aria-labelledby="sufficiency">
      <div class="spread">
        <h2 id="sufficiency">Enough in the pipeline?</h2>
        <a class="small" href={`/people/${person.id}/coverage`}>
          Coverage, with where it comes from
        </a>
      </div>
      {numbers ? (
        <dl class="verdicts">
          {horizons.map((one) => {
            const { head, rest } = verdictWords(one, numbers);
            return (
              <>
                <dt>{horizonTitle(one)}</dt>
                <dd>
                  <b>{head}</b> {rest}
                </dd>
              </>
            );
          })}
        </dl>
      ) : (
        <NoNumbers data={data} refusal={refusal} />
      )}
    </section>
  );
}

export function NoNumbers({ data, refusal }: { data: ResultsData; refusal: ResultsData["shown"]["refusal"] }) {
  if (refusal) {
    const { what, todo } = refusalWords(refusal);
    return (
      <p>
        {what} {todo}
      </p>
    );
  }
  return (
    <p class="muted">
      {data.stored.dueSince
        ? "These numbers are being worked out. They are here in a moment."
        : `No numbers yet: they come from ${whoOf(data).whose} deals, once open and closed ones are here.`}
    </p>
  );
}

/** What can be told of won by month, beyond chance: of the months the rep was here the whole of. */
export function TrendOfMonths({ data: { shown, figures } }: { data: ResultsData }) {
  if (!shown.numbers) return null;
  const { trend, ownMonths } = shown.numbers;
  return (
    <p>
      <b>Trend:</b>{" "}
      {trendWords(trend, ownMonths, "month", (size, more) => `about ${wholeMoney(size, figures.currency)} ${more} each month`)}
    </p>
  );
}

/**
 * "Rising: about 4 more a week by now, seen over 20 weeks.", "Cannot tell yet: 5 weeks of the 8 it takes.", "Nothing beyond chance in
 * 20 weeks."
 * @param told the median change from one period to the next, in words
 */
type Told = (size: number, more: "more" | "less") => string;

export function trendWords(found: Estimate<Trend>, periods: number, unit: "week" | "month", told: Told): string {
  if (!found.known) return `Cannot tell yet: ${count(found.refusal.have, unit)} of the ${found.refusal.need} it takes.`;
  const { says, slope } = found.value;
  if (says === "cannot tell") return `Nothing beyond chance in ${count(periods, unit)}.`;
  const more = says === "rising" ? "more" : "less";
  return `${says === "rising" ? "Rising" : "Falling"}: ${told(Math.abs(slope), more)}, seen over ${count(periods, unit)}.`;
}
