import { closedOf } from "./closed-deals.ts";
import { ClosingCounts } from "./closing-counts.ts";
import { type ClosingModel, knownBefore, leastHistoryDays, type OwnedDeal } from "./closing-model.ts";
import { type Estimate, known, refused } from "./estimate.ts";
import {
  calendarYear,
  type FiscalCalendar,
  type FiscalPeriod,
  fiscalPeriods,
  fiscalYear,
  fiscalYearOf,
  type GoalHorizon,
} from "./fiscal-calendar.ts";
import { type FiscalMonths, fiscalMonths } from "./fiscal-months.ts";
import { type Checked, levelsOf, mostMonths, type Past, type Won } from "./month-forecast.ts";
import { LatestAmounts, newDeals, type OutlookSetting, outlookSetting, ownerOutlook, RateSums } from "./owner-outlook.ts";
import { type Closed, winRateCrowd, type WinRates } from "./win-rates.ts";

/** What everybody's numbers as of one day have in common: made once for an organisation, then each rep costs little. */
export interface NumbersSetting {
  day: number;
  model: ClosingModel;
  /** What past forecasts missed: what each person's is scaled by, and how far they spread, all alike and each alone. */
  learnt: { scales: ReadonlyMap<string, number>; sharedSpread: number; ownSpread: number };
  horizons: Record<GoalHorizon, FiscalPeriod & { setting: OutlookSetting }>;
  /** Whole fiscal months since outcomes are known, oldest first, two years at most. */
  pastMonths: readonly FiscalPeriod[];
  rates: Estimate<Pick<WinRates, "pooled" | "mean" | "prior">>;
}

/** Between which days the deals of an organisation lie: day numbers. `observedFrom` is null while none was won or lost. */
export interface DealDays {
  firstOn: number;
  observedFrom: number | null;
}

/** Reads everybody's deals, a person at a time: it is asked twice, and has to give the same each time. */
export type ReadOwners = () => AsyncIterable<readonly OwnedDeal[]> | Iterable<readonly OwnedDeal[]>;

/**
 * The setting of a day out of deals that are read a person at a time and never held together.
 * @param days between which they lie, of those known before `day`
 * @param readOwners each person's deals as known before `day`
 * @param day the day looked from, a day number: nothing of it or later is known
 * Refuses as `closingModel` does, for the day and for the first of its fiscal month.
 */
export async function readSetting(
  readOwners: ReadOwners,
  days: DealDays,
  day: number,
  calendar: FiscalCalendar = calendarYear,
): Promise<Estimate<NumbersSetting>> {
  const maker = new SettingMaker(days, day, calendar);
  if (maker.refusal) return maker.refusal;
  for await (const mine of readOwners()) maker.count(mine);
  const ready = maker.learn();
  if (!ready.known) return ready;
  for await (const mine of readOwners()) maker.check(mine);
  return maker.setting();
}

/** The same of deals that are at hand. */
export function numbersSetting(
  deals: readonly OwnedDeal[],
  day: number,
  calendar: FiscalCalendar = calendarYear,
): Estimate<NumbersSetting> {
  const before = knownBefore(deals, day);
  const maker = new SettingMaker(dealDays(before), day, calendar);
  if (maker.refusal) return maker.refusal;
  const owners = Map.groupBy(before, ({ ownerId }) => ownerId);
  for (const mine of owners.values()) maker.count(mine);
  const ready = maker.learn();
  if (!ready.known) return ready;
  for (const mine of owners.values()) maker.check(mine);
  return maker.setting();
}

function dealDays(deals: readonly OwnedDeal[]): DealDays {
  let [firstOn, observedFrom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { createdOn, endedOn, outcome } of deals) {
    firstOn = Math.min(firstOn, createdOn);
    if (outcome !== "open" && endedOn !== null) observedFrom = Math.min(observedFrom, endedOn);
  }
  return { firstOn, observedFrom: Number.isFinite(observedFrom) ? observedFrom : null };
}

/** The crowd as known at the start of one month, or of the day itself. */
interface AsOf {
  day: number;
  rates: RateSums;
  amounts: LatestAmounts;
}

/** One month's forecast of everybody, made from what was known on its first day. */
interface PastMonth {
  month: number;
  setting: OutlookSetting;
  outlooks: Map<string, { expectedOpen: number; expectedNew: number; variance: number }>;
}

class SettingMaker {
  readonly refusal: Extract<Estimate<never>, { known: false }> | null;
  readonly #day: number;
  readonly #calendar: FiscalCalendar;
  readonly #line: FiscalMonths;
  readonly #counts: ClosingCounts;
  readonly #asOf: AsOf[];
  readonly #closed: Closed[] = [];
  readonly #won: Won = new Map();
  readonly #months: PastMonth[] = [];
  readonly #observedFrom: number;
  #model: ClosingModel | undefined;

  constructor({ firstOn, observedFrom }: DealDays, day: number, calendar: FiscalCalendar) {
    const days = Number.isFinite(firstOn) ? day - firstOn : 0;
    this.refusal = days < leastHistoryDays ? refused("history", days, leastHistoryDays, "days") : null;
    this.#day = day;
    this.#calendar = calendar;
    this.#line = fiscalMonths(calendar);
    this.#observedFrom = observedFrom ?? day;
    this.#counts = new ClosingCounts({
      firstOn: this.refusal ? day : firstOn,
      observedFrom: this.#observedFrom,
      day,
      calendar,
    });
    const { of, start } = this.#line;
    const month = of(day);
    const from = Math.max(month - mostMonths, of(this.#observedFrom));
    const starts = Array.from({ length: Math.max(1, month - from + 1) }, (_, at) => start(month - Math.max(0, month - from) + at));
    this.#asOf = [...starts, day].map((one) => ({ day: one, rates: new RateSums(), amounts: new LatestAmounts() }));
  }

  /** First time round: how everybody's deals close, how many they make, how large. */
  count(mine: readonly OwnedDeal[]): void {
    for (const deal of mine) this.#counts.add(deal);
    this.#closed.push(...closedOf(mine));
    for (const { day, rates, amounts } of this.#asOf) {
      const before = mine.filter(({ createdOn }) => createdOn < day);
      if (before.length === 0) continue;
      rates.add(newDeals(before, day));
      for (const deal of before) amounts.add(deal);
    }
  }

  learn(): Estimate<ClosingModel> {
    const model = this.#counts.modelOf(this.#day);
    if (!model.known) return model;
    this.#model = model.value;
    const { of, start } = this.#line;
    const last = start(of(this.#day));
    for (const asOf of this.#asOf.slice(0, -1)) {
      const then = this.#counts.modelOf(asOf.day);
      if (!then.known && asOf.day === last) return then;
      if (!then.known) continue;
      const month = of(asOf.day);
      this.#months.push({ month, setting: outlookSetting(then.value, crowdAt(asOf), start(month + 1)), outlooks: new Map() });
    }
    return model;
  }

  /** Second time round: what each month's first day would have said of this person, beside what came. */
  check(mine: readonly OwnedDeal[]): void {
    const ownerId = mine[0]?.ownerId;
    if (ownerId === undefined) return;
    for (const { endedOn, outcome, wonMinor } of mine) {
      if (outcome !== "won" || endedOn === null) continue;
      const month = this.#won.getOrInsertComputed(this.#line.of(endedOn), () => new Map<string, number>());
      month.set(ownerId, (month.get(ownerId) ?? 0) + wonMinor);
    }
    for (const { setting, outlooks } of this.#months) {
      const before = knownBefore(mine, setting.day);
      if (before.length === 0) continue;
      const { expectedOpen, expectedNew, variance } = ownerOutlook(setting, before);
      outlooks.set(ownerId, { expectedOpen, expectedNew, variance });
    }
  }

  setting(): Estimate<NumbersSetting> {
    const model = this.#model;
    if (!model) throw new Error("a setting is made after learning");
    const day = this.#day;
    const asked = { months: this.#line, observedFrom: this.#observedFrom, won: this.#won };
    const past: Past[] = [];
    let levels: ReturnType<typeof levelsOf> = { owners: new Map(), sharedSpread: 0, ownSpread: 0 };
    for (const { month, outlooks } of this.#months) {
      levels = levelsOf(outlooks, { ...asked, month, past });
      past.push(checkedOf(outlooks, levels.owners, this.#won.get(month)));
    }
    const today = this.#asOf.at(-1);
    const crowd = today ? crowdAt(today) : { rate: null, amounts: [] };
    const periods = fiscalPeriods(this.#calendar, day);
    const horizon = (one: GoalHorizon) => ({ ...periods[one], setting: outlookSetting(model, crowd, periods[one].until) });
    const { sharedSpread, ownSpread, owners } = levels;
    return known({
      day,
      model,
      learnt: { scales: new Map([...owners].map(([id, { modelScale }]) => [id, modelScale])), sharedSpread, ownSpread },
      horizons: { month: horizon("month"), quarter: horizon("quarter"), year: horizon("year") },
      pastMonths: pastMonths(this.#calendar, { day, observedFrom: this.#observedFrom }),
      rates: winRateCrowd(this.#closed),
    });
  }
}

const crowdAt = ({ rates, amounts }: AsOf) => ({ rate: rates.prior(), amounts: amounts.latest() });

function checkedOf(
  outlooks: PastMonth["outlooks"],
  levels: ReturnType<typeof levelsOf>["owners"],
  won: ReadonlyMap<string, number> | undefined,
): Past {
  const checked = new Map<string, Checked>();
  for (const [ownerId, { expectedOpen, expectedNew, variance }] of outlooks) {
    const raw = expectedOpen + expectedNew;
    const { expectedMinor = 0, levelledMinor = 0 } = levels.get(ownerId) ?? {};
    const scale = raw > 0 ? expectedMinor / raw : 1;
    checked.set(ownerId, {
      raw,
      levelled: levelledMinor,
      forecast: expectedMinor,
      actual: won?.get(ownerId) ?? 0,
      variance: variance * scale * scale,
    });
  }
  return checked;
}

/** The fiscal months that were over before a day, from the first that is known whole. */
export function pastMonths(calendar: FiscalCalendar, { day, observedFrom }: { day: number; observedFrom: number }): FiscalPeriod[] {
  const now = fiscalYearOf(calendar, day);
  return [now - 2, now - 1, now]
    .flatMap((year) => fiscalYear(calendar, year).months)
    .filter(({ from, until }) => until <= day && from >= observedFrom)
    .slice(-mostMonths);
}
