import type { WeekFigures } from "../../domain/meetings/week-figures-queries.ts";
import { weeksCounted } from "../../domain/meetings/week-access.ts";
import { focusShares, mostOnPast, wholePercents } from "../../method/focus.ts";
import { count, percent } from "../../parts/words.ts";

interface Props {
  figures: WeekFigures;
  side: "manager" | "rep";
}

/** The four figures of the last quarter. One that has nothing to count yet says so. */
export function Strip({ figures, side }: Props) {
  return (
    <section class="sheet strip" aria-label={`The last ${weeksCounted} weeks`}>
      <Held {...figures} />
      <Kept {...figures} side={side} />
      <Focus focus={figures.focus} hasHeld={figures.adherence.held > 0} />
      <Points points={figures.points} side={side} />
    </section>
  );
}

function Held({ adherence }: Pick<WeekFigures, "adherence">) {
  const { held, due, moved, excused, missed } = adherence;
  return (
    <div>
      <h2>Held, last {weeksCounted} weeks</h2>
      <div class="big">{due === 0 ? "None yet" : `${held} of ${due}`}</div>
      <div class={missed > 0 ? "small late" : "small muted"}>
        {due === 0 ? "counted once the first is due" : `${moved} moved, ${excused} excused, ${missed} missed`}
      </div>
    </div>
  );
}

const shareWords = (share: number | null): string => (share === null ? "none" : percent(share));

function Kept({ own, others, side }: Pick<WeekFigures, "own" | "others"> & { side: Props["side"] }) {
  const judged = own.kept + own.partly + own.missed + others.kept + others.partly + others.missed;
  const all = judged === 0 ? null : (own.kept + others.kept + (own.partly + others.partly) / 2) / judged;
  return (
    <div>
      <h2>Commitments kept</h2>
      <div class="big">{all === null ? "None yet" : percent(all)}</div>
      <div class="small muted">
        {all === null
          ? "counted once the first is settled"
          : `yours ${shareWords(own.share)}, ${side === "manager" ? "reps" : "your manager"} ${shareWords(others.share)}`}
      </div>
    </div>
  );
}

function Focus({ focus, hasHeld }: Pick<WeekFigures, "focus"> & { hasHeld: boolean }) {
  const stretch = (name: keyof typeof focus) => ({ focus: name, from: 0, until: focus[name] * 1000 });
  const shares = focusShares([stretch("past"), stretch("present"), stretch("future")], 0);
  const { past } = wholePercents(shares);
  return (
    <div>
      <h2>On what comes next</h2>
      <div class="big">{shares.total === 0 ? "None yet" : `${100 - past} %`}</div>
      <div class={shares.past > mostOnPast ? "small late" : "small muted"}>
        {shares.total === 0
          ? hasHeld
            ? "no time was spent on any section"
            : "counted once the first is held"
          : `${past} % on the past, aim for ${mostOnPast * 100}${shares.past > mostOnPast ? "" : " or less"}`}
      </div>
    </div>
  );
}

function Points({ points: { byReps, byManagers }, side }: Pick<WeekFigures, "points"> & { side: Props["side"] }) {
  const all = byReps + byManagers;
  const tooFew = all > 0 && byManagers > byReps;
  return (
    <div>
      <h2>{side === "manager" ? "Points raised by reps" : "Points raised by you"}</h2>
      <div class="big">{all === 0 ? "None yet" : percent(byReps / all)}</div>
      <div class={tooFew ? "small late" : "small muted"}>
        {all === 0
          ? "counted once points are added"
          : tooFew
            ? `${byManagers} of ${all} from the manager, aim for half or less`
            : `${byReps} of ${count(all, "point")}`}
      </div>
    </div>
  );
}
