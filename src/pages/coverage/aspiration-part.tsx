import type { PersonNumbers } from "../../domain/numbers/stored-shape.ts";
import { AspirationWords } from "../../parts/aspiration-words.tsx";
import { refusalWords } from "../../parts/refusal-words.ts";
import { firstName } from "../../parts/words.ts";
import type { CoverageData, ShownHorizon } from "./coverage-data.ts";
import { chanceWords } from "../../method/chance-words.ts";
import { horizonInWords, own, subject, type Who } from "./coverage-words.ts";

interface Props {
  data: CoverageData;
  numbers: PersonNumbers;
  who: Who;
}

/** The rep's own awesome: words, number, chance today, what moves it most. Nothing of it outside the pair. */
export function AspirationPart({ data, numbers, who }: Props) {
  const { aspiration, head, horizons } = data;
  const { person } = head;
  const year = horizons.find(({ horizon }) => horizon === "year");
  const page = `/people/${person.id}/aspiration`;
  const goalMinor = aspiration?.minor ?? (year?.isOwn ? year.goal?.goalMinor : undefined);
  if ((!year || (!aspiration && goalMinor === undefined)) && person.hasLeft) return null;
  if (!year || (!aspiration && goalMinor === undefined)) return <NotSaid page={page} who={who} year={year?.figures.label} />;
  // The chance is of the number it was worked out for; a newer number has none yet.
  const isWorkedOut = year.isOwn && year.goal?.goalMinor === goalMinor;
  return (
    <AspirationWords
      title={`${own(who).replace(/^y/, "Y")} awesome`}
      words={aspiration?.words ?? ""}
      goalMinor={goalMinor}
      quotaMinor={year.quotaMinor ?? undefined}
      currency={numbers.currency}
      year={year.figures.label}
    >
      {isWorkedOut ? (
        <>
          <Chance shown={year} />
          <Moves shown={year} data={data} who={who} />
        </>
      ) : (
        goalMinor !== undefined && <p class="small muted">The chance of it is being worked out.</p>
      )}
      <p class="small muted">
        Only {who.isSelf ? `you and ${person.managerName ? firstName(person.managerName) : "your manager"}` : `${who.name} and you`} can
        read this. <a href={page}>{who.isSelf ? "Change it" : "All goals"}</a>
      </p>
    </AspirationWords>
  );
}

function NotSaid({ page, who, year = "this year" }: { page: string; who: Who; year: string | undefined }) {
  return (
    <section class="sheet pad stack tight aspiration-words">
      <h3>{own(who).replace(/^y/, "Y")} awesome</h3>
      <p class="q">What would make {year} awesome for you?</p>
      {who.isSelf ? (
        <>
          <p class="small muted">Say it in your words and as a number. Then this page leads with it, and shows the chance.</p>
          <div>
            <a class="btn" href={page}>
              Say it
            </a>
          </div>
        </>
      ) : (
        <p class="small muted">{who.name} has not said yet. A question for your next one-on-one.</p>
      )}
    </section>
  );
}

const Chance = ({ shown: { goal } }: { shown: ShownHorizon }) => (
  <p class="chance">
    {goal?.chance.known === true ? (
      <>
        Chance today <b>{chanceWords(goal.chance.value.chance)}</b>.
      </>
    ) : (
      goal?.chance.known === false && <span class="muted">No chance can be told yet. {refusalWords(goal.chance.refusal).what}</span>
    )}
  </p>
);

/** What moves the chance of the farthest horizon most, against quota: for whoever sees no own goal. */
export function MovesPart({ data, who }: Omit<Props, "numbers">) {
  const year = data.horizons.findLast(({ goal }) => goal && goal.gapMinor > 0);
  if (!year?.goal?.moves.known) return null;
  return (
    <section class="sheet pad stack tight">
      <h2>The chance for {horizonInWords(year)}</h2>
      <Chance shown={year} />
      <Moves shown={year} data={data} who={who} />
    </section>
  );
}

type Move = (NonNullable<ShownHorizon["goal"]>["moves"] & { known: true })["value"][number];

/** One plain sentence for what moves it most; the rest behind it. */
function Moves({ shown, data, who }: { shown: ShownHorizon } & Omit<Props, "numbers">) {
  const moves = shown.goal?.moves.known ? shown.goal.moves.value.filter(({ more }) => more >= 0.005) : [];
  const [first, ...others] = moves;
  if (!first) return null;
  return (
    <div>
      <p class="moves">
        What moves it most: <MoveWords move={first} data={data} /> makes it <b>{chanceWords(first.chance)}</b>.
      </p>
      {others.length > 0 && (
        <details>
          <summary class="small">What else moves it</summary>
          <ul class="small moves-list">
            {others.map((move) => (
              <li>
                <MoveWords move={move} data={data} />: {chanceWords(move.chance)}
              </li>
            ))}
          </ul>
          <p class="small muted">
            {subject(who)} {who.isSelf ? "reach" : "reaches"} it in so many of 2,000 drawn futures, all with the same luck.
          </p>
        </details>
      )}
    </div>
  );
}

function MoveWords({ move: { what }, data }: { move: Move; data: CoverageData }) {
  if (what.kind !== "deal")
    return (
      <>
        {
          {
            "win chance": "ten percent more of the deals won",
            "deal size": "ten percent larger deals",
            "new opportunities": "ten percent more new opportunities",
          }[what.kind]
        }
      </>
    );
  const { opportunityId } = what as { opportunityId: string };
  const name = data.dealNames.get(opportunityId);
  return name && data.head.person.isInTree ? (
    <>
      winning <a href={`/opportunities/${opportunityId}`}>{name}</a>
    </>
  ) : (
    <>winning one of the largest deals</>
  );
}
