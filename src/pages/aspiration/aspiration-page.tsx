import type { GoalPageData } from "../../domain/goals/goal-page-queries.ts";
import type { PersonHead as PersonHeadData } from "../../domain/people/person-head-queries.ts";
import { AspirationWords } from "../../parts/aspiration-words.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { Shell } from "../../parts/shell.tsx";
import { dayIn, firstName, fullDay, money } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Request } from "../../platform/http.ts";
import { PersonHead } from "../people/person-head.tsx";
import { AspirationForm } from "./aspiration-form.tsx";
import { GoalsBeside } from "./goals-beside.tsx";

interface Props {
  c: Request;
  ctx: Ctx;
  head: PersonHeadData;
  data: GoalPageData;
  /** Hidden id of the form. */
  id: string;
  /** What was typed and could not be kept. */
  typed: Record<string, string> | undefined;
  errors: Errors;
}

/** What a rep wants to reach, in their words and numbers: theirs to write, alone and before any meeting; their manager's to read. */
export function AspirationPage({ c, ctx, head, data, id, typed, errors }: Props) {
  const { person } = data;
  const isSelf = person.standing === "self";
  const first = firstName(person.name);
  const readers = isSelf
    ? `Only you and ${person.managerName ?? "your manager"} can read this. Leaders above you, admins and other reps see nothing of it.`
    : `Only ${person.name} and you can read this. ${first} writes it; you read it.`;
  return (
    <Shell c={c} title={isSelf ? "Your awesome" : `${person.name}: awesome`} current={isSelf ? "you" : "people"}>
      <PersonHead ctx={ctx} head={head} current="aspiration" readers={readers} />
      {isSelf && <ConsentPart data={data} />}
      <div class="aspiration">
        {isSelf ? (
          <AspirationForm data={data} id={id} typed={typed} errors={errors} currency={ctx.viewer.currency} />
        ) : (
          <AspirationRead data={data} />
        )}
        <GoalsBeside data={data} currency={ctx.viewer.currency} isSelf={isSelf} />
        <Earlier data={data} zone={ctx.viewer.timeZone} />
      </div>
    </Shell>
  );
}

function AspirationRead({ data: { person, aspirations, targets, year } }: { data: GoalPageData }) {
  const first = firstName(person.name);
  const [last] = aspirations;
  if (!last)
    return (
      <section class="sheet empty">
        <h2>{first} has not said yet</h2>
        <p>
          What would be awesome is {first}’s to say, alone or with you in a one-on-one. A good question: “What would make {year.year.label}{" "}
          an awesome year for you?”
        </p>
      </section>
    );
  return (
    <AspirationWords
      title={`${first}’s awesome`}
      words={last.words}
      goalMinor={targets.goal.year}
      quotaMinor={targets.quota.year}
      currency={last.currency}
      year={year.year.label}
    />
  );
}

function ConsentPart({ data: { person, consent } }: { data: GoalPageData }) {
  if (!consent.isAsked || !person.managerName) return null;
  const manager = firstName(person.managerName);
  return (
    <form method="post" action={`/people/${person.id}/aspiration/consent`} class="notice spread">
      <input type="hidden" name="gives" value={consent.isGiven ? "no" : "yes"} />
      <span>
        {consent.isGiven
          ? `${manager} can also read what you wrote before the two of you worked together.`
          : `What you wrote before you worked with ${manager} stays hidden from ${manager} unless you show it.`}
      </span>
      <button class="btn">{consent.isGiven ? "Hide it again" : `Show it to ${manager}`}</button>
    </form>
  );
}

/** Nothing said is written over: what it was before stands here. */
function Earlier({ data: { aspirations }, zone }: { data: GoalPageData; zone: string }) {
  const earlier = aspirations.slice(1);
  if (earlier.length === 0) return null;
  return (
    <section class="sheet pad stack tight">
      <h2>Said before</h2>
      <ul class="lines">
        {earlier.map(({ words, amountMinor, currency, saidAt }) => (
          <li>
            {words || <span class="muted">No words</span>}
            <span class="detail small muted">
              {[amountMinor !== null && money(amountMinor, currency), `said on ${fullDay(dayIn(saidAt, zone))}`].filter(Boolean).join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
