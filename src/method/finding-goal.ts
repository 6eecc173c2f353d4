import { type Estimate, known, refused } from "./estimate.ts";
import type { ClosingModel } from "./closing-model.ts";
import { closingIncidence } from "./closing-incidence.ts";
import type { OutlookSetting, OwnerOutlook } from "./owner-outlook.ts";

export interface FindingAsked {
  model: ClosingModel;
  /** Of the days until the horizon. */
  setting: Pick<OutlookSetting, "newChances">;
  outlook: Pick<OwnerOutlook, "expectedOpen" | "expectedNew" | "newADay" | "newMinor">;
  /** What is still to be won until then, in minor units. */
  gapMinor: number;
  /** What this person's forecasts are scaled by; 1 when nothing was learnt yet. */
  scale?: number;
  /** Activities of each type this person needed to find one opportunity. */
  perOpportunity?: readonly { type: string; each: number }[];
  /** Days, day numbers, on which this person found each opportunity so far. */
  foundOn?: readonly number[];
}

/**
 * What finding can do about a gap: it comes at the usual pace, more than usual closes it, it would take more than this person could
 * be asked to find, or whatever is found comes too late.
 */
export const findingReaches = ["usual pace", "more than usual", "too many", "too late"] as const;
export type FindingReach = (typeof findingReaches)[number];

/** A gap as something to do. */
export interface FindingGoal {
  /** What the open deals leave of the gap, in minor units. */
  toFindMinor: number;
  /**
   * How many new opportunities have to be found until `by`, how many would be found anyway, and how many more that is. What is
   * found at the usual pace after `by` still brings something: only what all of it leaves has to be found besides.
   */
  opportunities: number;
  anyway: number;
  more: number;
  /** Last day, a day number, on which one found still has at least half its chance to be won in time. */
  by: number;
  /** Days a won deal takes here: half take at most this many. */
  leadDays: number;
  /** For all of `opportunities`, by type; empty where activities are not known. */
  activities: { type: string; many: number }[];
  /** Whether finding alone closes the gap, and the most this person ever found in as many days as are left until `by`. */
  reach: FindingReach;
  mostFound: number;
  /** What open deals and the usual pace leave of the gap, and as a share of what the open ones are expected to bring; null: of nothing. */
  restMinor: number;
  openMore: number | null;
}

/** From one day to the next nothing is found that still closes in time. */
const leastDays = 7;
/** So many times the most somebody ever found is no goal any more. */
const mostTimes = 2;

/**
 * How many opportunities to find, by when, through which activities, so that the gap is expected to be won.
 *
 * Opportunities found evenly from today until `by` bring, each, its mean amount × the mean chance to be won before the horizon.
 * More than twice the most this person ever found in a period as long is no goal: then `reach` says that finding alone does not do.
 * Refuses when nothing found from today on can be won in time.
 * Source: R6.2 of the method; chances from the hazards of winning by age.
 */
export function findingGoal(asked: FindingAsked): Estimate<FindingGoal> {
  const { model, setting, outlook, gapMinor, scale = 1, perOpportunity = [], foundOn = [] } = asked;
  const leadDays = medianLead(model);
  const chances = setting.newChances;
  const half = (closingIncidence(model.hazards).won.at(-1) ?? 0) / 2;
  const last = Math.max(
    chances.findLastIndex((chance) => chance >= half),
    Math.min(chances.length - 1, 0),
  );
  const chance = chances.slice(0, last + 1).reduce((sum, one) => sum + one, 0) / (last + 1);
  const worth = scale * outlook.newMinor * chance;
  if (!(worth > 0)) return refused("history", chances.length, leadDays, "days until then");
  const toFindMinor = Math.max(0, gapMinor - scale * outlook.expectedOpen);
  const restMinor = Math.max(0, toFindMinor - scale * outlook.expectedNew);
  const anyway = Math.floor(outlook.newADay * (last + 1));
  const more = Math.ceil(restMinor / worth - 1e-9);
  const alone = Math.ceil(toFindMinor / worth - 1e-9);
  const opportunities = Math.max(0, restMinor === 0 ? Math.min(alone, Math.max(1, anyway)) : anyway + more);
  const activities = perOpportunity.map(({ type, each }) => ({ type, many: Math.max(0, Math.ceil(each * opportunities - 1e-9)) }));
  const mostFound = Math.max(anyway, mostWithin(foundOn, model.day, last + 1));
  return known({
    toFindMinor,
    opportunities,
    anyway,
    more: Math.max(0, more),
    by: model.day + last,
    leadDays,
    activities,
    reach: restMinor === 0 ? "usual pace" : reachOf({ opportunities, mostFound, days: last }),
    mostFound,
    restMinor,
    openMore: outlook.expectedOpen > 0 ? restMinor / (scale * outlook.expectedOpen) : null,
  });
}

function reachOf({ opportunities, mostFound, days }: { opportunities: number; mostFound: number; days: number }): FindingReach {
  if (days < leastDays) return "too late";
  return opportunities > mostTimes * Math.max(1, mostFound) ? "too many" : "more than usual";
}

/** The most found in any stretch of so many days before a day. */
function mostWithin(foundOn: readonly number[], day: number, days: number): number {
  const sorted = foundOn.filter((on) => on < day).toSorted((a, b) => a - b);
  let [most, first] = [0, 0];
  for (const [at, on] of sorted.entries()) {
    while ((sorted[first] ?? on) <= on - days) first++;
    most = Math.max(most, at - first + 1);
  }
  return most;
}

/** The age by which half of the deals that are ever won have been won. */
export function medianLead({ hazards }: Pick<ClosingModel, "hazards">): number {
  const { won } = closingIncidence(hazards);
  const half = (won.at(-1) ?? 0) / 2;
  return won.findIndex((by) => by >= half);
}
