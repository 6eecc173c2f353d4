import type { ActivityWeek } from "../../domain/activities/activity-queries.ts";
import { FiguresTable } from "../../parts/figures-table.tsx";
import { shortDay } from "../../parts/words.ts";

/** What somebody did week by week, as the CRM has it: counts, and nothing compared with anybody. */
export function ActivityWeeks({ weeks, first }: { weeks: readonly ActivityWeek[]; first: string }) {
  if (weeks.length === 0) return null;
  const hasOther = weeks.some(({ other }) => other > 0);
  return (
    <section class="sheet">
      <div class="pad stack tight">
        <h2>Activities by week</h2>
        <p class="muted">What {first} has done, as the CRM has it.</p>
      </div>
      <FiguresTable
        label="Activities by week"
        first="Week of"
        numbers={["Calls", "Meetings", "Mails", "Demos", ...(hasOther ? ["Other"] : [])]}
      >
        {weeks.map(({ week, call, meeting, mail, demo, other }, back) => (
          <tr>
            <td>
              {shortDay(week)}
              {back === 0 && <span class="muted">, so far</span>}
            </td>
            {[call, meeting, mail, demo, ...(hasOther ? [other] : [])].map((n) => (
              <td class="num">{n.toLocaleString("en-US")}</td>
            ))}
          </tr>
        ))}
      </FiguresTable>
    </section>
  );
}
