import type { ManagerAdherence } from "../../domain/meetings/week-figures-queries.ts";
import { weeksCounted } from "../../domain/meetings/week-access.ts";
import { FiguresTable } from "../../parts/figures-table.tsx";
import { percent } from "../../parts/words.ts";

/** For a leader: what each manager below held. Counts; what was said stays with the pair. */
export function ManagersSheet({ managers }: { managers: ManagerAdherence[] }) {
  return (
    <section class="sheet managers">
      <div class="pad">
        <h2>Your managers, last {weeksCounted} weeks</h2>
        <p class="small muted">Counts only. What is said in a one-on-one is read by its two people alone.</p>
      </div>
      <FiguresTable label="One-on-ones held by each manager" first="Manager" numbers={["People met", "Held", "Moved", "Excused", "Missed"]}>
        {managers.map((one) => (
          <tr>
            <th scope="row">{one.managerName}</th>
            <td class="num">{one.reps}</td>
            <td class="num">{one.due === 0 ? "none due" : `${one.held} of ${one.due}, ${percent(one.held / one.due)}`}</td>
            <td class="num">{one.moved}</td>
            <td class="num">{one.excused}</td>
            <td class={one.missed > 0 ? "num late" : "num"}>{one.missed}</td>
          </tr>
        ))}
      </FiguresTable>
    </section>
  );
}
