import type { Child } from "hono/jsx";
import type { PersonHead as PersonHeadData } from "../../domain/people/person-head-queries.ts";
import type { MeetingAhead } from "../../domain/people/person-overview-queries.ts";
import { cadenceOf } from "../../method/recurrence-rule.ts";
import { addDays } from "../../method/days.ts";
import { Head } from "../../parts/shell.tsx";
import { dayIn, fullDay, list, shortDay, timeIn, weekday } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import { type PersonTab, PersonTabs } from "./person-tabs.tsx";
import { roleWords } from "./person-words.ts";

interface Props {
  ctx: Ctx;
  head: PersonHeadData;
  current: PersonTab;
  readers: string;
  /** What else one can do with this person. */
  children?: Child;
}

/** The head of a person's pages: who, when the two meet next and how steadily they do, the way into that one-on-one, the tabs. */
export function PersonHead({ ctx, head, current, readers, children }: Props) {
  const { person, next } = head;
  const isSelf = person.standing === "self";
  return (
    <>
      <Head title={isSelf ? "You" : person.name} lead={leadOf(ctx, head)} readers={readers}>
        {children}
        {next?.isMine && <WayIn next={next} />}
      </Head>
      <PersonTabs person={person} current={current} />
    </>
  );
}

function WayIn({ next }: { next: MeetingAhead }) {
  return (
    <>
      {next.side === "rep" ? (
        <a class="btn" href={`/meetings/${next.id}/preparation`}>
          Prepare
        </a>
      ) : (
        <a class="btn" href={`/meetings/${next.id}/briefing`}>
          Briefing
        </a>
      )}
      <a class="btn primary" href={`/meetings/${next.id}/room`}>
        Open the room
      </a>
    </>
  );
}

/** "Next: Deal strategy, Thursday 8:30, with Mara Lindt. Weekly, 12 held in a row." */
function leadOf(ctx: Ctx, { person, next, heldInARow }: PersonHeadData): string {
  const what = [list(person.roles.map((role) => roleWords[role])), person.team].filter(Boolean).join(" · ");
  if (person.hasLeft) return `${what}. Left${person.leftOn ? ` on ${fullDay(person.leftOn)}` : ""}.`;
  if (!next) return person.roles.includes("rep") ? `${what}. No one-on-one is planned.` : what;
  const withWhom = next.isMine && next.side === "manager" ? "" : `, with ${next.managerName}`;
  const when =
    next.state === "open" ? `Open now: ${next.kindName}${withWhom}.` : `Next: ${next.kindName}, ${startOf(ctx, next)}${withWhom}.`;
  const cadence = next.rrule === null ? "custom" : cadenceOf(next.rrule).cadence;
  const steadiness = [cadence !== "custom" && cadence, heldInARow > 1 && `${heldInARow} held in a row`].filter(Boolean).join(", ");
  return steadiness ? `${when} ${steadiness.replace(/^./, (first) => first.toUpperCase())}.` : when;
}

function startOf(ctx: Ctx, { plannedStart }: MeetingAhead): string {
  const zone = ctx.viewer.timeZone;
  const [day, today] = [dayIn(plannedStart, zone), dayIn(ctx.clock.now(), zone)];
  const time = timeIn(plannedStart, zone);
  if (day === today) return `today ${time}`;
  return day < addDays(today, 7) ? `${weekday(day)} ${time}` : `${weekday(day)} ${shortDay(day)}, ${time}`;
}
