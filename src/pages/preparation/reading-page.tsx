import type { Commitment } from "../../domain/commitments/commitment-queries.ts";
import { type Measure, question } from "../../domain/preparations/preparation-queries.ts";
import { differenceWords, earlierWords, figureName, figureValue } from "../../parts/figure-words.ts";
import { KeptProspects } from "../../parts/kept-prospects.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import { dayIn, firstName, fullDay, readersOf, shortDay, timeIn, weekday } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { SaidWords } from "./own-word-part.tsx";
import type { PreparationData } from "./preparation-data.ts";

/** What the manager sees of a preparation: that it is not there yet, or, once handed in, what the rep wrote. */
export function ReadingPage({ c, data, me, today }: { c: Request; data: PreparationData; me: string; today: string }) {
  const { meeting, preparation } = data;
  const day = dayIn(meeting.plannedStart, meeting.timeZone);
  const rep = firstName(meeting.repName);
  return (
    <Shell c={c} title={`${meeting.repName}’s preparation`} current="week" live={`meeting:${meeting.id}`}>
      <Head
        title={`${meeting.repName}’s preparation`}
        lead={`${meeting.kindName}, ${weekday(day)} ${fullDay(day)}, ${timeIn(meeting.plannedStart, meeting.timeZone)}`}
        readers={readersOf(meeting, me)}
      >
        <a class="btn" href={`/meetings/${meeting.id}/briefing`}>
          Briefing
        </a>
      </Head>
      {preparation.submittedAt ? (
        <Written data={data} today={today} />
      ) : (
        <section class="sheet empty">
          <h2>{preparation.startedAt ? `${rep} is still writing` : `${rep} has not begun`}</h2>
          <p>
            You can read it once {rep} hands it in. It is {rep}’s to write: nobody can fill it in instead.
          </p>
        </section>
      )}
    </Shell>
  );
}

/** A preparation as it was written, to read only. */
export function Written({ data, today }: { data: PreparationData; today: string }) {
  const { preparation, meeting, currency } = data;
  const rep = firstName(meeting.repName);
  const said = data.measures.filter((measure) => preparation.figures.has(measure));
  const answers = [...preparation.answers].filter(([name, { words }]) => name.startsWith("section ") && words.trim() !== "");
  return (
    <div class="stack">
      {preparation.submittedAt && <p class="muted">Handed in {shortDay(dayIn(preparation.submittedAt, meeting.timeZone))}.</p>}
      <section class="sheet pad stack tight">
        <h2>{rep}’s own numbers</h2>
        {said.length === 0 && <p class="muted">{rep} stated none.</p>}
        {said.map((measure) => (
          <StatedLine measure={measure} data={data} today={today} currency={currency} />
        ))}
      </section>
      <SaidWords data={data} />
      <section class="sheet pad stack tight">
        <h2>Last promises</h2>
        <Promises promises={data.promises} data={data} />
      </section>
      <KeptProspects prospects={data.kept} verified={data.keptVerified} />
      {answers.map(([name, { words }]) => (
        <section class="sheet pad">
          <h2>{name.slice(8)}</h2>
          <p class="written">{words}</p>
        </section>
      ))}
      {(
        [
          [question.working, "Working"],
          [question.notWorking, "Not working"],
        ] as const
      ).map(([name, title]) => {
        const words = preparation.answers.get(name)?.words.trim();
        return words ? (
          <section class="sheet pad">
            <h2>{title}</h2>
            <p class="written">{words}</p>
          </section>
        ) : null;
      })}
    </div>
  );
}

function StatedLine({ measure, data, today, currency }: { measure: Measure; data: PreparationData; today: string; currency: string }) {
  const figure = data.preparation.figures.get(measure);
  if (!figure) return null;
  const note = data.preparation.answers.get(question.note(measure))?.words;
  const before = earlierWords(measure, data.earlier, "it was");
  return (
    <div>
      <h3>{figureName(measure, data.month, today, data.calendar)}</h3>
      <div class="said-and-is">
        {figure.stated !== null && (
          <span>
            Said <b>{figureValue(measure, figure.stated, currency)}</b>
          </span>
        )}
        {figure.stated !== null && figure.actual !== null && (
          <span>
            was <b>{figureValue(measure, figure.actual, currency)}</b>: {differenceWords(measure, figure.stated, figure.actual, currency)}
          </span>
        )}
        {figure.wish !== null && (
          <span>
            would like <b>{figureValue(measure, figure.wish, currency)}</b>
          </span>
        )}
      </div>
      {before && <p class="small muted">{before}</p>}
      {note && <p class="written">{note}</p>}
    </div>
  );
}

function Promises({ promises, data }: { promises: readonly Commitment[]; data: PreparationData }) {
  const mine = promises.filter(({ ownerId }) => ownerId === data.meeting.repId);
  if (mine.length === 0) return <p class="muted">None open.</p>;
  return (
    <ul>
      {mine.map((promise) => {
        const words = data.preparation.answers.get(question.promise(promise.id))?.words.trim();
        return (
          <li>
            {promise.words} <span class="muted">by {shortDay(promise.dueOn)}</span>
            <div class={words ? "written" : "small muted"}>{words || "Nothing written on how it went."}</div>
          </li>
        );
      })}
    </ul>
  );
}
