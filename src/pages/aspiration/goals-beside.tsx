import type { GoalPageData } from "../../domain/goals/goal-page-queries.ts";
import { dayOf } from "../../method/day-numbers.ts";
import { goalHorizons } from "../../method/fiscal-calendar.ts";
import type { GoalOrigin } from "../../method/share-goals.ts";
import { besideQuota } from "../../parts/aspiration-words.tsx";
import { FiguresTable } from "../../parts/figures-table.tsx";
import { fullDay, longDay, minorUnits, money } from "../../parts/words.ts";

const originWords: Record<GoalOrigin, string> = {
  said: "as said",
  "added up": "the parts added up",
  "by quota": "a share, in proportion of quota",
  "by days": "a share, by days",
};

/** A share in whole units: cents would pretend to be exact. */
const whole = (minor: number, currency: string): number => Math.round(minor / minorUnits(currency)) * minorUnits(currency);

/** Goal and quota of the month, quarter and year that run: the goal leads, and each says how it came about. */
export function GoalsBeside({
  data: { now, targets, commission },
  currency,
  isSelf,
}: {
  data: GoalPageData;
  currency: string;
  isSelf: boolean;
}) {
  const { goal, goalFrom, quota, quotaFrom } = targets;
  return (
    <section class="sheet stack tight">
      <div class="pad-head">
        <h2>{isSelf ? "Your goal, and the quota beside it" : "The goal, and the quota beside it"}</h2>
        <p class="small muted">Won amounts. The goal is the rep’s own and leads; the quota is the company’s.</p>
      </div>
      <FiguresTable label="Goal and quota" first="Period" numbers={["Goal", "Quota"]}>
        {goalHorizons.map((horizon) => {
          const { label, until } = now[horizon];
          const [own, asked, from, askedFrom] = [goal[horizon], quota[horizon], goalFrom[horizon], quotaFrom[horizon]];
          return (
            <tr>
              <th scope="row">
                {label}
                <span class="detail small muted">until {longDay(dayOf(until - 1))}</span>
              </th>
              <td class="num">
                {own === undefined ? (
                  <span class="muted">Not said</span>
                ) : (
                  <b>{money(from === "said" ? own : whole(own, currency), currency)}</b>
                )}
                {from && <span class="detail small muted">{originWords[from]}</span>}
              </td>
              <td class="num">
                {asked === undefined ? <span class="muted">None</span> : money(asked, currency)}
                {askedFrom && askedFrom.months < askedFrom.of && (
                  <span class="detail small muted">
                    of {askedFrom.months} of {askedFrom.of} months
                  </span>
                )}
                {own !== undefined && asked !== undefined && <span class="detail small muted">goal {besideQuota(own, asked)}</span>}
              </td>
            </tr>
          );
        })}
      </FiguresTable>
      {commission && (
        <p class="pad-foot small muted">
          Commission: {(commission.basisPoints / 100).toLocaleString("en-US")} % of what is won, since {fullDay(commission.fromOn)}.
        </p>
      )}
    </section>
  );
}
