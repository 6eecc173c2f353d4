import type { Commitment } from "../../domain/commitments/commitment-queries.ts";
import type { DealStanding } from "../../domain/evidence/deal-standings.ts";
import { followThrough, type Outcome } from "../../method/follow-through.ts";
import { HangsOn } from "../../parts/hangs-on.tsx";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, dayIn, percent, shortDay } from "../../parts/words.ts";
import type { PersonView } from "../../domain/people/person-access.ts";
import { GoalAnswer } from "../coverage/goals-part.tsx";
import { PersonTabs } from "../people/person-tabs.tsx";
import { EvidenceOffer } from "../evidence/evidence-offer.tsx";
import type { Request } from "../../platform/http.ts";

interface Props {
  c: Request;
  open: Commitment[];
  /** Of a one-on-one to come or going on: they count once it is closed. */
  waiting: Commitment[];
  settled: Commitment[];
  outcomes: { managerId: string; repId: string; ownerId: string; outcome: Outcome | null }[];
  people: Map<string, string>;
  /** Where the deals stand that they hang on. */
  standings: Map<string, DealStanding>;
  withId: string | undefined;
  /** Where these are one rep's. */
  rep: PersonView | null;
  me: string;
  today: string;
  problem: string;
}

/** What I promised, what was promised to me, what became of it all. */
export function CommitmentsPage({ c, open, waiting, settled, outcomes, people, standings, withId, rep, me, today, problem }: Props) {
  const mine = open.filter(({ ownerId }) => ownerId === me);
  const others = open.filter(({ ownerId }) => ownerId !== me);
  const overdue = mine.filter(({ dueOn }) => dueOn < today).length;
  const isEmpty = open.length + waiting.length + settled.length === 0;
  const lead = isEmpty
    ? "Nothing promised yet."
    : `${count(mine.length, "open promise")} of yours${overdue > 0 ? `, ${overdue} overdue` : ""}; ${others.length} by others to you.`;
  return (
    <Shell c={c} title="Commitments" current="commitments" live={`week:${me}`}>
      <Head
        title={withId ? `Commitments with ${people.get(withId) ?? "them"}` : "Commitments"}
        lead={lead}
        readers="You see what you and the people you meet promised each other. Nobody else can read it."
      >
        {withId && (
          <a class="btn" href="/commitments">
            With everybody
          </a>
        )}
        {!isEmpty && (
          <a class="btn" href="/commitments.csv" data-turbo="false">
            Export CSV
          </a>
        )}
      </Head>
      {rep && <PersonTabs person={rep} current="commitments" />}
      {problem && (
        <div class="notice missed" role="alert">
          {problem}
        </div>
      )}
      {isEmpty ? (
        <section class="sheet empty">
          <h2>Promises appear here by themselves</h2>
          <p>At the end of a one-on-one each “What will you do by next time?” becomes one. It stays here until it is settled.</p>
          <a class="btn" href="/week">
            Go to your week
          </a>
        </section>
      ) : (
        <>
          <OpenList me={me} people={people} standings={standings} title="Yours" list={mine} today={today} settle />
          <OpenList me={me} people={people} standings={standings} title="By the people you meet" list={others} today={today} />
          <Waiting list={waiting} people={people} standings={standings} me={me} />
          <FollowThroughs outcomes={outcomes} people={people} me={me} />
          <Settled settled={settled} zone={c.get("viewer")?.timeZone ?? "UTC"} />
        </>
      )}
    </Shell>
  );
}

/** "80 % of 5", or a dash when there is nothing to judge. */
function keptOf(rows: { outcome: Outcome | null }[]): string {
  const { share, settled } = followThrough(rows.map(({ outcome }) => outcome));
  return share === null ? "–" : `${percent(share)} of ${settled}`;
}

function FollowThroughs({ outcomes, people, me }: Pick<Props, "outcomes" | "people" | "me">) {
  const pairs = [...Map.groupBy(outcomes, ({ managerId, repId }) => (managerId === me ? repId : managerId))];
  if (pairs.length === 0) return null;
  return (
    <section class="sheet">
      <h2 class="pad">Follow-through, last half year</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="Follow-through by pair">
        <table>
          <thead>
            <tr>
              <th>With</th>
              <th class="num">You kept</th>
              <th class="num">They kept</th>
              <th class="num">Open</th>
            </tr>
          </thead>
          <tbody>
            {pairs.map(([other, rows]) => (
              <tr>
                <td>{people.get(other) ?? "Somebody you meet"}</td>
                <td class="num">{keptOf(rows.filter(({ ownerId }) => ownerId === me))}</td>
                <td class="num">{keptOf(rows.filter(({ ownerId }) => ownerId === other))}</td>
                <td class="num">{rows.filter(({ outcome }) => outcome === null).length}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="pad small muted">Kept counts one, partly a half. What both agreed to drop counts neither way.</p>
    </section>
  );
}

/** One's own promise names whom it was made to; another's, who made it. */
function whoToWhom(one: Commitment, me: string, people: Map<string, string>): string {
  if (one.ownerId !== me) return one.ownerName;
  const other = people.get(one.managerId === me ? one.repId : one.managerId);
  return other ? `to ${other}` : one.ownerName;
}

interface ListProps {
  title: string;
  list: Commitment[];
  today: string;
  me: string;
  people: Map<string, string>;
  standings: Map<string, DealStanding>;
  settle?: boolean;
}

function OpenList({ title, list, today, me, people, standings, settle = false }: ListProps) {
  return (
    <section class="sheet">
      <h2 class="pad">
        {title} <span class="muted">{list.length}</span>
      </h2>
      {list.length === 0 && <p class="pad small muted">None open.</p>}
      {list.map((one) => (
        <div class="promise">
          <div class="spread">
            <b>{one.words}</b>
            <span class={`tag ${one.dueOn < today ? "missed" : one.dueOn === today ? "watch" : ""}`}>
              {one.dueOn < today ? `overdue since ${shortDay(one.dueOn)}` : one.dueOn === today ? "due today" : `by ${shortDay(one.dueOn)}`}
            </span>
          </div>
          <div class="small muted">
            {whoToWhom(one, me, people)}
            <HangsOn commitment={one} standings={standings} /> · <a href={`/meetings/${one.meetingId}/record`}>where it was promised</a>
          </div>
          {settle && <SettleForm one={one} />}
        </div>
      ))}
    </section>
  );
}

function Waiting({ list, people, standings, me }: Pick<ListProps, "list" | "people" | "standings" | "me">) {
  if (list.length === 0) return null;
  return (
    <section class="sheet">
      <h2 class="pad">
        Waiting for your one-on-one <span class="muted">{list.length}</span>
      </h2>
      <p class="pad small muted">Written down beforehand. Both of you confirm them there.</p>
      {list.map((one) => (
        <div class="promise">
          <div class="spread">
            <b>{one.words}</b>
            <span class="tag">by {shortDay(one.dueOn)}</span>
          </div>
          <div class="small muted">
            {whoToWhom(one, me, people)}
            <HangsOn commitment={one} standings={standings} /> · <a href={`/meetings/${one.meetingId}/room`}>go to the one-on-one</a>
          </div>
          <GoalAnswer goal={one} me={me} back="/commitments" />
        </div>
      ))}
    </section>
  );
}

function SettleForm({ one }: { one: Commitment }) {
  return (
    <details>
      <summary class="small">Settle it now</summary>
      <form method="post" action={`/commitments/${one.id}/settle`} class="stack tight" data-draft={`settle ${one.id}`}>
        <fieldset>
          <legend class="visually-hidden">How did it go: {one.words}</legend>
          <div class="outcomes">
            {(["kept", "partly", "missed", "dropped"] as const).map((value) => (
              <label>
                <input class="visually-hidden" type="radio" name="outcome" value={value} required />
                {value.replace(/^./, (first) => first.toUpperCase())}
              </label>
            ))}
          </div>
        </fieldset>
        <div class="row">
          <label class="visually-hidden" for={`why-${one.id}`}>
            A word on why
          </label>
          <input id={`why-${one.id}`} name="words" maxlength={2000} placeholder="A word on why" class="grow" />
          <button class="btn">Settle</button>
        </div>
      </form>
    </details>
  );
}

function Settled({ settled, zone }: { settled: Commitment[]; zone: string }) {
  if (settled.length === 0) return null;
  return (
    <section class="sheet">
      <h2 class="pad">Settled</h2>
      <div class="scroll" tabindex={0} role="region" aria-label="Settled commitments">
        <table>
          <thead>
            <tr>
              <th>Who</th>
              <th>Promised</th>
              <th>Outcome</th>
              <th>Settled</th>
            </tr>
          </thead>
          <tbody>
            {settled.map((one) => (
              <tr>
                <td>{one.ownerName}</td>
                <td>
                  {one.words}
                  {one.outcomeWords && <div class="small muted">{one.outcomeWords}</div>}
                  <EvidenceOffer commitment={one} back="/commitments" />
                </td>
                <td>
                  <span class={`tag ${one.outcome === "kept" ? "kept" : one.outcome === "missed" ? "missed" : "watch"}`}>
                    {one.outcome}
                  </span>
                </td>
                <td>{one.outcomeAt ? shortDay(dayIn(one.outcomeAt, zone)) : ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
