import type { LeverSteps } from "../../method/lever-steps.ts";
import { NumbersAge } from "../../parts/numbers-age.tsx";
import { refusalWords } from "../../parts/refusal-words.ts";
import { WithoutRate } from "../../parts/without-rate.tsx";
import { Shell } from "../../parts/shell.tsx";
import { firstName } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Request } from "../../platform/http.ts";
import { isAdmin } from "../../platform/viewer.ts";
import { PersonHead } from "../people/person-head.tsx";
import { AspirationPart, MovesPart } from "./aspiration-part.tsx";
import type { PersonNumbers } from "../../domain/numbers/stored-shape.ts";
import { type CoverageData, mayPutGoals } from "./coverage-data.ts";
import { own, type Who } from "./coverage-words.ts";
import { GainsPart } from "./gains-part.tsx";
import { GoalsPart } from "./goals-part.tsx";
import { EnoughPart } from "./enough-part.tsx";

interface Props {
  c: Request;
  ctx: Ctx;
  data: CoverageData;
  steps: LeverSteps;
}

/** What one rep's own numbers say about their goals. */
export function CoveragePage({ c, ctx, data, steps }: Props) {
  const { person } = data.head;
  const { next } = data.head;
  const who: Who = { isSelf: person.standing === "self", name: firstName(person.name) };
  return (
    <Shell
      c={c}
      title={who.isSelf ? "Your coverage" : `${person.name}: coverage`}
      current={who.isSelf ? "you" : "people"}
      element="src/browser/gains.ts"
      live={[person.isInTree && `numbers:${person.id}`, next?.isMine && `meeting:${next.id}`].filter(Boolean).join(" ")}
    >
      <PersonHead ctx={ctx} head={data.head} current="coverage" readers={readersOf(data, who)} />
      {data.withoutRate.length > 0 && (
        <div class="notice watch printed">
          <WithoutRate leftOut={data.withoutRate} viewer={ctx.viewer} />
        </div>
      )}
      {data.numbers ? (
        <>
          <div class="cover-page">
            <EnoughPart data={data} numbers={data.numbers} who={who} />
            <Beside ctx={ctx} data={data} numbers={data.numbers} who={who} />
            <GainsPart
              personId={person.id}
              numbers={data.numbers}
              who={who}
              commissionRate={data.commissionRate}
              steps={steps}
              aspiration={toReach(data, who)}
              chanceOf={chanceShownOf(data)}
              mayPutGoals={mayPutGoals(person)}
            />
          </div>
          <NumbersAge ctx={ctx} madeAt={data.made?.madeAt ?? null} dueSince={data.stored.dueSince} />
        </>
      ) : (
        <NoNumbers ctx={ctx} data={data} who={who} />
      )}
    </Shell>
  );
}

function Beside({ ctx, data, numbers, who }: Pick<Props, "ctx" | "data"> & { numbers: PersonNumbers; who: Who }) {
  const { standing } = data.head.person;
  const isOfPair = standing === "self" || standing === "pair";
  return (
    <div class="stack">
      {isOfPair && <AspirationPart data={data} numbers={numbers} who={who} />}
      {!data.horizons.some(({ isOwn }) => isOwn) && <MovesPart data={data} who={who} />}
      <GoalsPart goals={data.goals} me={ctx.viewer.personId} />
    </div>
  );
}

/** What small gains are measured against: the own awesome, else the year's own goal, else its quota. */
function toReach({ aspiration, horizons }: CoverageData, who: Who): { minor: number; words: string } | null {
  const year = horizons.find(({ horizon }) => horizon === "year");
  if (aspiration?.minor) return { minor: aspiration.minor, words: `${own(who)} awesome` };
  return year?.goal ? { minor: year.goal.goalMinor, words: year.isOwn ? `${own(who)} goal for the year` : "the year’s quota" } : null;
}

/** The label of the year whose chance stands on the page. */
function chanceShownOf({ horizons }: CoverageData): string | null {
  const year = horizons.find(({ horizon }) => horizon === "year");
  return year?.goal?.chance.known && year.goal.gapMinor > 0 ? year.figures.label : null;
}

function readersOf({ head: { person }, stored }: CoverageData, { isSelf, name }: Who): string {
  if (person.standing === "above" || (person.standing === "admin" && person.isInTree))
    return `You see ${name} against quota, never against own goals. ${name} sees that you opened this page.`;
  const goals = stored.goal ? " Own goals and what is worked out from them: only the two of you." : "";
  return isSelf
    ? `Your manager sees this page, and the leaders above against quota alone.${goals}`
    : `${name} and you see this page, and the leaders above against quota alone.${goals}`;
}

function NoNumbers({ ctx, data: { refusal, stored }, who }: Pick<Props, "ctx" | "data"> & { who: Who }) {
  const words = refusal && refusalWords(refusal);
  return (
    <section class="sheet empty">
      <h2>{words ? "Too early to say" : stored.dueSince ? "The numbers are being worked out" : "No numbers yet"}</h2>
      {words ? (
        <p>
          {words.what} {words.todo}
        </p>
      ) : stored.dueSince ? (
        <p>They appear here by themselves in a moment.</p>
      ) : (
        <p>
          They come from {who.isSelf ? "your" : `${who.name}’s`} deals: bring open and closed ones from the CRM, and each is worked out.
        </p>
      )}
      {stored.dueSince && !words ? null : isAdmin(ctx.viewer) ? (
        <a class="btn" href="/imports">
          Bring deals
        </a>
      ) : (
        <p class="small">An admin brings deals, under Set-up.</p>
      )}
    </section>
  );
}
