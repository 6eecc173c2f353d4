import { question } from "../../domain/preparations/preparation-queries.ts";
import { FivePs } from "../../parts/five-ps.tsx";
import { PointList } from "../../parts/point-list.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, dayIn, firstName, fullDay, list, shortDay, timeIn, weekday } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { OwnNumbers, type Wrong } from "./own-numbers.tsx";
import { OwnWordPart } from "./own-word-part.tsx";
import { openSections, type PreparationData } from "./preparation-data.ts";
import { ProspectsPart } from "./prospects-part.tsx";
import { Written } from "./reading-page.tsx";
import { SavedText } from "./saved-field.tsx";

interface Props {
  c: Request;
  data: PreparationData;
  me: string;
  today: string;
  wrong?: Wrong | undefined;
  /** Something to say above the form: a conflict, a figure that could not be read. */
  problem?: string | undefined;
}

const nothingWrong: Wrong = { errors: {}, typed: {} };

/** About how long it takes: a minute for the own word, half a minute a number, promise or prospect, a minute a question. */
function minutesFor({ measures, promises, agenda, prospects }: PreparationData): number {
  const own = promises.filter(({ outcome }) => outcome === null).length;
  return Math.min(10, Math.ceil(measures.length * 0.5 + own * 0.5 + openSections(agenda).length + (prospects?.list.length ?? 0) * 0.5 + 3));
}

/** The rep's own page before a one-on-one: one page, ten minutes at most. */
export function PreparationPage({ c, data, me, today, wrong = nothingWrong, problem }: Props) {
  const { meeting, preparation } = data;
  const day = dayIn(meeting.plannedStart, meeting.timeZone);
  const manager = meeting.managerName;
  const readers = preparation.submittedAt
    ? `You and ${manager}${meeting.coCoachId ? " and the co-coach" : ""} can read this: you have handed it in.`
    : `Only you can read this until you hand it in. Then ${list([manager, ...(meeting.coCoachId ? ["the co-coach"] : [])])} can too.`;
  return (
    <Shell c={c} title={`Prepare ${meeting.kindName}`} current="week">
      <Head
        title={`Prepare: ${meeting.kindName}`}
        lead={`With ${manager}, ${weekday(day)} ${fullDay(day)}, ${timeIn(meeting.plannedStart, meeting.timeZone)}.${data.canWrite ? ` About ${minutesFor(data)} minutes.` : ""}`}
        readers={readers}
      />
      {problem && (
        <div class="notice watch" role="alert">
          {problem}
        </div>
      )}
      <State data={data} />
      <div class="preparation">
        {data.canWrite ? <Writing data={data} me={me} today={today} wrong={wrong} /> : <Written data={data} today={today} />}
        {data.fivePs.length > 0 && <FivePs marks={data.fivePs} />}
        <section class="sheet pad" aria-labelledby="points">
          <h2 id="points">Points for the agenda</h2>
          <PointList meeting={meeting} points={data.points} sections={data.agenda.sections} me={me} back="preparation" />
        </section>
      </div>
    </Shell>
  );
}

function Writing({ data, me, today, wrong }: { data: PreparationData; me: string; today: string; wrong: Wrong }) {
  return (
    <kept-autosave data-owner={me}>
      <form method="post" action={`/meetings/${data.meeting.id}/preparation`} class="stack" autocomplete="off">
        <OwnNumbers data={data} today={today} wrong={wrong} />
        <OwnWordPart data={data} wrong={wrong} />
        <LastPromises data={data} today={today} wrong={wrong} />
        <ProspectsPart data={data} wrong={wrong} />
        <Questions data={data} wrong={wrong} />
        <section class="sheet pad stack" aria-labelledby="working">
          <h2 id="working">What is working, what is not</h2>
          <SavedText name={question.working} label="Working" data={data} value={wrong.typed[question.working]} />
          <SavedText name={question.notWorking} label="Not working" data={data} value={wrong.typed[question.notWorking]} />
        </section>
        <div class="hand-in">
          <span class="small muted" data-status role="status">
            What you type is saved by itself.
          </span>
          <button class="btn primary" formaction={`/meetings/${data.meeting.id}/preparation/hand-in`}>
            {data.preparation.submittedAt ? "Save changes" : "Hand in"}
          </button>
          <button class="btn">Save for later</button>
        </div>
      </form>
    </kept-autosave>
  );
}

function State({ data: { preparation, meeting, canWrite } }: { data: PreparationData }) {
  if (!canWrite)
    return (
      <div class="notice" role="status">
        {meeting.state === "excused" ? "This one-on-one was excused." : "The one-on-one has begun. Your preparation stays as it was then."}{" "}
        {meeting.state === "open" && <a href={`/meetings/${meeting.id}/room`}>Go to the room</a>}
        {meeting.state === "closed" && <a href={`/meetings/${meeting.id}/record`}>Go to the record</a>}
      </div>
    );
  if (!preparation.submittedAt) return null;
  const day = shortDay(dayIn(preparation.submittedAt, meeting.timeZone));
  return (
    <div class="notice" role="status">
      Handed in {day}. You can still change it until you start.
    </div>
  );
}

function LastPromises({ data, today, wrong }: { data: PreparationData; today: string; wrong: Wrong }) {
  const mine = data.promises.filter(({ ownerId }) => ownerId === data.meeting.repId);
  const theirs = data.promises.filter(({ ownerId }) => ownerId !== data.meeting.repId);
  return (
    <section class="sheet pad stack" aria-labelledby="promises">
      <h2 id="promises">Last promises</h2>
      {data.promises.length === 0 && <p class="muted">None open between you two.</p>}
      {mine.map((promise) => (
        <SavedText
          name={question.promise(promise.id)}
          label={
            <>
              {promise.words}{" "}
              <span class={promise.dueOn < today && !promise.outcome ? "watch-words" : "muted"}>
                by {shortDay(promise.dueOn)}
                {promise.outcome ? `, ${promise.outcome}` : ""}
              </span>
            </>
          }
          hint="How did it go, in your own words?"
          data={data}
          value={wrong.typed[question.promise(promise.id)]}
          rows={2}
        />
      ))}
      {theirs.length > 0 && (
        <div>
          <h3>
            {firstName(data.meeting.managerName)} promised you {count(theirs.length, "thing")}
          </h3>
          <ul>
            {theirs.map((promise) => (
              <li>
                {promise.words} <span class="muted">by {shortDay(promise.dueOn)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Questions({ data, wrong }: { data: PreparationData; wrong: Wrong }) {
  const sections = openSections(data.agenda);
  const asked = new Set(sections.map(({ title }) => question.section(title)));
  const old = [...data.preparation.answers].filter(
    ([name, { words }]) => name.startsWith("section ") && !asked.has(name) && words.trim() !== "",
  );
  if (sections.length + old.length === 0) return null;
  return (
    <section class="sheet pad stack" aria-labelledby="questions">
      <h2 id="questions">To think about</h2>
      {sections.map(({ title, prompts }) => (
        <SavedText
          name={question.section(title)}
          label={
            <>
              {title}
              {prompts.map((prompt) => (
                <span class="q prompt">{prompt}</span>
              ))}
            </>
          }
          data={data}
          value={wrong.typed[question.section(title)]}
        />
      ))}
      {old.map(([name]) => (
        <SavedText name={name} label={`${name.slice(8)} (no longer on the agenda)`} data={data} value={wrong.typed[name]} />
      ))}
    </section>
  );
}
