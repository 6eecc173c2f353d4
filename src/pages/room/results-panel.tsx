import { answers } from "../../domain/results/next-steps.ts";
import { missedInARow } from "../../method/missed-in-a-row.ts";
import { OwnWordLine } from "../../parts/own-word-line.tsx";
import { count, dayIn, firstName, longDay, money, monthName } from "../../parts/words.ts";
import { DigDeeper, ReachedAlready } from "./dig-deeper.tsx";
import { newId } from "../../platform/new-id.ts";
import type { RoomData } from "./room-data.ts";

/** Results: celebrate what was reached; otherwise dig deeper; after two missed months in a row agree the next step. */
export function ResultsPanel({ room }: { room: RoomData }) {
  const { results } = room.panel;
  if (!results) return null;
  const rep = firstName(room.meeting.repName);
  const rows = results.months.map((month) => ({
    month,
    ...(results.person?.months.find((m) => m.month === month) ?? { wonMinor: 0, quotaMinor: null, currency: room.currency }),
  }));
  const past = rows.slice(1);
  const last = past[0];
  // A plan of nothing is neither reached nor missed.
  const plan = last?.quotaMinor ? { ...last, planMinor: last.quotaMinor } : undefined;
  const missed = missedInARow(past.toReversed().map(({ wonMinor, quotaMinor }) => ({ result: wonMinor, plan: quotaMinor })));
  return (
    <>
      <div class="pad">
        <h2>{rep}’s results</h2>
        <div class="small muted">
          Won by month, as known now. {room.seesResults && <a href={`/people/${room.meeting.repId}/results`}>All of it</a>}
        </div>
      </div>
      <div class="pad">
        <table>
          <thead>
            <tr>
              <th>Month</th>
              <th class="num">Won</th>
              <th class="num">Plan</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ month, wonMinor, quotaMinor, currency }, index) => (
              <tr>
                <td>{index === 0 ? `${monthName(month)} so far` : monthName(month)}</td>
                <td class="num">{money(wonMinor, currency)}</td>
                <td class="num">{quotaMinor === null ? "–" : money(quotaMinor, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {room.panel.words.length > 0 && (
        <div class="pad small">
          <OwnWordLine words={room.panel.words} name={room.meeting.repName} personId={room.meeting.repId} />
        </div>
      )}
      {plan && plan.wonMinor >= plan.planMinor && (
        <div class="celebrate">
          <h3>{monthName(plan.month)} reached</h3>
          <p class="q">
            {rep} closed {money(plan.wonMinor, plan.currency)} against a plan of {money(plan.planMinor, plan.currency)}. Say so, and ask
            what made it work.
          </p>
        </div>
      )}
      {plan && plan.wonMinor < plan.planMinor && <DigDeeper room={room} missed={plan} />}
      <ReachedAlready room={room} />
      {last && last.quotaMinor === null && (
        <div class="pad small muted">
          No plan is set for {monthName(last.month)}
          {room.meeting.side === "rep" ? (
            ""
          ) : (
            <>
              : set it under <a href="/quotas">Quotas</a>
            </>
          )}
          . Until then look at the months above.
        </div>
      )}
      {missed !== null && missed > 1 && <NextStepForm room={room} missed={missed} />}
    </>
  );
}

function NextStepForm({ room, missed }: { room: RoomData; missed: number }) {
  const { nextSteps: steps = [], agreed = null } = room.panel.results ?? {};
  const before = agreed?.meetingId === room.meeting.id ? null : answers(agreed, missed);
  return (
    <div class="pad stack tight">
      <h3>
        {count(missed, "month")} in a row below plan: {before ? "the next step is agreed" : "agree the next step"}
      </h3>
      {before && (
        <p>
          <span class="written">{before.words}</span> <span class="small muted">{longDay(dayIn(before.at, before.timeZone))}</span>
        </p>
      )}
      {steps.map((step) => (
        <p>
          {step.words} <span class="small muted">{firstName(step.byName)}</span>
        </p>
      ))}
      <form method="post" action={`/meetings/${room.meeting.id}/room/next-step`} class="stack tight" data-draft="next-step">
        <input type="hidden" name="id" value={newId()} />
        <input type="hidden" name="section" value={room.section.id} />
        <input type="hidden" name="missed" value={missed} />
        <label class="visually-hidden" for="next-step">
          The next step you two agree on
        </label>
        <textarea id="next-step" name="words" maxlength={2000} rows={2} placeholder="The next step you two agree on" required></textarea>
        <div>
          <button class="btn">Keep this step</button>
        </div>
      </form>
    </div>
  );
}
