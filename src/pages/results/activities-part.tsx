import type { ActivityTargets } from "../../domain/activities/activity-levels-queries.ts";
import type { PersonNumbers } from "../../domain/numbers/stored-shape.ts";
import { addDays } from "../../method/days.ts";
import { refusalWords } from "../../parts/refusal-words.ts";
import { count, fullDay, oneDigit, percent, shortDay } from "../../parts/words.ts";
import { NoNumbers, trendWords } from "./numbers-parts.tsx";
import type { ResultsData } from "./results-data.ts";
import { whoOf } from "./results-words.ts";

type TypeNumbers = PersonNumbers["activities"]["types"][number];

/** What was done, whether that changes, how much of it a won deal takes, and where it went. */
export function ActivitiesPart({ data }: { data: ResultsData }) {
  const { levels, shown, person } = data;
  const who = whoOf(data);
  const numbers = shown.numbers?.activities ?? null;
  return (
    <section class="sheet" aria-labelledby="activities">
      <div class="pad stack tight">
        <h2 id="activities">Activities</h2>
        {levels.byType.length === 0 ? (
          <p>
            No calls, meetings, mails or demos of {who.isSelf ? "yours" : person.name} are known this year. They come with an import of
            activities, or through the API.
          </p>
        ) : (
          <p class="muted small">
            What {who.isSelf ? "you have" : `${who.subject} has`} done, as the CRM has it. Nobody is compared with anybody.
          </p>
        )}
      </div>
      {levels.byType.length > 0 && (
        <>
          <Levels data={data} numbers={numbers} />
          <div class="pad stack tight">{numbers ? <Where numbers={numbers} /> : <NoNumbers data={data} refusal={shown.refusal} />}</div>
          <Went data={data} />
        </>
      )}
    </section>
  );
}

const names: Record<string, string> = { call: "Calls", meeting: "Meetings", mail: "Mails", demo: "Demos" };
const nameOf = (type: string): string => names[type] ?? type;

function Levels({ data: { levels, figures }, numbers }: { data: ResultsData; numbers: PersonNumbers["activities"] | null }) {
  const [month, quarter, year] = figures.periods.map(({ period }) => period.label);
  const byType = new Map(numbers?.types.map((one) => [one.type, one]));
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Activities by type">
      <table class="levels">
        <thead>
          <tr>
            <th scope="col">Type</th>
            {[month, quarter, year].map((label) => (
              <th scope="col" class="num">
                {label}
              </th>
            ))}
            {numbers && (
              <>
                <th scope="col">By week</th>
                <th scope="col">Trend</th>
                <th scope="col">For one deal won</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {levels.byType.map((level) => (
            <tr>
              <th scope="row">{nameOf(level.type)}</th>
              <td class="num">{level.month}</td>
              <td class="num">{level.quarter}</td>
              <td class="num">{level.year}</td>
              {numbers && <TypeCells one={byType.get(level.type)} />}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** So much more or less by now: of what is done less than once in ten weeks, in words alone. */
const moreWords = (size: number, more: "more" | "less"): string =>
  size < 0.1 ? `slightly ${more} by now` : `about ${oneDigit(size)} ${more} a week by now`;

function TypeCells({ one }: { one: TypeNumbers | undefined }) {
  if (!one)
    return (
      <td colspan={3} class="muted">
        new since the numbers were worked out
      </td>
    );
  const weeks = one.weeks.length;
  return (
    <>
      <td>
        <Spark weeks={one.weeks} />
      </td>
      <td class="told">{trendWords(one.trend, weeks, "week", (size, more) => moreWords(size * weeks, more))}</td>
      <td class="told">
        {one.perWin.known ? (
          <>
            <b>{whole(one.perWin.value.each)}</b>
            <span class="muted">
              {" "}
              ({whole(one.perWin.value.low)} to {whole(one.perWin.value.high)})
            </span>
          </>
        ) : (
          <span class="muted">{refusalWords(one.perWin.refusal).what}</span>
        )}
      </td>
    </>
  );
}

const whole = (n: number): string => (n < 10 ? oneDigit(n) : Math.round(n).toLocaleString("en-US"));

const [sparkWidth, sparkHeight] = [130, 26];

function Spark({ weeks }: { weeks: readonly number[] }) {
  if (weeks.length === 0) return <span class="muted">no whole week yet</span>;
  const most = Math.max(1, ...weeks);
  const each = Math.min(12, sparkWidth / weeks.length);
  const last = weeks.slice(-4);
  const mean = last.reduce((sum, one) => sum + one, 0) / last.length;
  return (
    <>
      <svg class="spark" width={sparkWidth} height={sparkHeight} viewBox={`0 0 ${sparkWidth} ${sparkHeight}`} aria-hidden="true">
        {weeks.map((done, at) => {
          const tall = done === 0 ? 1 : Math.max(2, Math.round((done / most) * sparkHeight));
          return (
            <rect x={Math.round(at * each * 10) / 10} y={sparkHeight - tall} width={Math.max(1, Math.round(each * 7) / 10)} height={tall} />
          );
        })}
      </svg>
      <span class="muted small detail">
        {oneDigit(mean)} a week{last.length > 1 ? `, last ${last.length} weeks` : ""}
      </span>
    </>
  );
}

/** Where the figures come from, and the weeks as a table. */
function Where({ numbers }: { numbers: PersonNumbers["activities"] }) {
  const { from, until, won, weeksFrom, types } = numbers;
  const weeks = Math.max(0, ...types.map((one) => one.weeks.length));
  return (
    <details>
      <summary class="small">Where it comes from, and week by week</summary>
      <dl class="facts small">
        <dt>Trend</dt>
        <dd>
          Of whole weeks from {fullDay(weeksFrom)} on. Said only where chance alone would show as much less than one time in twenty; eight
          weeks are the least, and a slow change takes far longer to see.
        </dd>
        <dt>For one deal won</dt>
        <dd>
          All done from {fullDay(from)} to {fullDay(addDays(until, -1))}, over the {count(won, "deal")} won in the same time. In brackets:
          the range it lies in four times in five.
        </dd>
      </dl>
      {weeks > 0 && (
        <div class="scroll" tabindex={0} role="region" aria-label="Activities week by week">
          <table>
            <thead>
              <tr>
                <th scope="col">Week of</th>
                {types.map(({ type }) => (
                  <th scope="col" class="num">
                    {nameOf(type)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {Array.from({ length: weeks }, (_, back) => weeks - 1 - back).map((at) => (
                <tr>
                  <td>{shortDay(addDays(weeksFrom, 7 * at))}</td>
                  {types.map((one) => (
                    <td class="num">{one.weeks[at] ?? 0}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}

/** By account, by place, on deals or not: the quarter that runs. */
function Went({ data: { levels, figures } }: { data: ResultsData }) {
  const { byAccount, byPlace, inQuarter, onDeals } = levels;
  if (inQuarter === 0) return null;
  const label = figures.periods.find(({ horizon }) => horizon === "quarter")?.period.label ?? "the quarter";
  return (
    <div class="pad stack tight">
      <h3>Where they went in {label}</h3>
      <p class="small muted">
        {count(inQuarter, "activity", "activities")}, {percent(onDeals / inQuarter)} of them on a deal. The CRM gives no length: these are
        shares of their number.
      </p>
      <div class="went">
        <Targets title="Account" targets={byAccount} all={inQuarter} />
        {byPlace.named.length > 0 && <Targets title="Place" targets={byPlace} all={inQuarter} />}
      </div>
    </div>
  );
}

function Targets({ title, targets, all }: { title: string; targets: ActivityTargets; all: number }) {
  const rows = [
    ...targets.named,
    ...(targets.others > 0 ? [{ name: "others", done: targets.others }] : []),
    ...(targets.without > 0 ? [{ name: `no ${title.toLowerCase()} given`, done: targets.without }] : []),
  ];
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col" class="num">
            Activities
          </th>
          <th scope="col" class="num">
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, done }) => (
          <tr>
            <td>
              {name}
              <svg class="share" width="100%" height="4" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect class="bar-back" width="100" height="4" />
                <rect class="bar verified" width={Math.round((done / all) * 1000) / 10} height="4" />
              </svg>
            </td>
            <td class="num">{done}</td>
            <td class="num">{percent(done / all)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
