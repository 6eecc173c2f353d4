import type { Child } from "hono/jsx";
import type { Choices } from "../../domain/imports/import-access.ts";
import { targets } from "../../domain/imports/import-fields.ts";
import type { FailedRow, RowReason } from "../../domain/imports/import-run-store.ts";
import type { Run } from "../../domain/imports/import-settings.ts";
import type { Errors } from "../../parts/form-errors.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, dayIn, fullDay, shortDay, timeIn } from "../../parts/words.ts";
import { secondsLeft, timeLeftWords } from "../../domain/imports/time-left.ts";
import { ctxOf, type Request } from "../../platform/http.ts";
import { AnswersForm } from "./answers-form.tsx";
import { isAtWork, oneAndMany, sizeWords, stateOf } from "./import-words.ts";
import { RowSum, type RunPeople, Samples, TakeBack, Undone } from "./what-it-did.tsx";
import { RowsToSee } from "./rows-to-see.tsx";
import { Counts, FirstRows, Remarks } from "./preview.tsx";

interface Props {
  c: Request;
  run: Run;
  people: RunPeople;
  /** Deals of the samples that the reader may open. */
  visible: ReadonlySet<string>;
  rows: FailedRow[];
  /** Why rows were left out, each reason once. */
  reasons: RowReason[];
  /** What was taken in or back since the file was looked over. */
  since: { fileName: string; isUndone: boolean } | null;
  /** How many rows are dated later than today. */
  later: number;
  today: string;
  /** The clock stands still. */
  isFrozen: boolean;
  /** Line after which the list of rows begins. */
  after: number;
  pageSize: number;
  choices: Choices;
  zone: string;
  errors: Errors;
  typed?: Record<string, string> | undefined;
}

export function ImportPage(props: Props) {
  const { c, run, zone } = props;
  const when = `${shortDay(dayIn(run.createdAt, zone))} ${dayIn(run.createdAt, zone).slice(0, 4)}, ${timeIn(run.createdAt, zone)}`;
  const facts = [
    run.what && targets[run.what].words,
    run.rowsTotal > 0 && count(run.rowsTotal, "row"),
    sizeWords(run.fileBytes),
    when,
    props.people.startedBy && `by ${props.people.startedBy}`,
  ];
  return (
    <Shell c={c} title={run.fileName} current="set-up" live={`import:${run.id}`}>
      <Head title={run.fileName} lead={facts.filter(Boolean).join(" · ")} readers="Admins see this.">
        <a class="btn" href="/imports">
          All imports
        </a>
      </Head>
      <div class="import-page">
        <p>
          <span class={`tag ${stateOf(run).tone}`}>{stateOf(run).words}</span>
        </p>
        <State {...props} />
      </div>
    </Shell>
  );
}

function State(props: Props): Child {
  const { run } = props;
  if (isAtWork(run)) return <AtWork run={run} now={ctxOf(props.c).clock.now()} />;
  const { found } = run.settings;
  switch (run.state) {
    case "checked":
      if (run.settings.sameAs) return <SameFile {...props} sameAs={run.settings.sameAs} />;
      return (
        <>
          {props.since && <Stale run={run} since={props.since} />}
          <Ready run={run} isStale={props.since !== null} />
          {found && <Remarks run={run} found={found} />}
          <RowsToSee {...props} />
          {found && run.what && <FirstRows what={run.what} found={found} />}
          <Form {...props} isOpen={Object.keys(props.errors).length > 0} />
        </>
      );
    case "needs_answers":
      return (
        <>
          {run.problem && <p class="notice watch">{run.problem}</p>}
          {found && <Remarks run={run} found={found} />}
          <Form {...props} isOpen={run.problem !== null || Object.keys(props.errors).length > 0} />
          {found && run.what && <FirstRows what={run.what} found={found} isAsked={run.problem !== null} />}
          <Drop run={run} />
        </>
      );
    case "failed":
      return (
        <>
          <p class="notice missed">{run.problem}</p>
          {run.filePath && <Form {...props} isOpen={true} />}
          <Drop run={run} />
        </>
      );
    case "undone":
      return (
        <>
          <Undone run={run} undoneBy={props.people.undoneBy} zone={props.zone} />
          <RowSum run={run} />
          <RowsToSee {...props} />
        </>
      );
    case "applied":
      return (
        <>
          <Counts run={run} />
          <RowSum run={run} />
          <Later {...props} />
          {found && <Remarks run={run} found={found} />}
          <Samples samples={found?.samples ?? []} visible={props.visible} currency={props.choices.currency} />
          <RowsToSee {...props} />
          <NextStep run={run} />
          <TakeBack run={run} />
        </>
      );
    default:
      return <p>Nothing of this file was taken in.</p>;
  }
}

function Form({ run, choices, errors, typed, isOpen }: Props & { isOpen: boolean }) {
  return <AnswersForm run={run} found={run.settings.found} choices={choices} errors={errors} typed={typed} isOpen={isOpen} />;
}

function AtWork({ run, now }: { run: Run; now: Date }) {
  const isKnown = run.rowsTotal > 0 && run.rowsDone > 0;
  return (
    <section class="sheet pad stack tight" aria-live="polite">
      <h2>{run.state === "applying" ? "It is being taken in" : "It is being looked over"}</h2>
      <progress aria-label="Rows done" {...(isKnown ? { value: run.rowsDone, max: run.rowsTotal } : {})}></progress>
      <p class="muted">
        {isKnown ? `${run.rowsDone.toLocaleString("en-US")} of ${count(run.rowsTotal, "row")}. ` : ""}
        {isKnown && run.rowsDone >= run.rowsTotal
          ? "All rows are read; they are being compared and written. "
          : `${timeLeftWords(secondsLeft(run, now))} `}
        You can leave this page; it goes on by itself.
      </p>
    </section>
  );
}

/** What the page says was true when the file was looked over. */
function Stale({ run, since }: { run: Run; since: { fileName: string; isUndone: boolean } }) {
  return (
    <div class="notice watch row">
      <span>
        What is here has changed since this file was looked over: {since.fileName || "another file"} was{" "}
        {since.isUndone ? "taken back" : "taken in"}.
      </span>
      <form method="post" action={`/imports/${run.id}/look`}>
        <button class="btn primary">Look again</button>
      </form>
    </div>
  );
}

function Ready({ run, isStale }: { run: Run; isStale: boolean }) {
  const changes = run.rowsNew + run.rowsChanged;
  const [one, many] = run.what ? oneAndMany[run.what] : ["row", "rows"];
  return (
    <section class="stack" aria-labelledby="what-happens">
      <h2 id="what-happens">What will happen</h2>
      <Counts run={run} />
      <RowSum run={run} />
      <div class="row">
        {isStale ? null : changes > 0 ? (
          <form method="post" action={`/imports/${run.id}/apply`}>
            <button class="btn primary">Take in {count(changes, one, many)}</button>
          </form>
        ) : (
          <p>{run.rowsSame > 0 ? "Kept has all of it already: there is nothing to take in." : "No row can be taken in."}</p>
        )}
        <Drop run={run} />
      </div>
    </section>
  );
}

/** Announced by its bytes alone: nothing was read. */
function SameFile({ sameAs, ...props }: Props & { sameAs: { runId: string; at: string } }) {
  const { run, zone } = props;
  return (
    <>
      <section class="stack" aria-labelledby="same-file">
        <h2 id="same-file">This is the same file as on {fullDay(dayIn(new Date(sameAs.at), zone))}: nothing to take in</h2>
        <p>
          Every byte of it is as it was in <a href={`/imports/${sameAs.runId}`}>the import of that day</a>, and nothing of this kind has
          come since.{" "}
          {run.rowsFailed > 0 &&
            `${count(run.rowsFailed, "row was", "rows were")} left out then: if people or products have come here since, look it over.`}
        </p>
        <div class="row">
          <form method="post" action={`/imports/${run.id}/look`}>
            <button class="btn">Look it over anyway</button>
          </form>
          <Drop run={run} />
        </div>
      </section>
      <RowsToSee {...props} />
    </>
  );
}

function Later({ later, today, isFrozen }: Props) {
  if (later === 0) return null;
  const day = isFrozen ? `${fullDay(today)}, the day on which Kept’s clock stands still` : `today, ${fullDay(today)}`;
  const words = later === 1 ? "row is dated later than" : "rows are dated later than";
  return (
    <p class="notice watch">
      {later.toLocaleString("en-US")} {words} {day}, in whole or in what changed:{" "}
      {later === 1 ? "it shows from its day on" : "they show from their day on"}.
    </p>
  );
}

function Drop({ run }: { run: Run }) {
  return (
    <form method="post" action={`/imports/${run.id}/cancel`}>
      <button class="btn">Drop this file</button>
    </form>
  );
}

function NextStep({ run }: { run: Run }) {
  const next =
    run.what === "people" ? { href: "/people", words: "See the people" } : { href: "/imports/new", words: "Bring in another file" };
  return (
    <div class="row">
      <a class="btn primary" href={next.href}>
        {next.words}
      </a>
      {run.what === "people" && (
        <a class="btn" href="/imports/new">
          Bring in another file
        </a>
      )}
      <a class="btn" href="/set-up">
        See what comes next
      </a>
    </div>
  );
}
