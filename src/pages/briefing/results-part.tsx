import { type Measure, measures, question } from "../../domain/preparations/preparation-queries.ts";
import { dayNumber } from "../../method/day-numbers.ts";
import { fiscalPeriods } from "../../method/fiscal-calendar.ts";
import { differenceWords, earlierWords, figureName, figureValue } from "../../parts/figure-words.ts";
import { OwnWordLine } from "../../parts/own-word-line.tsx";
import { count, dayIn, firstName, longDay, minorUnits, money, monthName, percent } from "../../parts/words.ts";
import type { BriefingData, Deals } from "./briefing-data.ts";

/** Results against plan, with the rep's own words beside them. */
export function Results({ data, deals, currency }: { data: BriefingData; deals: Deals; currency: string }) {
  const { months, missed, agreed, trailingMeanMinor } = deals;
  const rep = firstName(data.meeting.repName);
  const running = fiscalPeriods(data.calendar, dayNumber(data.today)).month.month;
  return (
    <section class="sheet pad stack tight" aria-labelledby="results">
      <h2 id="results">Results</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="Results by month">
        <table>
          <thead>
            <tr>
              <th>Month</th>
              <th class="num">Won</th>
              <th class="num">Plan</th>
              <th class="num">Reached</th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, wonMinor, quotaMinor }) => (
              <tr>
                <td>
                  {monthName(month)}
                  {month === running && " so far"}
                </td>
                <td class="num">{money(wonMinor, currency)}</td>
                <td class="num">{quotaMinor === null ? "none set" : money(quotaMinor, currency)}</td>
                <td class="num">{quotaMinor ? percent(wonMinor / quotaMinor) : "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {trailingMeanMinor !== null && (
        <p class="muted">
          The three months before averaged {money(Math.round(trailingMeanMinor / minorUnits(currency)) * minorUnits(currency), currency)}.
        </p>
      )}
      <OwnWordLine words={deals.words} name={data.meeting.repName} personId={data.meeting.repId} />
      {missed !== null && missed > 1 && !agreed && (
        <p class="watch-words">{count(missed, "month")} in a row below plan: agree the next step.</p>
      )}
      {missed !== null && missed > 1 && agreed && (
        <p>
          {count(missed, "month")} in a row below plan. Agreed on {longDay(dayIn(agreed.at, agreed.timeZone))}:{" "}
          <span class="written">{agreed.words}</span>
        </p>
      )}
      <OwnFigures data={data} currency={currency} rep={rep} />
    </section>
  );
}

export function OwnFigures({ data, currency, rep }: { data: BriefingData; currency: string; rep: string }) {
  const { preparation } = data;
  if (!preparation.submittedAt)
    return (
      <p class="muted">
        {rep} has not handed in a preparation{preparation.startedAt ? ", but has begun one" : " yet"}.
      </p>
    );
  const said = measures
    .flatMap((measure) => preparation.figures.get(measure) ?? [])
    .filter(({ stated, wish }) => stated !== null || wish !== null);
  return (
    <div>
      <h3>As {rep} sees it</h3>
      {said.length === 0 && <p class="muted">{rep} stated no numbers.</p>}
      <ul class="news">
        {said.map(({ measure, stated, actual, wish }) => (
          <li>
            {figureName(measure, data.month, data.today, data.calendar)}:{" "}
            {stated !== null && (
              <>
                said <b>{figureValue(measure, stated, currency)}</b>
                {actual !== null &&
                  `, was ${figureValue(measure, actual, currency)}: ${differenceWords(measure, stated, actual, currency)}`}
                .{" "}
              </>
            )}
            {wish !== null && (
              <>
                Would like <b>{figureValue(measure, wish, currency)}</b>.{" "}
              </>
            )}
            <span class="muted">
              {earlierWords(measure, data.earlier, "it was")} {noteOf(data, measure)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const noteOf = (data: BriefingData, measure: Measure): string => data.preparation.answers.get(question.note(measure))?.words ?? "";
