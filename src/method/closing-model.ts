import { type ClosingHazards, closingHazards } from "./closing-hazards.ts";
import { type Estimate, known, refused } from "./estimate.ts";
import { calendarYear, type FiscalCalendar } from "./fiscal-calendar.ts";
import { fiscalMonths } from "./fiscal-months.ts";
import { type DatedDeal, type MonthOfQuarter, monthOfQuarter, positionOf } from "./month-of-quarter.ts";
import type { Span } from "./win-chance.ts";

/** A deal of somebody, as known on a day. Amounts in minor units of one currency. */
export interface OwnedDeal extends DatedDeal {
  ownerId: string;
  /** What it is, or was, worth while open; 0 when nobody can say. */
  openMinor: number;
  /** What it was won for; 0 unless won. */
  wonMinor: number;
}

/** How the deals of one organisation close, learnt from what was known before a day. */
export interface ClosingModel {
  /** The day looked from, a day number: nothing of it or later is known. */
  day: number;
  /** First day on which an outcome is known. */
  observedFrom: number;
  hazards: ClosingHazards;
  /** Null until every month of a quarter was seen. */
  season: MonthOfQuarter | null;
  /** Whose quarters these are. */
  calendar: FiscalCalendar;
}

export const leastHistoryDays = 90;
export const leastOutcomeDays = 28;

/**
 * The deals as they stood at the start of an earlier day: younger ones gone, those closed since open again.
 * @param day a day number
 */
export function knownBefore<T extends OwnedDeal>(deals: readonly T[], day: number): T[] {
  return deals
    .filter(({ createdOn }) => createdOn < day)
    .map((deal) => (deal.endedOn !== null && deal.endedOn >= day ? { ...deal, endedOn: null, outcome: "open", wonMinor: 0 } : deal));
}

/**
 * @param deals of the whole organisation, only those known before `day`
 * @param calendar of its fiscal months and quarters
 * Refuses below ninety days since the first deal, twenty-eight days since the first outcome, or thirty closed deals.
 */
export function closingModel(deals: readonly OwnedDeal[], day: number, calendar: FiscalCalendar = calendarYear): Estimate<ClosingModel> {
  const first = deals.reduce((earliest, { createdOn }) => Math.min(earliest, createdOn), day);
  if (day - first < leastHistoryDays) return refused("history", day - first, leastHistoryDays, "days");
  const observedFrom = deals.reduce((at, { endedOn, outcome }) => (outcome === "open" ? at : Math.min(at, endedOn ?? at)), day);
  if (day - observedFrom < leastOutcomeDays) return refused("history", day - observedFrom, leastOutcomeDays, "days of closed deals");
  const hazards = closingHazards(
    deals.map(({ createdOn, endedOn, outcome }) => ({
      from: Math.max(0, observedFrom - createdOn),
      to: (endedOn ?? day - 1) - createdOn,
      outcome,
    })),
  );
  if (!hazards.known) return hazards;
  const season = monthOfQuarter(deals, hazards.value, { observedFrom, day, calendar });
  return known({ day, observedFrom, hazards: hazards.value, season: season.known ? season.value : null, calendar });
}

/** The days from the model's own up to, not including, a later one. @param until a day number */
export function spanUntil({ day, season, calendar }: ClosingModel, until: number): Span {
  const days = Math.max(0, until - day);
  if (!season) return { days };
  const months = fiscalMonths(calendar);
  const positions: number[] = [];
  for (let at = day; at < until;) {
    const month = months.of(at);
    for (const end = Math.min(until, months.start(month + 1)); at < end; at++) positions.push(positionOf(month, calendar.startsIn));
  }
  return { days, season: { positions, worth: season } };
}
