import { wordHorizons, type WordHorizon } from "../../domain/own-words/own-word-queries.ts";
import { WithoutRate } from "../../parts/without-rate.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import { wordInWords } from "../../parts/own-word-words.ts";
import { dayIn, firstName, fullDay, shortDay, timeIn } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import type { ForecastData } from "./forecast-data.ts";
import { OwnWordForm, WordsSaid, type WrongWord } from "./own-word-form.tsx";
import { HowMade, PeriodPart } from "./period-part.tsx";
import { RollUp } from "./roll-up.tsx";
import { WhoseWord } from "./whose-word.tsx";

interface Props {
  c: Request;
  data: ForecastData;
  shown: WordHorizon;
  wrong: WrongWord | undefined;
}

/** What the month and the quarter of a rep, a team or a tree will bring, told in four ways, and whose telling holds. */
export function ForecastPage({ c, data, shown, wrong }: Props) {
  const { of, me, isTeam, today } = data;
  const isMine = of.id === me;
  const isEmpty = wordHorizons.every((horizon) => {
    const { claimed, model, word, won } = data.figures[horizon];
    return !claimed && !model && !word && !won;
  });
  return (
    <Shell c={c} title="Forecast" current="forecast">
      <Head
        title={isMine ? "Forecast" : `Forecast: ${of.name}`}
        lead={`What ${data.periods.month.label} and ${data.periods.quarter.label} will bring, as it stands on ${fullDay(today)}.`}
        readers="Amounts only: you and those you report to see them, and of a month or quarter that is over those you reported to in it. Nothing a pair writes is here."
      >
        {!isMine && (
          <a class="btn" href={of.managerId && of.managerId !== me ? `/forecast?person=${of.managerId}` : "/forecast"}>
            One level up
          </a>
        )}
        {data.hasPeople && (
          <a class="btn" href="/forecast/back-test">
            Back-test
          </a>
        )}
        <a class="btn" href={`/forecast.csv${isMine ? "" : `?person=${of.id}`}`} data-turbo="false">
          Export CSV
        </a>
      </Head>
      {isEmpty && <Nothing data={data} />}
      {data.withoutRate.length > 0 && (
        <div class="notice watch printed">
          <WithoutRate leftOut={data.withoutRate} viewer={c.get("viewer")} />
        </div>
      )}
      <div class="stack forecast-page">
        {wordHorizons.map((horizon) => (
          <PeriodPart data={data} horizon={horizon}>
            {isTeam && <TeamWord data={data} horizon={horizon} />}
            {isMine && <OwnWordForm data={data} horizon={horizon} wrong={wrong} />}
          </PeriodPart>
        ))}
        <div>
          <HowMade data={data} />
          <WordsSaid data={data} />
          <p class="small muted">{ageWords(data)}</p>
        </div>
        {isTeam && <RollUp data={data} shown={shown} />}
        <WhoseWord data={data} />
      </div>
    </Shell>
  );
}

/** What the manager says of the whole team, beside what their people say. */
function TeamWord({ data, horizon }: { data: ForecastData; horizon: WordHorizon }) {
  const word = data.words.get(horizon);
  if (!word || data.of.id === data.me) return null;
  const day = shortDay(dayIn(word.saidAt, data.zone));
  return <p>{`${firstName(data.of.name)}’s own word for the team, of ${day}: ${wordInWords(word, data.currency)}.`}</p>;
}

const ageWords = ({ madeAt, zone }: ForecastData): string =>
  madeAt
    ? `Worked out on ${fullDay(dayIn(madeAt, zone))} at ${timeIn(madeAt, zone)}. After a change newer figures follow within minutes; own words show at once.`
    : "Not worked out yet: that happens in the background within minutes. Own words show at once.";

function Nothing({ data }: { data: ForecastData }) {
  const isMade = data.madeAt && data.pending.size === 0;
  return (
    <section class="sheet empty">
      <h2>{isMade ? "Nothing to forecast from yet" : data.madeAt ? "The forecast is on its way" : "The first forecast is on its way"}</h2>
      <p>
        {isMade
          ? "A forecast needs open deals with an expected day and a sales process with a chance for each stage; the model needs ninety days of history. An admin brings the deals in under Set-up."
          : "It is worked out in the background and stands here within minutes. Your own word you can say now."}
      </p>
    </section>
  );
}
