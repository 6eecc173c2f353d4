import { type ClosingModel, closingModel, knownBefore, type OwnedDeal } from "./closing-model.ts";
import { type Estimate, known } from "./estimate.ts";
import { calendarYear, type FiscalCalendar } from "./fiscal-calendar.ts";
import { type FiscalMonths, fiscalMonths } from "./fiscal-months.ts";
import { type OwnerOutlook, ownerOutlooks } from "./owner-outlook.ts";

/** What is expected of one person in the month that begins, in minor units. */
export interface OwnerMonth {
  outlook: OwnerOutlook;
  /** Open and new deals, scaled by what past forecasts of everybody missed. */
  levelledMinor: number;
  /** What open and new deals are scaled by: what past forecasts of everybody and of this person missed. */
  modelScale: number;
  /** The model's own word: open and new deals, scaled by it. */
  modelMinor: number;
  /** Mean of up to three whole months before; null while there is none. */
  trailingMinor: number | null;
  /** The two blended: the forecast. */
  expectedMinor: number;
  /** Spread beyond chance in single deals, as a share of the forecast: one standard deviation. */
  ownSpread: number;
}

export interface MonthForecasts {
  /** First day of the month, a day number: what is known is what was known before it. */
  day: number;
  model: ClosingModel;
  owners: Map<string, OwnerMonth>;
  /** Standard deviation of the shock that hits everybody in a month alike, as a share. */
  sharedSpread: number;
  /** Spread of each person beyond chance in single deals, as a share: one standard deviation. */
  ownSpread: number;
}

/** Weight of the model; the trailing mean has the rest. */
export const modelWeight = 0.8;
/** How many months without error what is learnt from past forecasts is drawn toward. */
const drawnMonths = { everybody: 2, own: 4 };
/** What is believed of the spreads before any forecast could be checked, worth so many months or people's months. */
const beforehand = { shared: 0.2, own: 0.3, sharedMonths: 2, ownMonths: 30 };
export const mostMonths = 24;

/** One earlier forecast of one person beside what came. */
export interface Checked {
  /** The model's word before any correction, and after the one of everybody. */
  raw: number;
  levelled: number;
  forecast: number;
  actual: number;
  /** Of the forecast, by chance in single deals alone. */
  variance: number;
}

export type Past = ReadonlyMap<string, Checked>;

/**
 * The forecast of everybody's month, made on its first day.
 *
 * The same forecast is made first for every earlier month that could be forecast at all, from what was known then; how far
 * those were off corrects the level (all together, then each person, both drawn toward no correction) and gives the spread.
 * @param deals of the whole organisation, as known before `day`
 * @param day first day of the fiscal month, a day number
 * Refuses as `closingModel` does.
 * Source: numbers.md, coverage and attainment; ratio correction and moment estimates of spread are ours.
 */
export function monthForecasts(
  deals: readonly OwnedDeal[],
  day: number,
  calendar: FiscalCalendar = calendarYear,
): Estimate<MonthForecasts> {
  const now = closingModel(knownBefore(deals, day), day, calendar);
  if (!now.known) return now;
  const months = fiscalMonths(calendar);
  const month = months.of(day);
  const won = wonByMonth(deals, months);
  const past: Past[] = [];
  for (let earlier = Math.max(month - mostMonths, months.of(now.value.observedFrom)); earlier < month; earlier++) {
    const then = months.start(earlier);
    const before = knownBefore(deals, then);
    const model = closingModel(before, then, calendar);
    if (model.known) past.push(checked(forecastOf(model.value, before, won, past), won.get(earlier)));
  }
  return known(forecastOf(now.value, knownBefore(deals, day), won, past));
}

export type Won = Map<number, Map<string, number>>;

function wonByMonth(deals: readonly OwnedDeal[], months: FiscalMonths): Won {
  const won: Won = new Map();
  for (const { ownerId, outcome, endedOn, wonMinor } of deals) {
    if (outcome !== "won" || endedOn === null) continue;
    const month = won.getOrInsertComputed(months.of(endedOn), () => new Map<string, number>());
    month.set(ownerId, (month.get(ownerId) ?? 0) + wonMinor);
  }
  return won;
}

function checked({ owners }: MonthForecasts, won: ReadonlyMap<string, number> | undefined): Past {
  return new Map(
    [...owners].map(([ownerId, { outlook, levelledMinor, expectedMinor }]) => {
      const raw = outlook.expectedOpen + outlook.expectedNew;
      const scale = raw > 0 ? expectedMinor / raw : 1;
      const actual = won?.get(ownerId) ?? 0;
      return [ownerId, { raw, levelled: levelledMinor, forecast: expectedMinor, actual, variance: outlook.variance * scale * scale }];
    }),
  );
}

function forecastOf(model: ClosingModel, deals: readonly OwnedDeal[], won: Won, past: readonly Past[]): MonthForecasts {
  const months = fiscalMonths(model.calendar);
  const month = months.of(model.day);
  const outlooks = ownerOutlooks(model, deals, months.start(month + 1));
  const levels = levelsOf(outlooks, { month, months, observedFrom: model.observedFrom, won, past });
  const owners = [...outlooks].map(([ownerId, outlook]) => {
    const level = levels.owners.get(ownerId) ?? { levelledMinor: 0, modelScale: 1, modelMinor: 0, trailingMinor: null, expectedMinor: 0 };
    return [ownerId, { outlook, ...level, ownSpread: levels.ownSpread }] as const;
  });
  return { day: model.day, model, owners: new Map(owners), sharedSpread: levels.sharedSpread, ownSpread: levels.ownSpread };
}

type Level = Omit<OwnerMonth, "outlook" | "ownSpread">;

export interface LevelsAsked {
  month: number;
  months: FiscalMonths;
  observedFrom: number;
  /** Won by month and person, and earlier forecasts beside what came. */
  won: Won;
  past: readonly Past[];
}

/** What each person's outlook of a month is scaled by, out of what earlier forecasts missed; and how far those spread. */
export function levelsOf(
  outlooks: ReadonlyMap<string, Pick<OwnerOutlook, "expectedOpen" | "expectedNew">>,
  { month, months, observedFrom, won, past }: LevelsAsked,
): { owners: Map<string, Level>; sharedSpread: number; ownSpread: number } {
  const whole = [1, 2, 3].map((back) => month - back).filter((one) => months.start(one) >= observedFrom);
  const everybody = everybodysScale(past);
  const spreads = spreadsOf(past);
  const owners = [...outlooks].map(([ownerId, { expectedOpen, expectedNew }]) => {
    const raw = expectedOpen + expectedNew;
    const levelledMinor = raw * everybody;
    const modelScale = everybody * ownScale(ownerId, levelledMinor, past);
    const modelMinor = raw * modelScale;
    const trailingMinor = whole.length === 0 ? null : whole.reduce((sum, one) => sum + (won.get(one)?.get(ownerId) ?? 0), 0) / whole.length;
    const expectedMinor = trailingMinor === null ? modelMinor : modelWeight * modelMinor + (1 - modelWeight) * trailingMinor;
    return [ownerId, { levelledMinor, modelScale, modelMinor, trailingMinor, expectedMinor }] as const;
  });
  return { owners: new Map(owners), sharedSpread: spreads.shared, ownSpread: spreads.own };
}

const total = (checks: Iterable<Checked>, of: (one: Checked) => number): number => {
  let sum = 0;
  for (const one of checks) sum += of(one);
  return sum;
};

/** Past months' log errors of the whole, drawn toward none by two months without error. */
function everybodysScale(past: readonly Past[]): number {
  const errors = past.map((month) => [total(month.values(), ({ actual }) => actual), total(month.values(), ({ raw }) => raw)] as const);
  const logs = errors.map(([actual, raw]) => (actual > 0 && raw > 0 ? Math.log(actual / raw) : 0));
  return Math.exp(logs.reduce((sum, log) => sum + log, 0) / (logs.length + drawnMonths.everybody));
}

/** What this person won of what was expected of them, drawn toward all of it by four months without error. */
function ownScale(ownerId: string, levelledNow: number, past: readonly Past[]): number {
  const mine = past.flatMap((month) => month.get(ownerId) ?? []);
  const expected = total(mine, ({ levelled }) => levelled);
  const prior = (drawnMonths.own * (expected + levelledNow)) / (mine.length + 1);
  return expected + prior > 0 ? (total(mine, ({ actual }) => actual) + prior) / (expected + prior) : 1;
}

function spreadsOf(past: readonly Past[]): { shared: number; own: number } {
  let [sharedSum, sharedWeight] = [beforehand.shared ** 2 * beforehand.sharedMonths, beforehand.sharedMonths];
  let [ownSum, ownWeight] = [beforehand.own ** 2 * beforehand.ownMonths, beforehand.ownMonths];
  for (const month of past) {
    const forecast = total(month.values(), (one) => one.forecast);
    const error = total(month.values(), (one) => one.actual) - forecast;
    if (forecast <= 0) continue;
    sharedSum += (error * error - total(month.values(), (one) => one.variance)) / (forecast * forecast);
    sharedWeight++;
    const squares = total(month.values(), (one) => one.forecast ** 2);
    const share = error / forecast;
    ownSum += (month.size * total(month.values(), (one) => (one.actual - one.forecast * (1 + share)) ** 2 - one.variance)) / squares;
    ownWeight += month.size;
  }
  return { shared: Math.sqrt(Math.max(0.0025, sharedSum / sharedWeight)), own: Math.sqrt(Math.max(0, ownSum / ownWeight)) };
}
