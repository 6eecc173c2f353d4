import type { GoalPageData } from "../../domain/goals/goal-page-queries.ts";
import type { FiscalPeriod, GoalHorizon } from "../../method/fiscal-calendar.ts";
import { Field, TextArea } from "../../parts/field.tsx";
import type { Errors } from "../../parts/form-errors.ts";
import { minorUnits, money, monthName } from "../../parts/words.ts";

interface Props {
  data: GoalPageData;
  id: string;
  typed: Record<string, string> | undefined;
  errors: Errors;
  currency: string;
}

/** How an amount is shown in a field it is typed in: "260,000". */
const typedAmount = (minor: number | null | undefined, currency: string): string =>
  minor === null || minor === undefined ? "" : (minor / minorUnits(currency)).toLocaleString("en-US", { maximumFractionDigits: 2 });

export const goalField = (horizon: GoalHorizon, { month }: Pick<FiscalPeriod, "month">): string => `${horizon}-${month}`;

/** The rep's own words and number for the year; own numbers for quarters and months where they want other ones. */
export function AspirationForm({ data, id, typed, errors, currency }: Props) {
  const { person, year, aspirations, said, quotas } = data;
  const [last] = aspirations;
  const saidOf = (horizon: GoalHorizon, period: FiscalPeriod) =>
    typedAmount(said.find((one) => one.horizon === horizon && one.month === period.month)?.amountMinor, currency);
  const quotaIn = (period: FiscalPeriod) =>
    year.months.reduce((sum, one) => (one.from >= period.from && one.until <= period.until ? sum + (quotas.get(one.month) ?? 0) : sum), 0);
  const amountField = (horizon: GoalHorizon, period: FiscalPeriod, label: string) => {
    const name = goalField(horizon, period);
    const quota = quotaIn(period);
    return (
      <Field
        name={name}
        label={label}
        value={typed ? typed[name] : saidOf(horizon, period)}
        error={errors[name]}
        inputmode="decimal"
        hint={quota > 0 ? `Quota ${money(quota, currency)}` : "No quota"}
      />
    );
  };
  const hasOwnMonths = year.months.some((month) => errors[goalField("month", month)] || saidOf("month", month));
  return (
    <form method="post" action={`/people/${person.id}/aspiration`} class="sheet pad stack">
      <input type="hidden" name="id" value={id} />
      <TextArea
        name="words"
        label={`What would make ${year.year.label} awesome for you?`}
        value={typed ? typed.words : last?.words}
        error={errors.words}
        rows={3}
        hint="In your own words. Not the quota: what you would love to reach, and what for."
      />
      {amountField("year", year.year, `What you would have to win in ${year.year.label} for that, in ${currency}`)}
      <fieldset class="stack tight">
        <legend>Own numbers for a quarter, if you like</legend>
        <p class="small muted">Left empty, a quarter takes its share of the year, in proportion of quota.</p>
        <div class="fields quarters">{year.quarters.map((quarter) => amountField("quarter", quarter, quarter.label))}</div>
      </fieldset>
      <details open={hasOwnMonths}>
        <summary>Own numbers for single months</summary>
        <div class="fields quarters">{year.months.map((month) => amountField("month", month, monthName(month.month)))}</div>
      </details>
      <div>
        <button class="btn primary">Save</button>
      </div>
    </form>
  );
}
