import { type Estimate, known, refused } from "./estimate.ts";
import type { ClosingModel } from "./closing-model.ts";
import { closingIncidence } from "./closing-incidence.ts";
import type { OutlookSetting, OwnerOutlook } from "./owner-outlook.ts";

export interface FindingAsked {
  model: ClosingModel;
  /** Of the days until the horizon. */
  setting: Pick<OutlookSetting, "newChances">;
  outlook: Pick<OwnerOutlook, "expectedOpen" | "newADay" | "newMinor">;
  /** What is still to be won until then, in minor units. */
  gapMinor: number;
  /** What this person's forecasts are scaled by; 1 when nothing was learnt yet. */
  scale?: number;
  /** Activities of each type this person needed to find one opportunity. */
  perOpportunity?: readonly { type: string; each: number }[];
}

/** A gap as something to do. */
export interface FindingGoal {
  /** What the open deals leave of the gap, in minor units. */
  toFindMinor: number;
  /** How many new opportunities have to be found until `by`, how many would be found anyway, and how many more that is. */
  opportunities: number;
  anyway: number;
  more: number;
  /** Last day, a day number, on which one found still has at least half its chance to be won in time. */
  by: number;
  /** Days a won deal takes here: half take at most this many. */
  leadDays: number;
  /** For all of `opportunities`, by type; empty where activities are not known. */
  activities: { type: string; many: number }[];
}

/**
 * How many opportunities to find, by when, through which activities, so that the gap is expected to be won.
 *
 * Opportunities found evenly from today until `by` bring, each, its mean amount × the mean chance to be won before the horizon.
 * Refuses when nothing found from today on can be won in time.
 * Source: R6.2 of the method; chances from the hazards of winning by age.
 */
export function findingGoal(asked: FindingAsked): Estimate<FindingGoal> {
  const { model, setting, outlook, gapMinor, scale = 1, perOpportunity = [] } = asked;
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
  const opportunities = Math.max(0, Math.ceil(toFindMinor / worth - 1e-9));
  const anyway = Math.floor(outlook.newADay * (last + 1));
  const activities = perOpportunity.map(({ type, each }) => ({ type, many: Math.max(0, Math.ceil(each * opportunities - 1e-9)) }));
  return known({
    toFindMinor,
    opportunities,
    anyway,
    more: Math.max(0, opportunities - anyway),
    by: model.day + last,
    leadDays,
    activities,
  });
}

/** The age by which half of the deals that are ever won have been won. */
export function medianLead({ hazards }: Pick<ClosingModel, "hazards">): number {
  const { won } = closingIncidence(hazards);
  const half = (won.at(-1) ?? 0) / 2;
  return won.findIndex((by) => by >= half);
}
