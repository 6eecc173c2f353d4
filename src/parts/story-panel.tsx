import type { Child } from "hono/jsx";
import { agreedAnswers, storyDays, type StoryField, storyFields } from "../method/story-gaps.ts";
import { dayIn, firstName, fullDay, shortDay } from "./words.ts";

interface Line {
  words: string;
  version: number;
  byName: string;
  at: Date;
}

/** What a pair says of one deal. */
export interface StoryShown {
  opportunityId: string;
  lines: ReadonlyMap<StoryField, Line>;
  changedAt: Date | null;
}

/** By field name: what is wrong, and what was typed. */
export interface StoryWrong {
  errors: Record<string, string>;
  typed: Record<string, string>;
}
export const nothingWrong: StoryWrong = { errors: {}, typed: {} };

interface FieldsProps {
  story: StoryShown;
  wrong?: StoryWrong | undefined;
  /** More than one form of the same deal on a page tell their ids apart. */
  place?: string;
}

const labels: Record<StoryField, string> = {
  situation: "Current situation",
  motive: "Dominant buying motive",
  needs: "Needs",
  last_met_on: "Last meeting with the customer",
  last_ended: "How it ended",
  closed_on: "What was closed on",
  next_step: "Next step",
  next_step_on: "Next step on",
  agreed: "Did the customer agree to it?",
  agreed_by: "Who agreed",
  agreed_on: "When",
  what_if: "What if they say no?",
};
export const storyLabel = (field: StoryField): string => labels[field];

const hints: Partial<Record<StoryField, string>> = {
  situation: "Who they are, what they use today, who decides.",
  motive: "Why they would buy, and why now, in their words.",
  closed_on: "The yes you asked for.",
  what_if: "Your answer to a no, or to silence.",
};

/** The name a line of a story goes by in a form. */
export const storyName = (opportunityId: string, field: StoryField): string => `story ${opportunityId} ${field}`;
const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const named = new RegExp(`^story (${uuid}) (${storyFields.join("|")})$`);

/** Which line of which deal a form's field is; undefined when it is none. */
export function readStoryName(name: string): { opportunityId: string; field: StoryField } | undefined {
  const found = named.exec(name);
  return found?.[1] && found[2] ? { opportunityId: found[1], field: found[2] as StoryField } : undefined;
}

interface OneProps extends FieldsProps {
  field: StoryField;
}

function One({ story, wrong = nothingWrong, place = "", field }: OneProps) {
  const name = storyName(story.opportunityId, field);
  const line = story.lines.get(field);
  const id = `${name.replaceAll(" ", "-")}${place}`;
  const version = line?.version ?? 0;
  const words = wrong.typed[name] ?? line?.words ?? "";
  const shared = {
    name,
    "data-version": String(version),
    "aria-describedby": `${hints[field] ? `${id}-hint ` : ""}${id}-error`,
    "aria-invalid": wrong.errors[name] ? ("true" as const) : undefined,
  };
  const below = (
    <>
      {/* For browsers without script: the version these words were typed over. */}
      <input type="hidden" name={`version ${name}`} value={version} data-no-autosave />
      {hints[field] && (
        <div class="hint" id={`${id}-hint`}>
          {hints[field]}
        </div>
      )}
      <div class="error" id={`${id}-error`}>
        {wrong.errors[name]}
      </div>
    </>
  );
  if (field === "agreed")
    return (
      <fieldset class="field agreed" aria-describedby={`${id}-error`}>
        <legend>{labels.agreed}</legend>
        <div class="outcomes">
          {agreedAnswers.map((answer, index) => (
            <label>
              <input
                class="visually-hidden"
                type="radio"
                id={index === 0 ? id : `${id}-${index}`}
                name={name}
                value={answer}
                data-version={String(version)}
                checked={words === answer}
              />
              {answer === "yes" ? "Yes" : answer === "no" ? "No" : "Not asked"}
            </label>
          ))}
        </div>
        {below}
      </fieldset>
    );
  return (
    <div class="field">
      <label for={id}>{labels[field]}</label>
      {storyDays.has(field) ? (
        <input id={id} type="date" value={words} {...shared} />
      ) : field === "agreed_by" ? (
        <input id={id} value={words} maxlength={200} placeholder=" " autocomplete="off" {...shared} />
      ) : (
        <textarea id={id} rows={2} maxlength={4000} placeholder=" " {...shared}>
          {words}
        </textarea>
      )}
      {below}
    </div>
  );
}

/** The lines of a story to write in, for any form that saves them by their names. */
export function StoryFields(props: FieldsProps) {
  const one = (field: StoryField) => <One {...props} field={field} />;
  return (
    <div class="story-fields">
      {one("situation")}
      {one("motive")}
      {one("needs")}
      <div class="fields narrow">
        {one("last_met_on")}
        {one("last_ended")}
      </div>
      {one("closed_on")}
      <div class="fields narrow">
        {one("next_step_on")}
        {one("next_step")}
      </div>
      {one("agreed")}
      <div class="fields narrow">
        {one("agreed_on")}
        {one("agreed_by")}
      </div>
      {one("what_if")}
    </div>
  );
}

const wordsOf = (story: Pick<StoryShown, "lines">, field: StoryField): string => story.lines.get(field)?.words.trim() ?? "";
const dayOf = (story: Pick<StoryShown, "lines">, field: StoryField): string =>
  wordsOf(story, field) ? shortDay(wordsOf(story, field)) : "";

/** "Agreed by Ana Ruiz, 3 Nov", or that it is not. */
export function AgreedTag({ story }: { story: Pick<StoryShown, "lines"> }) {
  const answer = wordsOf(story, "agreed");
  if (answer === "yes")
    return (
      <span class="tag kept">
        {["Agreed", wordsOf(story, "agreed_by") && `by ${wordsOf(story, "agreed_by")}`, dayOf(story, "agreed_on")]
          .filter(Boolean)
          .join(" ")}
      </span>
    );
  if (answer === "no") return <span class="tag missed">The customer did not agree</span>;
  if (wordsOf(story, "next_step") === "") return null;
  return <span class="tag watch">{answer === "not asked" ? "The customer was not asked" : "Agreed or not: not said"}</span>;
}

/** A story to read: only what is written. */
export function StoryText({ story }: { story: Pick<StoryShown, "lines"> }) {
  const rows: [string, Child][] = [];
  const add = (title: string, ...parts: string[]) => {
    const words = parts.filter(Boolean);
    if (words.length > 0) rows.push([title, words.join(". ").replaceAll("..", ".")]);
  };
  add("Situation", wordsOf(story, "situation"));
  add("Buying motive", wordsOf(story, "motive"));
  add("Needs", wordsOf(story, "needs"));
  add(
    `Last meeting${dayOf(story, "last_met_on") && ` ${dayOf(story, "last_met_on")}`}`,
    wordsOf(story, "last_ended") || (dayOf(story, "last_met_on") && "nothing written on how it ended"),
  );
  add("Closed on", wordsOf(story, "closed_on"));
  const next = [dayOf(story, "next_step_on"), wordsOf(story, "next_step")].filter(Boolean).join(": ");
  if (next || wordsOf(story, "agreed"))
    rows.push([
      "Next step",
      <>
        {next || "none"} <AgreedTag story={story} />
      </>,
    ]);
  add("If they say no", wordsOf(story, "what_if"));
  if (rows.length === 0) return null;
  return (
    <dl class="story">
      {rows.map(([title, words]) => (
        <>
          <dt>{title}</dt>
          <dd class="written">{words}</dd>
        </>
      ))}
    </dl>
  );
}

interface PanelProps {
  story: StoryShown;
  owners: { opportunityId: string; repName: string; managerId: string; managerName: string; canWrite: boolean };
  me: string;
  zone: string;
  past: readonly { field: StoryField; words: string; byName: string; at: Date; until: Date }[];
  wrong?: StoryWrong | undefined;
}

/** The story on the page of its deal: for the pair, saved while it is typed, with what stood there before. */
export function StoryPanel({ story, owners, me, zone, past, wrong }: PanelProps) {
  return (
    <section class="sheet pad stack tight" id="story" aria-labelledby="story-title">
      <div>
        <h2 id="story-title">Story</h2>
        <p class="small muted">
          Only {owners.repName} and {owners.managerName} can read this{owners.canWrite ? "" : ": it was theirs while they worked together"}.
          {story.changedAt && ` Last written ${fullDay(dayIn(story.changedAt, zone))}.`}
        </p>
      </div>
      {owners.canWrite ? (
        <kept-autosave data-owner={me}>
          <form
            method="post"
            action={`/opportunities/${owners.opportunityId}/story/${owners.managerId}`}
            class="stack tight"
            autocomplete="off"
          >
            <StoryFields story={story} wrong={wrong} />
            <div class="row">
              <button class="btn">Save</button>
              <span class="small muted" data-status role="status">
                What you type is saved by itself.
              </span>
            </div>
          </form>
        </kept-autosave>
      ) : (
        (StoryText({ story }) ?? <p class="muted">Nothing was written.</p>)
      )}
      {past.length > 0 && (
        <details>
          <summary>What stood here before</summary>
          <ul class="news">
            {past.map((line) => (
              <li>
                <b>{labels[line.field]}</b> until {shortDay(dayIn(line.until, zone))}, {firstName(line.byName)}:{" "}
                <span class="written">{storyDays.has(line.field) ? fullDay(line.words) : line.words}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
