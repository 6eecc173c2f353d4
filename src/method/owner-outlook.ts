import type { ClosingModel, OwnedDeal } from "./closing-model.ts";
import { spanUntil } from "./closing-model.ts";
import { newWinChances, winChances } from "./win-chance.ts";

/** What one person's deals promise within a span, before anything is learnt from past errors. Amounts in minor units. */
export interface OwnerOutlook {
  /** Each open deal with its age in days, and the chance that it is won within the span. */
  open: { minor: number; chance: number; age: number }[];
  /** New deals a day, drawn toward what everybody here makes. */
  newADay: number;
  /** How many of the deals not yet known are expected to be won within the span. */
  newWins: number;
  /** Amounts a new deal may have: this person's latest, and everybody's for the share `othersShare` of the draws. */
  newAmounts: readonly number[];
  othersAmounts: readonly number[];
  othersShare: number;
  /** Mean amount of a new deal. */
  newMinor: number;
  /** Expected from open and from new deals, and the variance of their sum if months were all alike. */
  expectedOpen: number;
  expectedNew: number;
  variance: number;
}

const rateDays = 90;
const drawnAmounts = 5;

/** What everybody's outlook within one span has in common. */
export interface OutlookSetting {
  day: number;
  /** Chance that an open deal is won within the span, by age in days. */
  chances: Float64Array;
  /** Chance that a deal made on each day of the span is won within it, and their sum: wins of one made every day. */
  newChances: readonly number[];
  newChance: number;
  /** So many new deals in so many days each person is thought to have made besides their own; null while nobody made any. */
  rate: RatePrior | null;
  othersAmounts: readonly number[];
  othersMean: number;
}

/** What is believed of a person's rate before they are counted: deals and days, from everybody's mean and spread. */
export interface RatePrior {
  made: number;
  days: number;
}

/** What everybody's deals say of new ones, as known before a day. */
export interface Crowd {
  rate: RatePrior | null;
  /** The latest amounts above nothing, oldest first. */
  amounts: readonly number[];
}

/**
 * @param crowd out of everybody's deals as known before the model's day: see `crowdOf`
 * @param until end of the span, a day number, not included
 */
export function outlookSetting(model: ClosingModel, crowd: Crowd, until: number): OutlookSetting {
  const span = spanUntil(model, until);
  const newChances = newWinChances(model.hazards, span);
  return {
    day: model.day,
    chances: winChances(model.hazards, span),
    newChances,
    newChance: newChances.reduce((sum, chance) => sum + chance, 0),
    rate: crowd.rate,
    othersAmounts: crowd.amounts,
    othersMean: crowd.amounts.reduce((sum, amount) => sum + amount, 0) / Math.max(1, crowd.amounts.length),
  };
}

/**
 * The outlook of one person.
 * @param mine every deal of theirs, as known before the setting's day
 * Source: expected value, Σ amount · P(win within h | open at age), and the new deals' rate × their chance × their mean amount.
 */
export function ownerOutlook(setting: OutlookSetting, mine: readonly OwnedDeal[]): OwnerOutlook {
  const { day, chances, newChance, rate, othersAmounts, othersMean } = setting;
  const newADay = rate && mine.length > 0 ? drawnRate(rate, newDeals(mine, day)) : 0;
  const newAmounts = latestAmounts(mine);
  const othersShare = drawnAmounts / (drawnAmounts + newAmounts.length);
  const newMinor = newAmounts.reduce((sum, amount) => sum + amount, 0) / (newAmounts.length + drawnAmounts) + othersShare * othersMean;
  const open = mine
    .filter(({ outcome, endedOn }) => outcome === "open" && endedOn === null)
    .map(({ openMinor, createdOn }) => ({ minor: openMinor, age: day - createdOn, chance: chances[day - createdOn] ?? 0 }));
  const outlook = { open, newADay, newWins: newADay * newChance, newAmounts, othersAmounts, othersShare, newMinor };
  return { ...outlook, ...moments(outlook) };
}

/** The outlook of somebody who has left: what is open can still be won, nothing new is found. */
export function withoutNew(outlook: OwnerOutlook): OwnerOutlook {
  const only = { ...outlook, newADay: 0, newWins: 0 };
  return { ...only, ...moments(only) };
}

/** The outlook of everybody who ever had a deal: see `ownerOutlook`. */
export function ownerOutlooks(model: ClosingModel, deals: readonly OwnedDeal[], until: number): Map<string, OwnerOutlook> {
  const byOwner = Map.groupBy(deals, ({ ownerId }) => ownerId);
  const setting = outlookSetting(model, crowdOf(byOwner.values(), model.day), until);
  return new Map([...byOwner].map(([ownerId, mine]) => [ownerId, ownerOutlook(setting, mine)]));
}

const meanSquare = (amounts: readonly number[]) => amounts.reduce((sum, x) => sum + x * x, 0) / Math.max(1, amounts.length);

function moments(outlook: Pick<OwnerOutlook, "open" | "newWins" | "newMinor" | "newAmounts" | "othersAmounts" | "othersShare">) {
  const { open, newWins, newMinor, newAmounts, othersAmounts, othersShare } = outlook;
  const newSquare = (1 - othersShare) * meanSquare(newAmounts) + othersShare * meanSquare(othersAmounts);
  return {
    expectedOpen: open.reduce((sum, { minor, chance }) => sum + minor * chance, 0),
    expectedNew: newWins * newMinor,
    variance: open.reduce((sum, { minor, chance }) => sum + minor * minor * chance * (1 - chance), 0) + newWins * newSquare,
  };
}

const mostAmounts = 400;

const byAge = (a: OwnedDeal, b: OwnedDeal): number => a.createdOn - b.createdOn || a.openMinor - b.openMinor;

/** The latest amounts above nothing, oldest first; of deals made on one day the larger count as later. */
function latestAmounts(deals: readonly OwnedDeal[], most = mostAmounts): number[] {
  return deals
    .filter(({ openMinor }) => openMinor > 0)
    .toSorted(byAge)
    .slice(-most)
    .map(({ openMinor }) => openMinor);
}

/** New deals of one person over the last ninety days, or since their first: how many, in how many days. */
export function newDeals(mine: readonly OwnedDeal[], day: number): RatePrior {
  const first = mine.reduce((earliest, { createdOn }) => Math.min(earliest, createdOn), day);
  return {
    made: mine.filter(({ createdOn }) => createdOn >= day - rateDays).length,
    days: Math.max(1, Math.min(rateDays, day - first)),
  };
}

const drawnRate = (prior: RatePrior, { made, days }: RatePrior): number => (made + prior.made) / (days + prior.days);

/** Sums over people out of which the prior of their rates is made, so that nobody's deals need be kept. */
export class RateSums {
  #n = { days: 0, made: 0, madeSquare: 0, madeDays: 0, daysSquare: 0 };

  add({ made, days }: RatePrior): void {
    this.#n.days += days;
    this.#n.made += made;
    this.#n.madeSquare += made * made;
    this.#n.madeDays += made * days;
    this.#n.daysSquare += days * days;
  }

  /** Source: gamma-shrunk Poisson rates; the gamma's two numbers by the moments of what people made. */
  prior(): RatePrior | null {
    const { days, made, madeSquare, madeDays, daysSquare } = this.#n;
    const mean = made / Math.max(1, days);
    if (mean === 0) return null;
    const spread = madeSquare - 2 * mean * madeDays + mean * mean * daysSquare - made;
    const between = Math.max(spread / daysSquare, (mean * mean) / 100);
    return { made: (mean * mean) / between, days: mean / between };
  }
}

/** The latest amounts of deals that are shown one by one, in any order: see `latestAmounts`. */
export class LatestAmounts {
  #kept: OwnedDeal[] = [];
  #least: OwnedDeal | undefined;

  add(deal: OwnedDeal): void {
    if (deal.openMinor <= 0 || (this.#least && byAge(deal, this.#least) <= 0)) return;
    if (this.#kept.push(deal) >= 4 * mostAmounts) this.#shorten();
  }

  latest(): number[] {
    this.#shorten();
    return this.#kept.map(({ openMinor }) => openMinor);
  }

  #shorten(): void {
    this.#kept = this.#kept.toSorted(byAge).slice(-mostAmounts);
    if (this.#kept.length === mostAmounts) this.#least = this.#kept[0];
  }
}

/** @param owners everybody's deals, a person at a time, as known before `day` */
export function crowdOf(owners: Iterable<readonly OwnedDeal[]>, day: number): Crowd {
  const sums = new RateSums();
  const all: OwnedDeal[] = [];
  for (const mine of owners) {
    sums.add(newDeals(mine, day));
    for (const deal of mine) all.push(deal);
  }
  return { rate: sums.prior(), amounts: latestAmounts(all) };
}
