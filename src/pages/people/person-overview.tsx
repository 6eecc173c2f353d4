import type { PersonView } from "../../domain/people/person-access.ts";
import type { MeetingAhead, PersonOverview as Overview, SlotOfPerson } from "../../domain/people/person-overview-queries.ts";
import { ruleInWords } from "../../method/recurrence-rule.ts";
import { count, dayIn, firstName, percent, shortDay, timeIn, weekday } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import { isAdmin, isManager } from "../../platform/viewer.ts";
import { ActivityWeeks } from "./activity-weeks.tsx";

/** The next one-on-one, the fixed slots, and how promises were kept: dates and counts. */
export function PersonOverview({ ctx, person, overview }: { ctx: Ctx; person: PersonView; overview: Overview }) {
  const { next, series, commitments } = overview;
  const first = firstName(person.name);
  const hasOneOnOnes = person.roles.includes("rep") || series.length > 0 || next !== null;
  return (
    <div class="stack overview">
      {hasOneOnOnes && (
        <section class="sheet pad stack">
          <h2>Next one-on-one</h2>
          {next ? <Next ctx={ctx} next={next} /> : <p>None planned.</p>}
          {person.standing === "pair" && <PairLinks person={person} />}
        </section>
      )}
      {(hasOneOnOnes || isManager(ctx.viewer)) && <Series ctx={ctx} person={person} series={series} first={first} />}
      <ActivityWeeks weeks={overview.activities} first={first} />
      {commitments && commitments.settled + commitments.open > 0 && (
        <section class="sheet pad stack">
          <div>
            <h2>Promises in the last year</h2>
            <p class="muted">What {first} promised in one-on-ones, and what became of it.</p>
          </div>
          <div class="counts">
            <div>
              <b>{commitments.share === null ? "–" : percent(commitments.share)}</b>
              kept, with partly as a half
            </div>
            <div>
              <b>{commitments.kept}</b>kept
            </div>
            <div>
              <b>{commitments.partly}</b>partly
            </div>
            <div>
              <b>{commitments.missed}</b>missed
            </div>
            <div>
              <b>{commitments.dropped}</b>dropped
            </div>
            <div>
              <b>{commitments.open}</b>open
            </div>
          </div>
        </section>
      )}
    </div>
  );
}

function Next({ ctx, next }: { ctx: Ctx; next: MeetingAhead }) {
  const day = dayIn(next.plannedStart, ctx.viewer.timeZone);
  const where = [next.kindName, `${next.minutes} min`, next.place, `with ${next.managerName}`].filter(Boolean).join(" · ");
  return (
    <div class="spread">
      <div>
        <strong>
          {next.state === "open" ? "Open now" : `${weekday(day)} ${shortDay(day)}, ${timeIn(next.plannedStart, ctx.viewer.timeZone)}`}
        </strong>
        <div class="muted">{where}</div>
      </div>
      {next.isMine && (
        <div class="row">
          <a class="btn" href={`/meetings/${next.id}/briefing`}>
            Briefing
          </a>
          <a class="btn primary" href={`/meetings/${next.id}/room`}>
            Open the room
          </a>
        </div>
      )}
    </div>
  );
}

/** What else this pair has. */
function PairLinks({ person }: { person: PersonView }) {
  return (
    <div class="row">
      <a href={`/records?with=${person.id}`}>Your record together</a>
      <a href={`/pipeline?owner=${person.id}`}>Pipeline</a>
      <a href={`/commitments?with=${person.id}`}>Commitments</a>
    </div>
  );
}

function Series({ ctx, person, series, first }: { ctx: Ctx; person: PersonView; series: SlotOfPerson[]; first: string }) {
  const mayMake = isAdmin(ctx.viewer) || person.standing === "pair" || person.standing === "above";
  return (
    <section class="sheet pad stack">
      <div class="spread">
        <h2>Fixed slots</h2>
        {mayMake && person.roles.includes("rep") && !person.hasLeft && (
          <a class="btn" href={`/series/new?rep=${person.id}`}>
            Make a series
          </a>
        )}
      </div>
      {series.length === 0 ? (
        <p class="muted">{first} has no fixed slot for one-on-ones yet.</p>
      ) : (
        <ul class="lines">
          {series.map((slot) => (
            <li class="spread">
              <span>
                <a href={`/series/${slot.id}`}>{slot.kindName}</a>
                {slot.repName === person.name ? ` with ${slot.managerName}` : ` of ${slot.repName}`}
                <span class="muted small detail">
                  {ruleInWords(slot.rrule)} at {slot.localTime.slice(0, 5).replace(/^0/, "")}, {count(slot.minutes, "minute")}
                  {slot.place ? ` · ${slot.place}` : ""}
                </span>
              </span>
              <span class="muted small">
                {slot.held} held, {slot.missed} missed
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
