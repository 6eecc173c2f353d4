import { closingIncidence } from "../../method/closing-incidence.ts";
import { closingModel, type OwnedDeal } from "../../method/closing-model.ts";
import { type Estimate, known } from "../../method/estimate.ts";
import type { FiscalCalendar } from "../../method/fiscal-calendar.ts";
import { type FlaggedRate, flaggedRates } from "../../method/flagged-rates.ts";
import { monthForecasts } from "../../method/month-forecast.ts";
import { ownerOutlooks } from "../../method/owner-outlook.ts";
import { rankCorrelation } from "../../method/rank-correlation.ts";
import { requiredCoverage } from "../../method/required-coverage.ts";
import { closedOf } from "../../method/closed-deals.ts";
import { winRates } from "../../method/win-rates.ts";

export interface RateRange {
  people: number;
  rawLow: number;
  rawHigh: number;
  low: number;
  high: number;
  flagged: FlaggedRate[];
}

/** How far win rates of people lie apart, raw and drawn together, and whose differ by more than chance. */
export function rateRange(deals: readonly OwnedDeal[]): Estimate<RateRange> {
  const people = closedOf(deals);
  const [rates, flagged] = [winRates(people), flaggedRates(people)];
  if (!rates.known) return rates;
  if (!flagged.known) return flagged;
  const drawn = [...rates.value.rates.values()].map(({ rate }) => rate);
  const raw = people.map(({ won, lost }) => won / (won + lost));
  return known({
    people: people.length,
    rawLow: Math.min(...raw),
    rawHigh: Math.max(...raw),
    low: Math.min(...drawn),
    high: Math.max(...drawn),
    flagged: flagged.value,
  });
}

/** What becomes of a new deal: shares that add up to 1; `naive` is won of won and lost. */
export function newDealChances(
  deals: readonly OwnedDeal[],
  day: number,
): Estimate<{ won: number; lost: number; open: number; naive: number }> {
  const model = closingModel(deals, day);
  if (!model.known) return model;
  const { won, lost, open } = closingIncidence(model.value.hazards);
  const sums = closedOf(deals).reduce((sum, one) => ({ won: sum.won + one.won, all: sum.all + one.won + one.lost }), { won: 0, all: 0 });
  return known({ won: won.at(-1) ?? 0, lost: lost.at(-1) ?? 0, open: open.at(-1) ?? 1, naive: sums.won / sums.all });
}

/** A fiscal quarter: its first day, and the first after it. */
interface Quarter {
  day: number;
  end: number;
  calendar: FiscalCalendar;
}

/**
 * How the coverage asked of each person at the start of a quarter, to win three times the own trailing mean, goes with what the
 * quarter then needed: (goal − what new deals brought) / what open ones brought × what was open.
 * @param before as known at its first day @param after as known once it was over
 */
export function coverageAgainst(before: readonly OwnedDeal[], after: readonly OwnedDeal[], quarter: Quarter): Estimate<number> {
  const { day, end, calendar } = quarter;
  const forecasts = monthForecasts(before, day, calendar);
  if (!forecasts.known) return forecasts;
  const { model, owners, sharedSpread } = forecasts.value;
  const mine = Map.groupBy(
    after.filter(({ outcome, endedOn }) => outcome === "won" && endedOn !== null && endedOn >= day && endedOn < end),
    ({ ownerId }) => ownerId,
  );
  const pairs = [...ownerOutlooks(model, before, end)].flatMap(([ownerId, outlook]) => {
    const month = owners.get(ownerId);
    const gapMinor = 3 * (month?.trailingMinor ?? 0);
    const scale = month?.modelScale ?? 1;
    const coverage = requiredCoverage({ outlook, gapMinor, scale, sharedSpread, closesUpTo: model.hazards.closesUpTo });
    const won = (isNew: boolean) =>
      (mine.get(ownerId) ?? []).filter(({ createdOn }) => createdOn >= day === isNew).reduce((sum, { wonMinor }) => sum + wonMinor, 0);
    if (!coverage.known || won(false) <= 0) return [];
    return [[coverage.value.neededMinor, (Math.max(0, gapMinor - won(true)) / won(false)) * coverage.value.openMinor] as const];
  });
  return rankCorrelation(pairs);
}
