import type { ReportingLine, TimeOff } from "../../domain/people/people-queries.ts";
import type { PersonView } from "../../domain/people/person-access.ts";
import type { PersonHead as PersonHeadData } from "../../domain/people/person-head-queries.ts";
import type { PersonOverview as Overview } from "../../domain/people/person-overview-queries.ts";
import type { Errors } from "../../parts/form-errors.ts";
import { Shell } from "../../parts/shell.tsx";
import { firstName, fullDay, list } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Request } from "../../platform/http.ts";
import { isAdmin } from "../../platform/viewer.ts";
import { PersonOverview } from "./person-overview.tsx";
import { PersonHead } from "./person-head.tsx";
import { experienceWords, roleWords } from "./person-words.ts";
import { TimeOffPart } from "./time-off-part.tsx";

interface Props {
  c: Request;
  ctx: Ctx;
  head: PersonHeadData;
  overview: Overview;
  lines: ReportingLine[];
  daysOff: TimeOff[];
  values: Record<string, string>;
  errors: Errors;
}

const readers: Record<PersonView["standing"], (name: string) => string> = {
  self: () => "You, your manager, the leaders above and admins see this page. What you two write in your one-on-ones is not on it.",
  pair: (name) => `${name}, you, the leaders above and admins see this page. What you two write in your one-on-ones is not on it.`,
  above: (name) => `You see dates and counts, never what ${name} and their manager write. ${name} sees that you opened this page.`,
  admin: (name) => `You see what setting up needs, never what is said in one-on-ones. ${name} sees that you opened this page.`,
};

export function PersonPage({ c, ctx, head, overview, lines, daysOff, values, errors }: Props) {
  const { person } = head;
  const admin = isAdmin(ctx.viewer);
  const first = firstName(person.name);
  return (
    <Shell c={c} title={person.name} current={person.standing === "self" && person.roles.includes("rep") ? "you" : "people"}>
      <PersonHead ctx={ctx} head={head} current="overview" readers={readers[person.standing](first)}>
        {admin && <AdminActions ctx={ctx} person={person} />}
      </PersonHead>
      {person.hasLeft && person.leftOn && (
        <div class="notice watch">
          {first} left on {fullDay(person.leftOn)}. Everything from before stays.
        </div>
      )}
      <PersonOverview ctx={ctx} person={person} overview={overview} />
      <div class="sheets">
        <section class="sheet pad stack">
          <h2>About {first}</h2>
          <Facts person={person} />
        </section>
        <section class="sheet pad stack">
          <h2>Reports to</h2>
          <Lines lines={lines} first={first} />
        </section>
        <section class="sheet pad stack">
          <h2>Days off</h2>
          <TimeOffPart personId={person.id} daysOff={daysOff} values={values} errors={errors} />
        </section>
      </div>
    </Shell>
  );
}

function AdminActions({ ctx, person }: { ctx: Ctx; person: PersonView }) {
  const mayInvite = !ctx.viewer.isSample && !person.hasLeft && person.email && person.standing !== "self";
  return (
    <>
      {mayInvite && (
        <form method="post" action={`/people/${person.id}/invite`}>
          <button class="btn">{person.userId ? "Make a new way in" : "Invite"}</button>
        </form>
      )}
      <a class="btn" href={`/people/${person.id}/edit`}>
        Edit
      </a>
    </>
  );
}

function Facts({ person }: { person: PersonView }) {
  const facts = [
    ["Mail address", person.email ?? "None yet"],
    ["Roles", list(person.roles.map((role) => roleWords[role])) || "None"],
    ["Team", person.team ?? "None"],
    ["Experience", experienceWords[person.experience]],
    ["Time zone", person.timeZone.replaceAll("_", " ")],
    ...(person.holidayCalendar ? [["Holidays", person.holidayCalendar]] : []),
    ["Here since", person.startedOn ? fullDay(person.startedOn) : "Not said"],
    ...(person.leftOn ? [["Leaves", fullDay(person.leftOn)]] : []),
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

function Lines({ lines, first }: { lines: ReportingLine[]; first: string }) {
  if (lines.length === 0) return <p>{first} reports to nobody.</p>;
  return (
    <ul class="lines">
      {lines.map(({ managerName, fromOn, untilOn }) => (
        <li class="spread">
          <span>{managerName}</span>
          <span class="muted small">{untilOn ? `${fullDay(fromOn)} to ${fullDay(untilOn)}` : `since ${fullDay(fromOn)}`}</span>
        </li>
      ))}
    </ul>
  );
}
