import { scaleLinear } from "d3-scale";
import type { WordHorizon } from "../../domain/own-words/own-word-queries.ts";
import type { Child } from "hono/jsx";
import { wholeMoney, percent } from "../../parts/words.ts";
import type { Figures, Said } from "./add-up.ts";
import type { ForecastData } from "./forecast-data.ts";

const width = 320;
export const voiceNames = {
  claimed: "Claimed",
  verified: "Verified",
  word: "Own word",
  model: "Model",
  trailing: "The last three months again",
} as const;

/** What the four say of one period, side by side on one scale, with what is won and asked for. */
export function PeriodPart({ data, horizon, children }: { data: ForecastData; horizon: WordHorizon; children?: Child }) {
  const figures = data.figures[horizon];
  const goal = data.goal[horizon] ?? null;
  const id = `period-${horizon}`;
  const isOwn = data.of.id === data.me && !data.isTeam;
  return (
    <section class="sheet pad stack" aria-labelledby={id}>
      <div class="spread">
        <h2 id={id}>{data.periods[horizon].label}</h2>
        <span class="muted">
          Won so far{" "}
          {figures.won === null ? (
            isMade(data, horizon) ? (
              "nothing"
            ) : (
              "is being worked out"
            )
          ) : (
            <b>{wholeMoney(figures.won, data.currency)}</b>
          )}
          {figures.quota !== null && `, quota ${wholeMoney(figures.quota, data.currency)}`}
          {goal !== null && `, ${isOwn ? "your" : "own"} goal ${wholeMoney(goal, data.currency)}`}
        </span>
      </div>
      <div class="scroll" tabindex={0} role="region" aria-label={`The forecast for ${data.periods[horizon].label}`}>
        <table class="voices">
          <thead>
            <tr>
              <th scope="col">Who says</th>
              <th scope="col" class="num">
                Will close
              </th>
              <th scope="col">Between</th>
              <th scope="col">
                <Scale figures={figures} goal={goal} />
              </th>
              <th scope="col" class="num">
                Of quota
              </th>
            </tr>
          </thead>
          <tbody>
            {(["claimed", "verified", "word", "model"] as const).map((voice) => (
              <VoiceRow voice={voice} figures={figures} goal={goal} data={data} horizon={horizon} />
            ))}
          </tbody>
        </table>
      </div>
      {!figures.claimed && (figures.model || figures.word || figures.won) && (
        <p class="small muted">
          Claimed and verified count open deals with an expected day in this time, by the chance of their stage. There is none yet, or no{" "}
          <a href="/process">sales process</a>.
        </p>
      )}
      {children}
    </section>
  );
}

const isMade = ({ madeAt, pending }: ForecastData, horizon: WordHorizon): boolean => madeAt !== null && !pending.has(horizon);

function scaleOf({ won, quota, claimed, verified, word, model }: Figures, goal: number | null) {
  const said = [claimed, verified, word, model].flatMap((one) => (one ? [one.minor, one.high ?? 0] : []));
  return scaleLinear([0, Math.max(1, won ?? 0, quota ?? 0, goal ?? 0, ...said) * 1.04], [0, width]);
}

const at = (value: number): number => Math.round(value * 10) / 10;

function Scale({ figures, goal }: { figures: Figures; goal: number | null }) {
  if (figures.quota === null && goal === null) return <span class="visually-hidden">On one scale</span>;
  return (
    <span class="legend">
      {figures.quota !== null && (
        <>
          <Mark class="quota-line" /> quota
        </>
      )}
      {goal !== null && (
        <>
          {" "}
          <Mark class="goal-line" /> goal
        </>
      )}
    </span>
  );
}

const Mark = ({ class: name }: { class: string }) => (
  <svg width="8" height="12" aria-hidden="true">
    <line class={name} x1="4" x2="4" y1="0" y2="12" />
  </svg>
);

interface RowProps {
  voice: "claimed" | "verified" | "word" | "model";
  figures: Figures;
  goal: number | null;
  data: ForecastData;
  horizon: WordHorizon;
}

function VoiceRow({ voice, figures, goal, data, horizon }: RowProps) {
  const said = figures[voice];
  const { currency } = data;
  return (
    <tr>
      <th scope="row">
        <Source voice={voice} data={data} horizon={horizon} />
        {voice === "word" && said && figures.sellers > 1 && (
          <span class="small muted">
            {figures.wordsOf === figures.sellers ? ` of ${figures.sellers} people` : ` of ${figures.wordsOf} of ${figures.sellers} people`}
          </span>
        )}
      </th>
      <td class="num">
        {said ? (
          <b>{wholeMoney(said.minor, currency)}</b>
        ) : (
          <span class="muted">{isMade(data, horizon) || voice === "word" ? lackingIn(voice, figures) : "being worked out"}</span>
        )}
      </td>
      <td>{said ? rangeWords(said, currency) : ""}</td>
      <td class="on-scale">
        <Bar said={said} figures={figures} goal={goal} />
      </td>
      <td class="num">{said && figures.quota ? percent(said.minor / figures.quota) : ""}</td>
    </tr>
  );
}

const lacking = {
  claimed: "no open deal due",
  verified: "no open deal due",
  word: "not given yet",
  model: "not enough history",
};

/** Where something is claimed and nothing can be verified, the process asks nothing of the customer. */
const lackingIn = (voice: RowProps["voice"], { claimed }: Figures): string =>
  voice === "verified" && claimed ? "no evidence asked" : lacking[voice];

function rangeWords({ low, high }: Said, currency: string): string {
  if (low !== null && high !== null) return `${wholeMoney(low, currency)} and ${wholeMoney(high, currency)}`;
  if (low !== null) return `at least ${wholeMoney(low, currency)}`;
  return high === null ? "" : `at most ${wholeMoney(high, currency)}`;
}

/** From here to where the figure comes from. */
function Source({ voice, data: { of, me, isTeam }, horizon }: { voice: RowProps["voice"]; data: ForecastData; horizon: WordHorizon }) {
  const pipeline = `/pipeline?${isTeam ? "manager" : "rep"}=${of.id}&horizon=${horizon}`;
  if (voice === "model") return isTeam ? <>{voiceNames.model}</> : <a href={`/people/${of.id}/coverage`}>{voiceNames.model}</a>;
  if (voice === "word") return <>{of.id === me && !isTeam ? "Your own word" : voiceNames.word}</>;
  return <a href={pipeline}>{voiceNames[voice]}</a>;
}

function Bar({ said, figures, goal }: { said: Said | null; figures: Figures; goal: number | null }) {
  const x = scaleOf(figures, goal);
  const won = figures.won ?? 0;
  return (
    <svg width="100%" height="22" viewBox={`0 0 ${width} 22`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-back" y="4" width={width} height="14" />
      <rect class="bar won" y="4" width={at(x(Math.min(won, said?.minor ?? won)))} height="14" />
      {said && (
        <rect class="bar to-come" x={at(x(Math.min(won, said.minor)))} y="4" width={at(x(Math.max(0, said.minor - won)))} height="14" />
      )}
      {said && said.low !== null && said.high !== null && <line class="range" x1={at(x(said.low))} x2={at(x(said.high))} y1="11" y2="11" />}
      {figures.quota !== null && <line class="quota-line" x1={at(x(figures.quota))} x2={at(x(figures.quota))} y1="0" y2="22" />}
      {goal !== null && <line class="goal-line" x1={at(x(goal))} x2={at(x(goal))} y1="0" y2="22" />}
    </svg>
  );
}

/** In plain words what each figure is made of. */
export const HowMade = ({ data }: { data: ForecastData }) => (
  <details>
    <summary class="small">Where these figures come from</summary>
    <dl class="how-made small">
      <dt>Claimed</dt>
      <dd>
        What is won, and every open deal that should close within the period, each by the chance its stage has in your{" "}
        <a href="/process">sales process</a>. Deals without an expected day, and overdue ones from before the period, count nothing.
      </dd>
      <dt>Verified</dt>
      <dd>The same deals by the stage the customer has paid for with evidence, instead of the one claimed.</dd>
      <dt>Own word</dt>
      <dd>
        What {data.isTeam ? "each rep" : "the rep"} says will come, given before a one-on-one without seeing these figures, or on this page.
      </dd>
      <dt>Model</dt>
      <dd>
        How deals of this age have closed here so far, what new ones bring, and the last three months’ mean. It should lie within the range
        four times in five.
      </dd>
    </dl>
  </details>
);
