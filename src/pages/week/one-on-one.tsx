import type { Child } from "hono/jsx";
import type { Week, WeekRow } from "../../domain/meetings/week-access.ts";
import { dayAt, daysBetween } from "../../method/days.ts";
import { count, firstName, shortDay, timeIn, weekday } from "../../parts/words.ts";
import type { Viewer } from "../../platform/viewer.ts";
import { Reason } from "./reason.tsx";

interface Props {
  row: WeekRow;
  week: Week;
  viewer: Viewer;
  isChanging: boolean;
}

/** Where a click on the person leads: to what is next for the viewer in this one-on-one. */
function firstStep({ id, state, side }: WeekRow): string {
  if (state === "closed") return `/meetings/${id}/record`;
  if (state === "open") return `/meetings/${id}/room`;
  if (state === "planned") return side === "manager" ? `/meetings/${id}/briefing` : `/meetings/${id}/preparation`;
  return `/meetings/${id}/room`;
}

/** One row of the week: when, who, what it is for, and whether both are ready. */
export function OneOnOne({ row, week, viewer, isChanging }: Props) {
  const other = row.side === "manager" ? row.repName : row.managerName;
  const place = [row.kindName, `${row.minutes} min`, row.place].filter(Boolean).join(" · ");
  return (
    <article class={`one ${row.state}`}>
      <div class="time">
        <time datetime={row.plannedStart.toISOString()}>{timeIn(row.plannedStart, viewer.timeZone)}</time>
      </div>
      <div class="whom">
        <h3>
          <a href={firstStep(row)}>{other}</a>
        </h3>
        <div class="small muted">{place}</div>
        {row.movedFrom && <div class="small muted">moved from {whenShort(row.movedFrom, viewer.timeZone)}</div>}
      </div>
      <div class="why">
        <Reason row={row} week={week} viewer={viewer} />
        <Steps row={row} other={other} isChanging={isChanging} />
      </div>
      <Ready row={row} week={week} viewer={viewer} other={other} />
    </article>
  );
}

const whenShort = (instant: Date, zone: string): string => {
  const day = dayAt(instant, zone);
  return `${weekday(day).slice(0, 3)} ${shortDay(day)}, ${timeIn(instant, zone)}`;
};

function Steps({ row, other, isChanging }: { row: WeekRow; other: string; isChanging: boolean }) {
  const to = `/meetings/${row.id}`;
  const link = (path: string, words: string) => (
    <a href={`${to}/${path}`} aria-label={`${words}: ${other}, ${row.kindName}`}>
      {words}
    </a>
  );
  if (row.state === "planned")
    return (
      <div class="steps">
        {row.side === "manager" && link("briefing", "Briefing")}
        {row.side === "rep" && row.preparedAt && link("preparation", "Your preparation")}
        {link("points", "Points")}
        {link("room", "Room")}
        {isChanging && link("move", "Move")}
        {isChanging && link("excuse", "Excuse")}
      </div>
    );
  if (row.state === "open") return <div class="steps">{link("room", "Go to the room")}</div>;
  if (row.state === "missed") return <div class="steps">{link("room", "Hold it late")}</div>;
  return row.state === "closed" ? <div class="steps">{link("record", "Record")}</div> : null;
}

function Ready({ row, week, viewer, other }: { row: WeekRow; week: Week; viewer: Viewer; other: string }) {
  const { state, side } = row;
  return (
    <div class="ready">
      {state === "open" && <span class="tag kept">Going on now</span>}
      {state === "closed" && <span class="tag kept">Held</span>}
      {state === "excused" && <span class="tag">Excused</span>}
      {state === "missed" && <span class="tag missed">Missed</span>}
      {state === "planned" && <Prepared row={row} week={week} viewer={viewer} />}
      {state === "planned" && side === "rep" && !row.preparedAt && (
        <a class="btn primary" href={`/meetings/${row.id}/preparation`} aria-label={`Prepare for ${other}, ${row.kindName}`}>
          Prepare
        </a>
      )}
      {state === "planned" && (row.managerOff || row.repOff) && <OnTimeOff row={row} other={other} />}
      {state === "planned" && side === "manager" && !row.preparedAt && <Nudge row={row} week={week} viewer={viewer} other={other} />}
      {state !== "excused" && state !== "closed" && <PromiseLine row={row} />}
    </div>
  );
}

function Prepared({ row, week, viewer }: { row: WeekRow; week: Week; viewer: Viewer }) {
  if (row.preparedAt) {
    const ago = daysBetween(dayAt(row.preparedAt, viewer.timeZone), week.today);
    const when = ago === 0 ? " today" : ago === 1 ? " yesterday" : "";
    return <span class="tag kept">Prepared{when}</span>;
  }
  return <span class="tag watch">{row.preparationStartedAt ? "Not handed in yet" : "Not prepared"}</span>;
}

function OnTimeOff({ row, other }: { row: WeekRow; other: string }) {
  const mine = row.side === "manager" ? row.managerOff : row.repOff;
  return (
    <>
      <span class="tag watch">{holidayWords(row) ?? (mine ? "Falls on your time off" : "Falls on time off")}</span>
      <a class="small" href={`/meetings/${row.id}/move`} aria-label={`Move or excuse: ${other}`}>
        Move or excuse
      </a>
    </>
  );
}

/** Which holiday it falls on; when only one of the two has it, whose it is. */
function holidayWords({ side, managerHoliday, repHoliday, managerName, repName }: WeekRow): string | null {
  const holiday = repHoliday ?? managerHoliday;
  if (!holiday) return null;
  if (repHoliday && managerHoliday)
    return repHoliday === managerHoliday ? `Falls on ${holiday}` : `Falls on ${repHoliday}, ${managerHoliday}`;
  const isMine = (side === "manager") === (managerHoliday !== null);
  return `Falls on ${holiday} for ${isMine ? "you" : firstName(repHoliday ? repName : managerName)}`;
}

function sentWhen(day: string, today: string): string {
  const ago = daysBetween(day, today);
  if (ago === 0) return "today";
  return ago < 7 ? weekday(day).slice(0, 3) : shortDay(day);
}

function Nudge({ row, week, viewer, other }: { row: WeekRow; week: Week; viewer: Viewer; other: string }) {
  const day = (instant: Date) => dayAt(instant, viewer.timeZone);
  if (row.nudgedAt && day(row.nudgedAt) === week.today) return <span class="small muted">reminded today</span>;
  const sent = row.agendaSentAt && <span class="small muted">agenda sent {sentWhen(day(row.agendaSentAt), week.today)}</span>;
  return (
    <>
      {sent}
      <form method="post" action={`/meetings/${row.id}/nudge`}>
        <input type="hidden" name="of" value={week.monday} />
        <button class="link small" aria-label={`Send a nudge to ${other}`}>
          Send a nudge
        </button>
      </form>
    </>
  );
}

function PromiseLine({ row: { promises } }: { row: WeekRow }): Child {
  const { made, kept, settled, overdue } = promises;
  if (overdue > 0) return <span class="small late">{count(overdue, "promise")} overdue</span>;
  if (made === 0) return null;
  if (settled === 0) return <span class="small muted">{count(made, "promise")} open</span>;
  return (
    <span class="small muted">
      {kept} of {count(made, "promise")} kept
    </span>
  );
}
