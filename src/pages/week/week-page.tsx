import type { Week, WeekRow } from "../../domain/meetings/week-access.ts";
import { addDays, mondayOf } from "../../method/days.ts";
import { Head, Shell } from "../../parts/shell.tsx";
import { count, countWord, firstName, list, longDay, shortDay, weekday } from "../../parts/words.ts";
import type { Request } from "../../platform/http.ts";
import { isAdmin, isManager, type Viewer } from "../../platform/viewer.ts";
import { ManagersSheet } from "./managers-sheet.tsx";
import { OneOnOne } from "./one-on-one.tsx";
import { Strip } from "./strip.tsx";

interface Props {
  c: Request;
  viewer: Viewer;
  week: Week;
  /** Shows in every row how to move or excuse it. */
  isChanging: boolean;
}

const href = (monday: string, changing = false) => `/week?of=${monday}${changing ? "&change=yes" : ""}`;

export function WeekPage({ c, viewer, week, isChanging }: Props) {
  const { monday, today, rows, side } = week;
  const year = monday.slice(0, 4) === today.slice(0, 4) ? "" : ` ${monday.slice(0, 4)}`;
  const topics = [`week:${viewer.personId}`, ...rows.slice(0, 19).map(({ id }) => `meeting:${id}`)].join(" ");
  const meetsAnybody = isManager(viewer) || viewer.roles.has("rep") || rows.length > 0;
  const canChange = rows.some(({ state }) => state === "planned");
  return (
    <Shell c={c} title={`Week of ${longDay(monday)}`} current="week" live={topics}>
      <Head
        title={`Week of ${longDay(monday)}${year}`}
        lead={meetsAnybody ? sentence(week) : ""}
        readers="Only you see this page; what a pair writes is read by its two people."
      >
        {canChange && (
          <a class="btn" href={href(monday, !isChanging)}>
            {isChanging ? "Done" : "Move or excuse"}
          </a>
        )}
        {(isManager(viewer) || isAdmin(viewer)) && (
          <a class="btn primary" href="/series/new">
            Schedule
          </a>
        )}
      </Head>
      <nav class="weeks" aria-label="Weeks">
        <a href={href(addDays(monday, -7))} rel="prev">
          ← {shortDay(addDays(monday, -7))}
        </a>
        {mondayOf(today) !== monday && <a href="/week">This week</a>}
        <a href={href(addDays(monday, 7))} rel="next">
          {shortDay(addDays(monday, 7))} →
        </a>
        <a class="all" href="/series">
          All one-on-ones
        </a>
      </nav>
      {mondayOf(today) === monday && rows.length > 0 && !rows.some(({ state }) => state === "planned" || state === "open") && (
        <p class="notice">
          Nothing more waits this week. <a href={href(addDays(monday, 7))}>Prepare for next week</a>
        </p>
      )}
      {meetsAnybody && <Strip figures={week.figures} side={side} />}
      {rows.length > 0 ? <Days week={week} viewer={viewer} isChanging={isChanging} /> : <NothingThisWeek week={week} viewer={viewer} />}
      <Overdue week={week} viewer={viewer} />
      {week.managers.length > 0 && <ManagersSheet managers={week.managers} />}
    </Shell>
  );
}

function sentence({ rows, today, monday, nextDay }: Week): string {
  if (rows.length === 0) return nextDay || monday < mondayOf(today) ? "No one-on-ones." : "No one-on-ones yet.";
  const all = `${countWord(rows.length)} ${rows.length === 1 ? "one-on-one" : "one-on-ones"}`;
  const parts = (
    [
      ["closed", "held"],
      ["excused", "excused"],
      ["missed", "missed"],
    ] as const
  ).flatMap(([state, words]) => {
    const n = rows.filter((row) => row.state === state).length;
    if (n === rows.length) return [n === 1 ? words : `all ${words}`];
    return n > 0 ? [`${countWord(n).toLowerCase()} ${words}`] : [];
  });
  const first = parts.length > 0 ? `${all}, ${list(parts)}.` : `${all}.`;
  const ahead = rows.filter(({ state, preparedAt }) => state === "planned" && !preparedAt);
  const reps = new Set(ahead.filter(({ side }) => side === "manager").map(({ repId }) => repId)).size;
  const own = ahead.filter(({ side }) => side === "rep").length;
  return [
    first,
    reps > 0 && `${countWord(reps)} ${reps === 1 ? "rep has" : "reps have"} not prepared yet.`,
    own > 0 && `${countWord(own)} for you to prepare.`,
  ]
    .filter(Boolean)
    .join(" ");
}

function Days({ week, viewer, isChanging }: { week: Week; viewer: Viewer; isChanging: boolean }) {
  const days = Map.groupBy(week.rows, ({ day }: WeekRow) => day);
  return (
    <section class="sheet week" aria-label="One-on-ones of this week">
      {[...days].map(([day, rows]) => (
        <div class={day === week.today ? "day today" : "day"}>
          <h2 class="date">
            {weekday(day)} <b>{shortDay(day)}</b>
            {day === week.today && <span class="visually-hidden"> (today)</span>}
          </h2>
          <div>
            {rows.map((row) => (
              <OneOnOne row={row} week={week} viewer={viewer} isChanging={isChanging} />
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

function NothingThisWeek({ week, viewer }: { week: Week; viewer: Viewer }) {
  const isNew = week.figures.adherence.due === 0;
  if (isManager(viewer) && isNew && week.withoutSeries.length > 0 && !week.nextDay)
    return (
      <div class="sheet empty">
        <h2>Schedule your first one-on-one</h2>
        <p>Choose what it is for, with whom, and when. From then on it comes back by itself, with its agenda.</p>
        <a class="btn primary" href="/series/new">
          Schedule your first one-on-one
        </a>
      </div>
    );
  if (!isManager(viewer) && isAdmin(viewer) && !viewer.roles.has("rep"))
    return (
      <div class="sheet empty">
        <h2>You hold no one-on-ones yourself</h2>
        <p>
          Set up people and pipeline under <a href="/set-up">Set-up</a>, or <a href="/series/new">schedule one-on-ones for others</a>.
        </p>
      </div>
    );
  return (
    <div class="sheet empty">
      <h2>Nothing planned in this week</h2>
      {week.nextDay ? (
        <>
          <p>
            Your next one-on-one is on {weekday(week.nextDay)}, {longDay(week.nextDay)}.
          </p>
          <a class="btn primary" href={href(mondayOf(week.nextDay))}>
            See that week
          </a>
        </>
      ) : (
        <p>
          {isManager(viewer)
            ? "Look at another week, or schedule a one-on-one."
            : "Your manager schedules your one-on-ones; they appear here."}
        </p>
      )}
    </div>
  );
}

/** Who has been waiting: missed and not made good, and reps with no one-on-one at all. */
function Overdue({ week, viewer }: { week: Week; viewer: Viewer }) {
  const missed = week.missed.filter(({ id }) => !week.rows.some((row) => row.id === id));
  if (missed.length === 0 && week.withoutSeries.length === 0) return null;
  const day = (instant: Date) => shortDay(instant.toLocaleDateString("sv-SE", { timeZone: viewer.timeZone }));
  return (
    <section class="sheet pad overdue">
      <h2>Overdue</h2>
      <ul class="entry-lines">
        {missed.map((one) => (
          <li>
            <span>
              <b>{one.otherName}</b>{" "}
              <span class="muted">
                {one.kindName} of {day(one.plannedStart)} was missed;{" "}
                {one.lastMetAt ? `you last met on ${day(one.lastMetAt)}` : "you have not met yet"}.
              </span>
            </span>
            <a href={`/meetings/${one.id}/room`} aria-label={`Hold it late with ${one.otherName}`}>
              Hold it late
            </a>
          </li>
        ))}
        {week.withoutSeries.slice(0, 8).map(({ id, name }) => (
          <li>
            <span>
              <b>{name}</b> <span class="muted">has no one-on-one planned.</span>
            </span>
            <a href={`/series/new?rep=${id}`} aria-label={`Schedule with ${name}`}>
              Schedule with {firstName(name)}
            </a>
          </li>
        ))}
      </ul>
      {week.withoutSeries.length > 8 && <p class="small muted">and {count(week.withoutSeries.length - 8, "more rep")} without one.</p>}
    </section>
  );
}
