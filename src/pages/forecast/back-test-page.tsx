import type { BackTestReport } from "../../domain/back-tests/back-test-report.ts";
import type { StoredBackTest } from "../../domain/back-tests/back-test-queries.ts";
import { type Estimate, valueOf } from "../../method/estimate.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { dayIn, fullDay, list, monthAndYear, percent, timeIn } from "../../parts/words.ts";
import { rangeMeans } from "./range-words.ts";
import type { Request } from "../../platform/http.ts";
import { ErrorsByMonth } from "./errors-by-month.tsx";

interface Props {
  c: Request;
  last: StoredBackTest | null;
  zone: string;
}

/** How the model would have done here: every past month forecast on its first day, beside what came. */
export function BackTestPage({ c, last, zone }: Props) {
  return (
    <Shell c={c} title="Back-test" current="forecast">
      <Head
        title="Back-test"
        lead="Every past month, forecast on its first day from what was known that day, beside what came."
        readers="Managers and leaders see this. It is of everybody together: shares only, no amounts and no names."
      >
        <form method="post" action="/forecast/back-test">
          <button class="btn">{last ? "Run it again" : "Run it now"}</button>
        </form>
      </Head>
      {last === null ? <None /> : last.report.known ? <Report report={last.report.value} /> : <Refused words={last.report.refusal.words} />}
      {last && (
        <p class="small muted">
          {`Run on ${fullDay(dayIn(last.madeAt, zone))} at ${timeIn(last.madeAt, zone)}; it took ${(last.tookMs / 1000).toFixed(1)} s. It runs by itself when a month is over.`}
        </p>
      )}
    </Shell>
  );
}

const None = () => (
  <section class="sheet empty">
    <h2>No back-test yet</h2>
    <p>It runs by itself tonight. Run it now, and look again in a minute.</p>
  </section>
);

const Refused = ({ words }: { words: string }) => (
  <section class="sheet empty">
    <h2>Nothing to test with yet</h2>
    <p>{`${words.replace(/^./, (first) => first.toUpperCase())}. Import your closed deals first; with a year of them a back-test means most.`}</p>
  </section>
);

function Report({ report }: { report: BackTestReport }) {
  if (report.groups.length === 0) return <Refused words={report.refused.at(-1)?.words ?? "not enough history"} />;
  return (
    <div class="stack forecast-page">
      <Plainly report={report} />
      <ErrorsByMonth report={report} />
      <Scores report={report} />
      <Standing report={report} />
      <RefusedMonths report={report} />
    </div>
  );
}

const share = (estimate: Estimate<number>): string => (estimate.known ? percent(estimate.value) : "–");

/** What a sales manager takes from it. */
function Plainly({ report: { groups, from, to } }: { report: BackTestReport }) {
  const [all] = groups;
  if (!all) return null;
  const { of, cover, months } = all.scores;
  const means = cover.known ? rangeMeans(cover.value, months) : "";
  const [kept, trailing] = [valueOf(of.kept.rep), valueOf(of.trailing.rep)];
  const better = kept !== null && trailing !== null ? kept < trailing : null;
  return (
    <section class="sheet pad stack tight">
      <h2>{`What it means, ${monthAndYear(from)} to ${monthAndYear(to)}`}</h2>
      <p>
        {`For one rep’s month Kept would have been off by `}
        <b>{share(of.kept.rep)}</b>
        {` of what came. Taking the last three months’ mean again: ${share(of.trailing.rep)}. Three times coverage, open volume divided by three: ${share(of.flat.rep)}.`}
      </p>
      <p>
        {`For everybody’s month together: Kept `}
        <b>{share(of.kept.everybody)}</b>
        {`, the last three months’ mean ${share(of.trailing.everybody)}, three times coverage ${share(of.flat.everybody)}.`}
      </p>
      <p>
        {`The range that should hold four times in five held `}
        <b>{share(cover)}</b>
        {means ? ` of the time: it is ${means}. ` : " of the time. "}
        {better !== null &&
          `A single rep’s month is mostly chance: no forecast gets near nothing. ${
            better
              ? "It helps here: Kept is off by less than repeating the past."
              : "Here Kept is no better than repeating the past for a single rep."
          }`}
      </p>
    </section>
  );
}

interface Row {
  words: string;
  hint: string;
  of: (scores: BackTestReport["groups"][number]["scores"]) => Record<"kept" | "trailing" | "flat", Estimate<number>>;
  isShare: boolean;
}

const rows: Row[] = [
  { words: "Off by, a rep’s month", hint: "lower is better", of: pick("rep"), isShare: true },
  { words: "Off by, each manager’s team", hint: "lower is better", of: pick("team"), isShare: true },
  { words: "Off by, everybody’s month", hint: "lower is better", of: pick("everybody"), isShare: true },
  { words: "Promised too much (+) or too little (−)", hint: "near nothing is better", of: pick("bias"), isShare: true },
  { words: "Chances: squared error (Brier)", hint: "lower is better; .25 is fifty-fifty", of: pick("brier"), isShare: false },
  { words: "Chances: off from how often it came", hint: "lower is better", of: pick("calibration"), isShare: true },
  { words: "Chances: tell hits from misses (area)", hint: "higher is better; .5 is guessing", of: pick("area"), isShare: false },
];

function pick(measure: "rep" | "team" | "everybody" | "bias" | "brier" | "calibration" | "area"): Row["of"] {
  return ({ of }) => ({ kept: of.kept[measure], trailing: of.trailing[measure], flat: of.flat[measure] });
}

const forecasterWords = { kept: "Kept", trailing: "Three months’ mean", flat: "Flat 3×" } as const;

const figure = (estimate: Estimate<number>, isShare: boolean): string =>
  !estimate.known ? "–" : isShare ? percent(estimate.value).replace("-", "−") : estimate.value.toFixed(2).replace(/^0\./, ".");

/** The whole table: the last three months apart, since a method can be tuned on the earlier ones. */
function Scores({ report: { groups } }: { report: BackTestReport }) {
  return (
    <section class="sheet" aria-labelledby="scores">
      <h2 class="pad" id="scores">
        The whole table
      </h2>
      <div class="scroll" tabindex={0} role="region" aria-label="Scores of the back-test">
        <table class="back-test">
          <thead>
            <tr>
              <th scope="col">Measure</th>
              <th scope="col">Forecast by</th>
              {groups.map(({ words, scores }) => (
                <th scope="col" class="num">
                  {words}
                  <div class="small muted">{`${scores.months.toLocaleString("en-US")} people’s months`}</div>
                </th>
              ))}
            </tr>
          </thead>
          {rows.map(({ words, hint, of, isShare }) => (
            <tbody>
              {(["kept", "trailing", "flat"] as const).map((by, place) => (
                <tr>
                  {place === 0 && (
                    <th scope="rowgroup" rowspan={3}>
                      {words}
                      <div class="small muted">{hint}</div>
                    </th>
                  )}
                  <td>{by === "kept" ? <b>{forecasterWords[by]}</b> : forecasterWords[by]}</td>
                  {groups.map(({ scores }) => (
                    <td class="num">{figure(of(scores)[by], isShare)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
          <tbody>
            <tr>
              <th scope="rowgroup">
                Range held
                <div class="small muted">four in five is meant</div>
              </th>
              <td>
                <b>Kept</b>
              </td>
              {groups.map(({ scores }) => (
                <td class="num">{share(scores.cover)}</td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <p class="pad small muted">
        “Last three” are the last three whole months. Whoever changes the method looks at the earlier ones only, so these are the honest
        test.
      </p>
    </section>
  );
}

function Standing({ report: { rates, newDeals, quarters } }: { report: BackTestReport }) {
  return (
    <section class="sheet pad stack tight">
      <h2>What the history says</h2>
      {rates.known && (
        <p>
          {`Win rates of ${rates.value.people} people lie between ${percent(rates.value.rawLow)} and ${percent(rates.value.rawHigh)} as counted. With chance taken out: ${percent(rates.value.low)} to ${percent(rates.value.high)}; ${
            rates.value.flagged === 0
              ? "nobody differs by more than chance."
              : `${rates.value.flagged} ${rates.value.flagged === 1 ? "differs" : "differ"} by more than chance.`
          }`}
        </p>
      )}
      {newDeals.known && (
        <p>
          {newDeals.value.open < 0.005
            ? `Of 100 new deals ${whole(newDeals.value.won)} are won and ${whole(newDeals.value.lost)} lost; none stays open for good.`
            : `Of 100 new deals ${whole(newDeals.value.won)} are won, ${whole(newDeals.value.lost)} lost, and ${whole(newDeals.value.open)} never close. Counting only won and lost would promise ${whole(newDeals.value.naive)} wins.`}
        </p>
      )}
      {quarters.length > 0 && (
        <p>
          {"Did those who were asked for more coverage at the start of a quarter then need more? 1 is always, 0 is no connection: "}
          {list(
            quarters.map(
              ({ month, agreed }) =>
                `${monthAndYear(month)} ${agreed.known ? agreed.value.toFixed(2).replace("-", "−") : `cannot be told (${agreed.refusal.words})`}`,
            ),
          )}
          .
        </p>
      )}
    </section>
  );
}

/** A share as so many of a hundred. */
const whole = (of: number): string => String(Math.round(100 * of));

function RefusedMonths({ report: { refused } }: { report: BackTestReport }) {
  if (refused.length === 0) return null;
  const byWords = Map.groupBy(refused, ({ words }) => words.replace(/\d+ (?=days)/, ""));
  return (
    <section class="sheet pad stack tight">
      <h2>Months without a forecast</h2>
      <ul>
        {[...byWords.values()].map((some) => (
          <li>{`${list(some.map(({ month }) => monthAndYear(month)))}: ${some.at(-1)?.words}.`}</li>
        ))}
      </ul>
    </section>
  );
}
