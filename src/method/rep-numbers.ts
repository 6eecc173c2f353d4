import { type Attainment, attainment, type Move, whatMovesMost } from "./attainment.ts";
import { closedOf } from "./closed-deals.ts";
import { type ClosingModel, closingModel, knownBefore, type OwnedDeal } from "./closing-model.ts";
import { monthNumber, monthStart } from "./day-numbers.ts";
import { type Estimate, known } from "./estimate.ts";
import { type FindingGoal, findingGoal } from "./finding-goal.ts";
import { calendarYear, type FiscalCalendar, type FiscalPeriod, fiscalPeriods, type GoalHorizon, goalHorizons } from "./fiscal-calendar.ts";
import { type MonthForecasts, modelWeight, monthForecasts } from "./month-forecast.ts";
import { type OutlookSetting, ownerOutlook, outlookSetting } from "./owner-outlook.ts";
import { type Coverage, requiredCoverage } from "./required-coverage.ts";
import { seedOf } from "./seeded-random.ts";
import { type Trend, trend } from "./trend.ts";
import { type WinRate, type WinRates, winRates } from "./win-rates.ts";

export { type GoalHorizon, goalHorizons };

/** What everybody's numbers as of one day have in common: made once for an organisation, then each rep costs little. */
export interface NumbersSetting {
  day: number;
  model: ClosingModel;
  /** Of the month the day lies in: what its forecasts learnt from past errors. */
  forecasts: MonthForecasts;
  /** First and last day and the outlook of each horizon; `until` is not included. */
  horizons: Record<GoalHorizon, { from: number; until: number; setting: OutlookSetting }>;
  rates: Estimate<WinRates>;
}

/**
 * @param deals of the whole organisation as known before `day`
 * @param day the day looked from, a day number: nothing of it or later is known
 * @param calendar by which month, quarter and year begin and end
 * Refuses as `closingModel` does, for the day and for the first of its month.
 */
export function numbersSetting(
  deals: readonly OwnedDeal[],
  day: number,
  calendar: FiscalCalendar = calendarYear,
): Estimate<NumbersSetting> {
  const before = knownBefore(deals, day);
  const model = closingModel(before, day, calendar.startsIn);
  if (!model.known) return model;
  const forecasts = monthForecasts(before, monthStart(monthNumber(day)), calendar.startsIn);
  if (!forecasts.known) return forecasts;
  const periods = fiscalPeriods(calendar, day);
  const horizon = ({ from, until }: FiscalPeriod) => ({ from, until, setting: outlookSetting(model.value, before, until) });
  return known({
    day,
    model: model.value,
    forecasts: forecasts.value,
    horizons: { month: horizon(periods.month), quarter: horizon(periods.quarter), year: horizon(periods.year) },
    rates: winRates(closedOf(before)),
  });
}

/** Minor units. Without a goal there is no gap: then only what is expected. */
export interface HorizonNumbers {
  wonMinor: number;
  /** Expected until the end of the horizon beyond what is won: the model blended with the trailing mean. */
  expectedMinor: number;
  goal: { goalMinor: number; chance: Estimate<Attainment>; coverage: Estimate<Coverage>; finding: Estimate<FindingGoal> } | null;
}

export interface RepNumbers {
  horizons: Record<GoalHorizon, HorizonNumbers>;
  /** What moves the chance to reach the quarter's goal most; null without such a goal. */
  moves: Estimate<Move[]> | null;
  /** Null when the person has no closed deal, or the organisation too few. */
  winRate: WinRate | null;
  /** Won by whole month, the last two years. */
  trend: Estimate<Trend>;
}

/**
 * One rep's numbers as of the setting's day.
 * @param mine every deal of theirs, as known before that day
 * @param goals what they want to win in the whole month, quarter and year, in minor units
 */
export function repNumbers(
  setting: NumbersSetting,
  ownerId: string,
  mine: readonly OwnedDeal[],
  goals: Partial<Record<GoalHorizon, number>>,
): RepNumbers {
  const rep = { ownerId, mine: knownBefore(mine, setting.day) };
  const numbers = goalHorizons.map((horizon) => [horizon, horizonNumbers(setting, rep, horizon, goals[horizon] ?? null)] as const);
  return {
    horizons: Object.fromEntries(numbers.map(([horizon, { numbers: one }]) => [horizon, one])) as Record<GoalHorizon, HorizonNumbers>,
    moves: numbers.find(([horizon]) => horizon === "quarter")?.[1].moves() ?? null,
    winRate: (setting.rates.known && setting.rates.value.rates.get(ownerId)) || null,
    trend: trend(wholeMonths(setting, rep.mine), "months"),
  };
}

interface Rep {
  ownerId: string;
  mine: readonly OwnedDeal[];
}

function horizonNumbers(setting: NumbersSetting, { ownerId, mine }: Rep, horizon: GoalHorizon, goalMinor: number | null) {
  const { day, model, forecasts, horizons } = setting;
  const { from, until } = horizons[horizon];
  const owner = forecasts.owners.get(ownerId);
  const outlook = ownerOutlook(horizons[horizon].setting, ownerId, mine);
  const raw = outlook.expectedOpen + outlook.expectedNew;
  const modelScale = owner?.modelScale ?? 1;
  const trailing = owner?.trailingMinor ?? null;
  const expectedMinor =
    trailing === null ? raw * modelScale : modelWeight * raw * modelScale + (1 - modelWeight) * trailing * ((until - day) / (365.25 / 12));
  const scale = raw > 0 ? expectedMinor / raw : modelScale;
  const wonMinor = wonBetween(mine, from, day);
  const gapMinor = Math.max(0, (goalMinor ?? 0) - wonMinor);
  const sharedSpread = forecasts.sharedSpread;
  const drawn = { outlook, scale, sharedSpread, ownSpread: owner?.ownSpread ?? 0, goalMinor: gapMinor, seed: seedOf(`${day} ${horizon}`) };
  const closesUpTo = model.hazards.closesUpTo;
  const goal =
    goalMinor === null
      ? null
      : {
          goalMinor,
          chance: attainment(drawn),
          coverage: requiredCoverage({ outlook, gapMinor, scale, sharedSpread, closesUpTo }),
          finding: findingGoal({ model, setting: horizons[horizon].setting, outlook, gapMinor, scale }),
        };
  return { numbers: { wonMinor, expectedMinor, goal }, moves: () => (goal ? whatMovesMost(drawn) : null) };
}

const wonBetween = (mine: readonly OwnedDeal[], from: number, until: number): number =>
  mine.reduce((sum, { outcome, endedOn, wonMinor }) => {
    const isWithin = outcome === "won" && endedOn !== null && endedOn >= from && endedOn < until;
    return isWithin ? sum + wonMinor : sum;
  }, 0);

const mostMonths = 24;

function wholeMonths({ day, model }: NumbersSetting, mine: readonly OwnedDeal[]): number[] {
  const last = monthNumber(day);
  const first = Math.max(last - mostMonths, monthNumber(model.observedFrom - 1) + 1);
  return Array.from({ length: Math.max(0, last - first) }, (_, at) => wonBetween(mine, monthStart(first + at), monthStart(first + at + 1)));
}
