import type { PersonView } from "../../domain/people/person-access.ts";
import type { PersonOverview as Overview, SlotOfPerson } from "../../domain/people/person-overview-queries.ts";
import { ruleInWords } from "../../method/recurrence-rule.ts";
import { count, firstName, percent } from "../../parts/words.ts";
import type { Ctx } from "../../platform/context.ts";
import { isAdmin, isManager } from "../../platform/viewer.ts";
import { ActivityWeeks } from "./activity-weeks.tsx";

/** The fixed slots, what was done week by week, and how promises were kept: dates and counts. */
export function PersonOverview({ ctx, person, overview }: { ctx: Ctx; person: PersonView; overview: Overview }) {
  const { series, commitments } = overview;
  const first = firstName(person.name);
  const hasOneOnOnes = person.roles.includes("rep") || series.length > 0;
  return (
    <div class="stack overview">
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
