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
const mostAmounts = 400;

/** What everybody's outlook within one span has in common. */
export interface OutlookSetting {
  day: number;
  /** Chance that an open deal is won within the span, by age in days. */
  chances: Float64Array;
  /** Chance that a deal made on each day of the span is won within it, and their sum: wins of one made every day. */
  newChances: readonly number[];
  newChance: number;
  /** New deals a day of each person. */
  rates: ReadonlyMap<string, number>;
  othersAmounts: readonly number[];
  othersMean: number;
}

/**
 * @param deals of the whole organisation as known before the model's day
 * @param until end of the span, a day number, not included
 * Source: new deals as a Poisson stream whose rate is gamma-shrunk: (own + a) / (days + b) with a and b from the spread among
 * people (Gaver and O'Muircheartaigh, Technometrics 29 (1987)).
 */
export function outlookSetting(model: ClosingModel, deals: readonly OwnedDeal[], until: number): OutlookSetting {
  const span = spanUntil(model, until);
  const othersAmounts = latestAmounts(deals, mostAmounts);
  const newChances = newWinChances(model.hazards, span);
  return {
    day: model.day,
    chances: winChances(model.hazards, span),
    newChances,
    newChance: newChances.reduce((sum, chance) => sum + chance, 0),
    rates: newRates(
      model.day,
      Map.groupBy(deals, ({ ownerId }) => ownerId),
    ),
    othersAmounts,
    othersMean: othersAmounts.reduce((sum, amount) => sum + amount, 0) / Math.max(1, othersAmounts.length),
  };
}

/**
 * The outlook of one person.
 * @param mine every deal of theirs, as known before the setting's day
 * Source: expected value, Σ amount · P(win within h | open at age), and the new deals' rate × their chance × their mean amount.
 */
export function ownerOutlook(setting: OutlookSetting, ownerId: string, mine: readonly OwnedDeal[]): OwnerOutlook {
  const { day, chances, newChance, rates, othersAmounts, othersMean } = setting;
  const newADay = rates.get(ownerId) ?? 0;
  const newAmounts = latestAmounts(mine, mostAmounts);
  const othersShare = drawnAmounts / (drawnAmounts + newAmounts.length);
  const newMinor = newAmounts.reduce((sum, amount) => sum + amount, 0) / (newAmounts.length + drawnAmounts) + othersShare * othersMean;
  const open = mine
    .filter(({ outcome, endedOn }) => outcome === "open" && endedOn === null)
    .map(({ openMinor, createdOn }) => ({ minor: openMinor, age: day - createdOn, chance: chances[day - createdOn] ?? 0 }));
  const outlook = { open, newADay, newWins: newADay * newChance, newAmounts, othersAmounts, othersShare, newMinor };
  return { ...outlook, ...moments(outlook) };
}

/** The outlook of everybody who ever had a deal: see `ownerOutlook`. */
export function ownerOutlooks(model: ClosingModel, deals: readonly OwnedDeal[], until: number): Map<string, OwnerOutlook> {
  const setting = outlookSetting(model, deals, until);
  const byOwner = Map.groupBy(deals, ({ ownerId }) => ownerId);
  return new Map([...byOwner].map(([ownerId, mine]) => [ownerId, ownerOutlook(setting, ownerId, mine)]));
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

function latestAmounts(deals: readonly OwnedDeal[], most: number): number[] {
  return deals
    .filter(({ openMinor }) => openMinor > 0)
    .toSorted((a, b) => a.createdOn - b.createdOn)
    .slice(-most)
    .map(({ openMinor }) => openMinor);
}

/** New deals a day of each person over the last ninety days, or since their first, drawn toward the mean by their spread. */
function newRates(day: number, byOwner: ReadonlyMap<string, readonly OwnedDeal[]>): Map<string, number> {
  const counted = [...byOwner].map(([ownerId, mine]) => {
    const first = mine.reduce((earliest, { createdOn }) => Math.min(earliest, createdOn), day);
    return {
      ownerId,
      made: mine.filter(({ createdOn }) => createdOn >= day - rateDays).length,
      days: Math.max(1, Math.min(rateDays, day - first)),
    };
  });
  const days = counted.reduce((sum, one) => sum + one.days, 0);
  const mean = counted.reduce((sum, one) => sum + one.made, 0) / Math.max(1, days);
  if (mean === 0) return new Map();
  const spread = counted.reduce((sum, one) => sum + (one.made - mean * one.days) ** 2 - one.made, 0);
  const between = Math.max(spread / counted.reduce((sum, one) => sum + one.days ** 2, 0), (mean * mean) / 100);
  const [a, b] = [(mean * mean) / between, mean / between];
  return new Map(counted.map(({ ownerId, made, days: own }) => [ownerId, (made + a) / (own + b)]));
}
