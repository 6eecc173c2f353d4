import { type Grade, grades } from "../../method/prospect-grade.ts";
import { daysBetween } from "../../method/days.ts";
import { StageCell } from "../../parts/stage-cell.tsx";
import { count, dayIn, fullDay, money, shortDay } from "../../parts/words.ts";
import { newId } from "../../platform/new-id.ts";
import type { DealData } from "./deal-data.ts";

const isStillOpen = ({ deal }: DealData): boolean => deal.outcome === "open" || deal.outcome === "vanished";

/** Where the deal stands, in five numbers. */
export function DealStrip({ data, zone }: { data: DealData; zone: string }) {
  const { deal, evidence, now } = data;
  return (
    <dl class="sheet strip deal-strip">
      <div>
        <dt>Stage</dt>
        <dd>
          <StageCell claimed={deal.stage} verified={evidence.verified} now={now} />
        </dd>
        {deal.outcome === "vanished" && (
          <dd class="small late">No longer in the export since {fullDay(dayIn(deal.lastChangeAt, zone))}: not counted as open.</dd>
        )}
      </div>
      <div>
        <dt>Amount</dt>
        <dd>{deal.amountMinor === null ? <span class="muted">none given</span> : money(deal.amountMinor, deal.currency)}</dd>
        {deal.isListPrice && <dd class="small muted">the product’s list price: the deal has no amount of its own</dd>}
      </div>
      <Close data={data} today={dayIn(now, zone)} />
      <Age data={data} zone={zone} />
      {deal.outcome === "open" && <GradeByHand data={data} />}
    </dl>
  );
}

function Close({ data, today }: { data: DealData; today: string }) {
  const { deal, slips } = data;
  const { closeOn } = deal;
  const isLate = deal.outcome === "open" && closeOn !== null && closeOn < today;
  const slipped = slips && closeOn && closeOn > slips.firstClose ? daysBetween(slips.firstClose, closeOn) : 0;
  return (
    <div>
      <dt>{isStillOpen(data) ? "Expected to close" : "Closed"}</dt>
      <dd class={isLate ? "late" : undefined}>
        {closeOn ? (
          <span title={fullDay(closeOn)}>
            {closeOn.slice(0, 4) === today.slice(0, 4) ? shortDay(closeOn) : `${shortDay(closeOn)} ${closeOn.slice(0, 4)}`}
          </span>
        ) : (
          <span class="muted">no day given</span>
        )}
      </dd>
      {isLate && closeOn && <dd class="small late">overdue by {count(daysBetween(closeOn, today), "day")}</dd>}
      {slips && slipped > 0 && (
        <dd class="small late">
          slipped {slips.times === 1 ? "once" : `${slips.times} times`}, {count(slipped, "day")} in all
        </dd>
      )}
    </div>
  );
}

function Age({ data, zone }: { data: DealData; zone: string }) {
  const { deal, closing, now } = data;
  const isOpen = isStillOpen(data);
  // While it is open whole days, as in the table of the Pipeline page.
  const age =
    isOpen || !deal.closeOn
      ? Math.max(0, Math.floor((now.getTime() - deal.createdAt.getTime()) / 86_400_000))
      : Math.max(0, daysBetween(dayIn(deal.createdAt, zone), deal.closeOn));
  const quiet = Math.floor((now.getTime() - deal.lastChangeAt.getTime()) / 86_400_000);
  return (
    <div>
      <dt>{isOpen ? "Open for" : "Took"}</dt>
      <dd class={isOpen && closing && age > closing.upperDays ? "late" : undefined}>{count(age, "day")}</dd>
      {closing && (
        <dd class="small muted">
          half of those won take {closing.medianDays}, three in four {closing.upperDays}
        </dd>
      )}
      {isOpen && quiet > 0 && <dd class="small muted">last change {count(quiet, "day")} ago</dd>}
    </div>
  );
}

const hint: Record<Grade, string> = { A: "ready to be closed", B: "on its way", C: "still to be won over" };

function GradeByHand({ data: { deal, grade } }: { data: DealData }) {
  return (
    <div>
      <dt>Grade</dt>
      <dd>{grade?.grade ? <span title={hint[grade.grade]}>{grade.grade}</span> : <span class="muted">none</span>}</dd>
      <dd class="small muted">{grade?.byHand ? `by hand, ${grade.byHand.name}` : grade?.grade ? "by the rules" : "no rule fits"}</dd>
      <dd class="no-print">
        <details>
          <summary class="small">Grade by hand</summary>
          <form method="post" action={`/opportunities/${deal.id}/grade`} class="row">
            <input type="hidden" name="id" value={newId()} />
            {grades.map((one) => (
              <button class="btn" name="grade" value={one} aria-label={`Grade ${one}: ${hint[one]}`}>
                {one}
              </button>
            ))}
            {grade?.byHand && (
              <button class="btn" name="grade" value="">
                By the rules
              </button>
            )}
          </form>
        </details>
      </dd>
    </div>
  );
}
