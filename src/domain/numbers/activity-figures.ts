import { type ActivitiesPerWin, activitiesPer, activitiesPerWin } from "../../method/activities-per-win.ts";
import { dayOf } from "../../method/day-numbers.ts";
import type { Estimate } from "../../method/estimate.ts";
import type { NumbersSetting } from "../../method/numbers-setting.ts";
import { numbersWindow } from "../../method/rep-numbers.ts";
import { trend } from "../../method/trend.ts";
import type { ActivityCounts } from "./activity-counts-queries.ts";
import type { KnownDeal } from "./owned-deals-queries.ts";
import type { PersonNumbers } from "./stored-shape.ts";

export interface ActivityFigures {
  figures: PersonNumbers["activities"];
  /** Activities of each type for every opportunity made. */
  perOpportunity: { type: string; each: Estimate<ActivitiesPerWin> }[];
}

/** Whole weeks looked at for a trend, and types told apart. */
export const mostWeeks = 26;
const mostTypes = 20;

/** The Monday of the week a day lies in: day numbers. 1970-01-01 was a Thursday. */
export const mondayOf = (day: number): number => day - ((((day + 3) % 7) + 7) % 7);

interface Known {
  setting: NumbersSetting;
  /** Won, and made, in the window of the setting. */
  won: readonly KnownDeal[];
  made: readonly KnownDeal[];
}

/** Levels and trends of what somebody does, and how much of it a won deal takes: since their activities are known here. */
export function activityFigures(counted: ActivityCounts | undefined, { setting, won, made }: Known): ActivityFigures {
  const window = numbersWindow(setting);
  const from = Math.max(window.from, counted?.firstOn ?? window.from);
  const thisWeek = mondayOf(setting.day);
  // The week in which the first became known is not a whole one.
  const weeksFrom = counted ? Math.min(thisWeek, Math.max(thisWeek - 7 * mostWeeks, mondayOf(counted.firstOn - 1) + 7)) : thisWeek;
  const wins = won.filter(({ endedOn }) => (endedOn ?? 0) >= from).length;
  const opportunities = made.filter(({ createdOn }) => createdOn >= from).length;
  const types = [...Map.groupBy(counted?.counts ?? [], ({ type }) => type)]
    .map(([type, weeks]) => ({ type, weeks, done: weeks.reduce((sum, { inWindow }) => sum + inWindow, 0) }))
    .toSorted((a, b) => b.done - a.done || (a.type < b.type ? -1 : 1))
    .slice(0, mostTypes);
  const figures = types.map(({ type, weeks, done }) => {
    const byWeek = new Map(weeks.map(({ week, done: many }) => [week, many]));
    const values = Array.from({ length: Math.max(0, (thisWeek - weeksFrom) / 7) }, (_, at) => byWeek.get(weeksFrom + 7 * at) ?? 0);
    return { type, done, weeks: values, trend: trend(values, "weeks"), perWin: activitiesPerWin(done, wins) };
  });
  return {
    figures: { from: dayOf(from), until: dayOf(window.until), won: wins, weeksFrom: dayOf(weeksFrom), types: figures },
    perOpportunity: types.map(({ type, done }) => ({ type, each: activitiesPer(done, opportunities, "new opportunities") })),
  };
}
