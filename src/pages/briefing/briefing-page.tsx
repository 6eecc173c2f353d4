import type { Commitment } from "../../domain/commitments/commitment-queries.ts";
import { question } from "../../domain/preparations/preparation-queries.ts";
import { questionsToAsk } from "../../method/questions-to-ask.ts";
import { readingTime } from "../../method/reading-time.ts";
import { statedDifference } from "../../method/stated-difference.ts";
import { FivePs } from "../../parts/five-ps.tsx";
import { StageLine } from "../../parts/stage-cell.tsx";
import { keptStory } from "../../parts/kept-prospects.tsx";
import { PointList } from "../../parts/point-list.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import { AgreedTag } from "../../parts/story-panel.tsx";
import { count, dayIn, firstName, fullDay, readersOf, shortDay, timeIn, weekday } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import type { BriefingData } from "./briefing-data.ts";
import { NotBacked } from "./not-backed.tsx";
import { NumbersPart } from "./numbers-part.tsx";
import { News } from "./news-part.tsx";
import { OwnFigures, Results } from "./results-part.tsx";

interface Props {
  data: BriefingData;
  me: string;
  currency: string;
}

/** What the manager reads before a one-on-one, in five minutes at most; also on paper. */
export function BriefingPage({ c, ...props }: Props & { c: Request }) {
  const { meeting } = props.data;
  const body = <Body {...props} />;
  const { words, minutes } = readingTime(String(body));
  const day = dayIn(meeting.plannedStart, meeting.timeZone);
  return (
    <Shell c={c} title={`Briefing: ${meeting.repName}`} current="week" live={`meeting:${meeting.id}`}>
      <Head
        title={`Briefing: ${meeting.repName}`}
        lead={`${meeting.kindName}, ${weekday(day)} ${fullDay(day)}, ${timeIn(meeting.plannedStart, meeting.timeZone)}. ${count(minutes, "minute")} to read (${count(words, "word")}).`}
        readers={readersOf(meeting, props.me)}
      >
        <button class="btn" type="button" data-print hidden>
          Print
        </button>
        <a class="btn" href={`/meetings/${meeting.id}/preparation`}>
          Preparation
        </a>
        {meeting.state === "closed" ? (
          <a class="btn primary" href={`/meetings/${meeting.id}/record`}>
            Record
          </a>
        ) : (
          <a class="btn primary" href={`/meetings/${meeting.id}/room`}>
            Go to the room
          </a>
        )}
      </Head>
      {body}
    </Shell>
  );
}

function Body({ data, me, currency }: Props) {
  const { meeting, deals, last } = data;
  return (
    <div class="briefing">
      <div class="stack">
        <Promises data={data} />
        {deals ? (
          <>
            <Results data={data} deals={deals} currency={currency} />
            <NumbersPart data={data} />
            <NotBacked data={data} deals={deals} />
            <News deals={deals} ownerId={meeting.repId} zone={meeting.timeZone} neverMet={!last} />
          </>
        ) : (
          <section class="sheet pad stack tight">
            <h2>Results and pipeline</h2>
            <p class="muted">They are shown to whom {firstName(meeting.repName)} reports; you read what the two say about them.</p>
            <OwnFigures data={data} currency={currency} rep={firstName(meeting.repName)} />
          </section>
        )}
      </div>
      <div class="stack">
        <ToAsk data={data} />
        <Prospects data={data} />
        <section class="sheet pad" aria-labelledby="points">
          <h2 id="points">Points</h2>
          <PointList meeting={meeting} points={data.points} sections={data.agenda.sections} me={me} back="briefing" />
        </section>
        <Themes data={data} />
        {data.fivePs.length > 0 && <FivePs marks={data.fivePs} />}
      </div>
    </div>
  );
}

function Promises({ data }: { data: BriefingData }) {
  const { meeting, promises, last, today } = data;
  return (
    <section class="sheet pad stack tight" aria-labelledby="promises">
      <h2 id="promises">Last promises</h2>
      {promises.length === 0 ? (
        <p class="muted">{last ? "None open, and none made the last time." : `You and ${firstName(meeting.repName)} have not met yet.`}</p>
      ) : (
        <p class="muted">{howTheyWent(promises)}</p>
      )}
      <ul class="promises">
        {promises.map((promise) => (
          <li>
            <span>
              <b>{promise.ownerId === meeting.repId ? firstName(meeting.repName) : firstName(meeting.managerName)}:</b> {promise.words}
              <OwnWords data={data} promise={promise} />
            </span>
            <State promise={promise} today={today} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "2 of 3 kept. 4 are still open." */
function howTheyWent(promises: readonly Commitment[]): string {
  const settled = promises.filter(({ outcome }) => outcome !== null);
  const open = promises.length - settled.length;
  const kept = settled.filter(({ outcome }) => outcome === "kept").length;
  return [
    settled.length > 0 ? `${kept} of ${settled.length} kept.` : "",
    open > 0 ? `${open} still open: settle ${open === 1 ? "it" : "them"} first.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function OwnWords({ data, promise }: { data: BriefingData; promise: Commitment }) {
  const words = promise.outcomeWords || data.preparation.answers.get(question.promise(promise.id))?.words.trim();
  return words ? <div class="muted written">{words}</div> : null;
}

function State({ promise, today }: { promise: Commitment; today: string }) {
  if (promise.outcome)
    return (
      <span class={`tag ${promise.outcome === "kept" ? "kept" : promise.outcome === "partly" ? "watch" : "missed"}`}>
        {promise.outcome}
      </span>
    );
  const late = promise.dueOn < today;
  return <span class={`tag ${late ? "watch" : ""}`}>{late ? `was due ${shortDay(promise.dueOn)}` : `due ${shortDay(promise.dueOn)}`}</span>;
}

function ToAsk({ data }: { data: BriefingData }) {
  const { deals, preparation, promises, today, meeting } = data;
  const figure = preparation.figures.get("month_result");
  const off = figure && figure.stated !== null && figure.actual !== null ? statedDifference(figure.stated, figure.actual).share : null;
  const computed = questionsToAsk({
    overdue: promises
      .filter(({ outcome, dueOn, ownerId }) => !outcome && dueOn < today && ownerId === meeting.repId)
      .map(({ words }) => words),
    missed: deals && !deals.agreed ? deals.missed : null,
    statedShareOff: off,
    slipped: (deals?.news.slipped ?? []).map(({ name, fromDay, toDay }) => ({ name, from: shortDay(fromDay), to: shortDay(toDay) })),
    stuck: (deals?.news.stuck ?? []).map(({ name, quietDays }) => ({ name, days: quietDays })),
    lost: (deals?.news.lost ?? []).map(({ name }) => name),
    won: (deals?.news.won ?? []).map(({ name }) => name),
    created: deals ? deals.news.created.length : null,
  });
  return (
    <section class="sheet pad stack tight" aria-labelledby="ask">
      <h2 id="ask">What to ask</h2>
      {computed.length > 0 && (
        <ul class="asks">
          {computed.map((words) => (
            <li class="q">{words}</li>
          ))}
        </ul>
      )}
      <h3>From the agenda</h3>
      <ul class="news">
        {data.agenda.sections.map(({ title, minutes, prompts }) => (
          <li>
            <b>{title}</b>, {minutes} min{prompts[0] && <span class="muted">: {prompts[0]}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where each prepared prospect goes next, and whether the customer agreed; the stories themselves wait in the room. */
function Prospects({ data: { prospects, prospectsVerified } }: { data: BriefingData }) {
  if (prospects.length === 0) return null;
  return (
    <section class="sheet pad stack tight" aria-labelledby="prospects">
      <h2 id="prospects">Prospects prepared</h2>
      <ul class="news">
        {prospects.map((one) => {
          const story = keptStory(one.handedIn);
          const on = one.handedIn.get("next_step_on");
          return (
            <li>
              <a href={`/opportunities/${one.opportunityId}`}>{one.name}</a>,{" "}
              <StageLine claimed={one.stage} verified={prospectsVerified.get(one.opportunityId)} full />:{" "}
              {one.handedIn.get("next_step") ? (
                <>
                  {on && `${shortDay(on)}: `}
                  {one.handedIn.get("next_step")}
                </>
              ) : (
                <span class="muted">no next step written</span>
              )}{" "}
              <AgreedTag story={story} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const mostEntries = 8;

/** Open themes: what was and was not working the last times, and what the rep writes of it now. */
function Themes({ data }: { data: BriefingData }) {
  const { entries, preparation, meeting } = data;
  const now = [
    ["Working, in the preparation", preparation.answers.get(question.working)?.words.trim()],
    ["Not working, in the preparation", preparation.answers.get(question.notWorking)?.words.trim()],
  ].filter(([, words]) => words);
  const shown = entries.toSorted((a, b) => Number(a.side === "working") - Number(b.side === "working")).slice(0, mostEntries);
  return (
    <section class="sheet pad stack tight" aria-labelledby="themes">
      <h2 id="themes">Open themes</h2>
      {now.length + shown.length === 0 && <p class="muted">Nothing was noted as working or not working the last times.</p>}
      {now.map(([title, words]) => (
        <div>
          <h3>{title}</h3>
          <p class="written">{words}</p>
        </div>
      ))}
      <ul class="news">
        {shown.map((entry) => (
          <li>
            <span class={`tag ${entry.side === "working" ? "kept" : "watch"}`}>{entry.side}</span> {entry.words}
            <span class="muted">
              {" "}
              {[entry.theme, entry.about, shortDay(dayIn(entry.heldAt, meeting.timeZone))].filter(Boolean).join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
