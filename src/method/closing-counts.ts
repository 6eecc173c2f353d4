import { type ClosingHazards, hazardsOf, leastClosed } from "./closing-hazards.ts";
import { type ClosingModel, leastHistoryDays, leastOutcomeDays } from "./closing-model.ts";
import { type Estimate, known, refused } from "./estimate.ts";
import type { FiscalCalendar } from "./fiscal-calendar.ts";
import { firstWhole, type FiscalMonths, fiscalMonths } from "./fiscal-months.ts";
import { bandOf, type DatedDeal, type MonthOfQuarter, positionOf, seasonCounts, seasonOf } from "./month-of-quarter.ts";

export interface CountedFrom {
  /** First day any deal was known, and first day on which an outcome was; the day looked from. Day numbers. */
  firstOn: number;
  observedFrom: number;
  day: number;
  calendar: FiscalCalendar;
}

interface MonthCounts {
  /** Differences of how many deals were watched, by age in days. */
  entered: Float64Array;
  won: Float64Array;
  lost: Float64Array;
}

const nothing: MonthCounts = { entered: new Float64Array(0), won: new Float64Array(0), lost: new Float64Array(0) };

/**
 * How deals of an organisation close, counted by fiscal month and age instead of kept: millions of deals, a few megabytes. Out of the counts
 * come the models of every month's first day at once, the same that `closingModel` makes of the deals themselves.
 */
export class ClosingCounts {
  readonly #from: CountedFrom;
  readonly #line: FiscalMonths;
  readonly #first: number;
  readonly #months: MonthCounts[];

  constructor(from: CountedFrom) {
    this.#from = from;
    this.#line = fiscalMonths(from.calendar);
    this.#first = this.#line.of(from.observedFrom);
    const ages = from.day - from.firstOn + 2;
    const many = Math.max(0, this.#line.of(from.day - 1) - this.#first + 1);
    this.#months = Array.from({ length: many }, () => ({
      entered: new Float64Array(ages),
      won: new Float64Array(ages),
      lost: new Float64Array(ages),
    }));
  }

  /** A deal as known before the day looked from. */
  add({ createdOn, endedOn, outcome }: DatedDeal): void {
    const { observedFrom, day } = this.#from;
    const last = Math.min(endedOn ?? day - 1, day - 1);
    const first = Math.max(createdOn, observedFrom);
    if (last < first) return;
    const line = this.#line;
    for (let month = line.of(first), end = line.of(last); month <= end; month++) {
      const counts = this.#months[month - this.#first];
      if (!counts) continue;
      add(counts.entered, Math.max(first, line.start(month)) - createdOn, 1);
      add(counts.entered, Math.min(last, line.start(month + 1) - 1) - createdOn + 1, -1);
    }
    if (outcome === "open" || endedOn === null || endedOn >= day) return;
    const counts = this.#months[line.of(endedOn) - this.#first];
    if (counts) add(outcome === "won" ? counts.won : counts.lost, endedOn - createdOn, 1);
  }

  /** The model of the first day of a month, or of the day looked from. Refuses as `closingModel` does. */
  modelOf(day: number): Estimate<ClosingModel> {
    const { firstOn, observedFrom, calendar } = this.#from;
    if (day - firstOn < leastHistoryDays) return refused("history", Math.max(0, day - firstOn), leastHistoryDays, "days");
    const outcomeDays = Math.max(0, day - observedFrom);
    if (outcomeDays < leastOutcomeDays) return refused("history", outcomeDays, leastOutcomeDays, "days of closed deals");
    const months = this.#months.slice(0, this.#line.of(day - 1) - this.#first + 1);
    const hazards = hazardsFrom(months);
    if (!hazards.known) return hazards;
    return known({ day, observedFrom, hazards: hazards.value, season: this.#season(hazards.value, day), calendar });
  }

  #season({ wonHazard, lostHazard }: ClosingHazards, day: number): MonthOfQuarter | null {
    const { observedFrom, calendar } = this.#from;
    const [first, past] = [firstWhole(this.#line, observedFrom), this.#line.of(day)];
    if (past - first < 3) return null;
    const counts = seasonCounts();
    for (let month = first; month < past; month++) {
      const { entered, won, lost } = this.#months[month - this.#first] ?? nothing;
      let atRisk = 0;
      for (let age = 0; age < entered.length; age++) {
        atRisk += entered[age] ?? 0;
        if (atRisk === 0) continue;
        const cell = 4 * positionOf(month, calendar.startsIn) + bandOf(age);
        add(counts.won, cell, won[age] ?? 0);
        add(counts.lost, cell, lost[age] ?? 0);
        add(counts.wonExpected, cell, atRisk * (wonHazard[age] ?? 0));
        add(counts.lostExpected, cell, atRisk * (lostHazard[age] ?? 0));
      }
    }
    return seasonOf(counts);
  }
}

function add(counts: Float64Array, at: number, many: number): void {
  counts[at] = (counts[at] ?? 0) + many;
}

function hazardsFrom(months: readonly MonthCounts[]): Estimate<ClosingHazards> {
  const length = months[0]?.entered.length ?? 0;
  const [atRisk, won, lost] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  let [ages, closed] = [0, 0];
  for (const month of months) {
    let now = 0;
    for (let age = 0; age < length; age++) {
      now += month.entered[age] ?? 0;
      if (now === 0) continue;
      add(atRisk, age, now);
      add(won, age, month.won[age] ?? 0);
      add(lost, age, month.lost[age] ?? 0);
      closed += (month.won[age] ?? 0) + (month.lost[age] ?? 0);
      ages = Math.max(ages, age + 1);
    }
  }
  if (closed < leastClosed) return refused("outcomes", closed, leastClosed, "closed deals");
  return known(hazardsOf({ atRisk: atRisk.slice(0, ages), won: won.slice(0, ages), lost: lost.slice(0, ages) }));
}
