import { count, dayIn, firstName, fullDay } from "../../parts/words.ts";
import type { ResultsData } from "./results-data.ts";

/** Months below plan in a row, the way to the next step, and the steps agreed on before. */
export function MissedPart({ data }: { data: ResultsData }) {
  const { figures, steps, nextMeetingId, isPair } = data;
  const missed = figures.missed ?? 0;
  const last = figures.months.findLast(({ isRunning }) => !isRunning);
  return (
    <div class="stack tight">
      {missed === 0 && last && last.quotaMinor !== null && <p>{last.period.label} reached its plan.</p>}
      {missed === 1 && last && <p>{last.period.label} stayed below plan, the month before did not.</p>}
      {missed > 1 && (
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
