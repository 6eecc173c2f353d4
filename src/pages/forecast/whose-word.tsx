import type { VoiceMonth } from "../../domain/period-forecasts/period-forecast-queries.ts";
import type { Estimate } from "../../method/estimate.ts";
import { leastMonths, type Voice, type VoiceScore, voices, voiceScore } from "../../method/voice-scores.ts";
import { count, firstName, monthAndYear, percent, wholeMoney } from "../../parts/words.ts";
import { Calibration } from "./calibration.tsx";
import type { ForecastData } from "./forecast-data.ts";
import { voiceNames } from "./period-part.tsx";
import { rangeMeans } from "./range-words.ts";

/** Whose forecasts of the first day held: each voice against what came, over the last year. */
export function WhoseWord({ data }: { data: ForecastData }) {
  const { months } = data;
  const spoken = voices.filter((voice) => voice !== "trailing" || months.some(({ said }) => said.trailing !== null));
  return (
    <section class="sheet pad stack" aria-labelledby="whose-word">
      <div>
        <h2 id="whose-word">Whose word holds</h2>
        <p class="muted">
          {months.length === 0
            ? "No month is over yet of which anything was said on its first day."
            : `The last ${count(months.length, "month")}: what each said on the first day, against what came. An own word counts when it was given in the first ten days; the others know nothing later than the day before the first.`}
        </p>
      </div>
      {months.length > 0 && (
        <div class="scroll" tabindex={0} role="region" aria-label="How far off each was">
          <table>
            <thead>
              <tr>
                <th scope="col">Who said it</th>
                <th scope="col" class="num">
                  Months
                </th>
                <th scope="col" class="num">
                  Off by, on average
                </th>
                <th scope="col">Which way</th>
                <th scope="col">Range</th>
              </tr>
            </thead>
            <tbody>
              {spoken.map((voice) => (
                <ScoreRow voice={voice} months={months} data={data} />
              ))}
              <TeamWordRow data={data} />
            </tbody>
          </table>
        </div>
      )}
      <Calibration bins={data.bins} />
      {months.length > 0 && <MonthByMonth data={data} />}
    </section>
  );
}

const pairsOf = (months: readonly VoiceMonth[], voice: Voice) =>
  months.flatMap(({ said }) => {
    const one = said[voice];
    return one ? [{ forecast: one.minor, actual: one.came }] : [];
  });

function ScoreRow({ voice, months, data }: { voice: Voice; months: readonly VoiceMonth[]; data: ForecastData }) {
  const score = voiceScore(pairsOf(months, voice));
  return (
    <tr>
      <th scope="row">{voice === "word" && data.of.id === data.me && !data.isTeam ? "Your own word" : voiceNames[voice]}</th>
      <td class="num">{pairsOf(months, voice).length}</td>
      <td class="num">{score.known ? <b>{percent(score.value.off)}</b> : ""}</td>
      <td class="which-way">{scoreWords(score)}</td>
      <td class="held">{heldWords(voice, months)}</td>
    </tr>
  );
}

/** A manager's own word is about everybody below, and is measured by what all of them won. */
function TeamWordRow({ data: { months, teamWords, of, me } }: { data: ForecastData }) {
  const pairs = months.flatMap(({ periodOn, wonMinor }) => {
    const said = teamWords.get(periodOn);
    return said === undefined ? [] : [{ forecast: said, actual: wonMinor }];
  });
  if (pairs.length === 0) return null;
  const score = voiceScore(pairs);
  return (
    <tr>
      <th scope="row">{of.id === me ? "Your own word for the team" : `${firstName(of.name)}’s word for the team`}</th>
      <td class="num">{pairs.length}</td>
      <td class="num">{score.known ? <b>{percent(score.value.off)}</b> : ""}</td>
      <td class="which-way">{scoreWords(score)}</td>
      <td></td>
    </tr>
  );
}

/** "Mostly too high: promises 18 % too much." or why nobody can tell. */
function scoreWords(score: Estimate<VoiceScore>): string {
  if (!score.known) {
    const { lack, have, need, unit } = score.refusal;
    return lack === "periods" ? `Cannot tell yet: ${have} ${unit}, ${need} needed` : "Nothing came in these months to measure against";
  }
  const { lean, mostly } = score.value;
  const sum =
    Math.abs(lean) < 0.005 ? "promises as much as comes" : `promises ${percent(Math.abs(lean))} too ${lean > 0 ? "much" : "little"}`;
  return `${mostly === "both" ? "Too high as often as too low" : `Mostly too ${mostly}`}: ${sum}`;
}

function heldWords(voice: Voice, months: readonly VoiceMonth[]): string {
  if (voice !== "word" && voice !== "model") return "";
  const [held, of] = voice === "word" ? (["wordHeld", "wordRanges"] as const) : (["modelHeld", "modelRanges"] as const);
  const total = months.reduce((sum, month) => sum + month[of], 0);
  if (total < leastMonths) return "";
  const share = months.reduce((sum, month) => sum + month[held], 0) / total;
  const means = rangeMeans(share, total);
  return `held ${percent(share)} of ${total.toLocaleString("en-US")}${means && `: ${means}`}`;
}

function MonthByMonth({ data: { months, currency } }: { data: ForecastData }) {
  return (
    <details>
      <summary class="small">Month by month</summary>
      <div class="scroll" tabindex={0} role="region" aria-label="Forecasts of each month and what came">
        <table>
          <thead>
            <tr>
              <th scope="col">Month</th>
              <th scope="col" class="num">
                Came
              </th>
              {voices.map((voice) => (
                <th scope="col" class="num">
                  {voiceNames[voice]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {months.map(({ periodOn, wonMinor, said }) => (
              <tr>
                <th scope="row">{monthAndYear(periodOn)}</th>
                <td class="num">
                  <b>{wholeMoney(wonMinor, currency)}</b>
                </td>
                {voices.map((voice) => {
                  const one = said[voice];
                  return (
                    <td class="num">
                      {one ? wholeMoney(one.minor, currency) : <span class="muted">nothing</span>}
                      {one && one.came !== wonMinor && <div class="small muted">{`of ${wholeMoney(one.came, currency)}`}</div>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="small muted">“of …” is what came of those who said something, where not everybody did.</p>
    </details>
  );
}
