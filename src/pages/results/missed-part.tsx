import { count, dayIn, firstName, fullDay } from "../../parts/words.ts";
import { answers } from "../../domain/results/next-steps.ts";
import { dayOf } from "../../method/day-numbers.ts";
import { startOfDay } from "../../method/days.ts";
import type { ResultsData } from "./results-data.ts";

/** Months below plan in a row, the way to the next step, and the steps agreed on before. */
export function MissedPart({ data }: { data: ResultsData }) {
  const { figures, steps, nextMeetingId, isPair } = data;
  const missed = figures.missed ?? 0;
  const running = figures.months.find(({ isRunning }) => isRunning);
  const since = running && startOfDay(dayOf(running.period.from), figures.timeZone);
  const agreed = steps.find((step) => since && step.at >= since && answers(step, missed));
  const [before, last] = figures.months.filter(({ isRunning }) => !isRunning).slice(-2);
  return (
    <div class="stack tight">
      {missed === 0 && last && last.quotaMinor !== null && <p>{last.period.label} reached its plan.</p>}
      {missed === 1 && last && (
        <p>
          {last.period.label} stayed below plan, {before?.quotaMinor === null ? "the month before had none" : "the month before did not"}.
        </p>
      )}
      {missed > 1 && agreed && (
        <p>
          <b>{count(missed, "month")} in a row below plan.</b> The next step was agreed on {fullDay(dayIn(agreed.at, agreed.timeZone))}.
        </p>
      )}
      {missed > 1 && !agreed && (
        <p class="watch-words">
          <b>{count(missed, "month")} in a row below plan:</b> agree the next step
          {nextMeetingId ? (
            <>
              {" "}
              in <a href={`/meetings/${nextMeetingId}/room`}>the next one-on-one</a>.
            </>
          ) : isPair ? (
            " in the next one-on-one. None is planned yet."
          ) : (
            " is what the two do in their next one-on-one."
          )}
        </p>
      )}
      {isPair && steps.length > 0 && (
        <>
          <h3>Next steps taken</h3>
          <ul class="lines">
            {steps.map(({ words, at, timeZone, byName, monthsMissed, meetingId }) => (
              <li>
                <span class="written">{words}</span>
                <span class="muted small detail">
                  <a href={`/meetings/${meetingId}/record`}>{fullDay(dayIn(at, timeZone))}</a>, after {count(monthsMissed, "missed month")},
                  written by {firstName(byName)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
