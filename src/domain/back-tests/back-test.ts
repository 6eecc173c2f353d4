import type { OwnedDeal } from "../../method/closing-model.ts";
import type { FiscalCalendar } from "../../method/fiscal-calendar.ts";
import { type FiscalMonths, fiscalMonths } from "../../method/fiscal-months.ts";
import type { ChancePair } from "../../method/forecast-scores.ts";
import { chanceOf, quantileOf } from "../../method/month-draws.ts";
import type { Db } from "../../platform/database.ts";
import { type ForecastMonth, forecastMonth } from "./forecast-month.ts";
import { managersOn } from "../numbers/owned-deals-queries.ts";

export const forecasters = ["kept", "trailing", "flat"] as const;
export type Forecaster = (typeof forecasters)[number];
const goals = [0.8, 1, 1.2];

/** One person's month: what each forecaster said on its first day, and what came. Minor units. */
export interface RepMonth {
  /** As `fiscalMonths` counts. */
  month: number;
  ownerId: string;
  teamId: string;
  said: Record<Forecaster, number>;
  /** The interval that should hold the result four times in five. */
  low: number;
  high: number;
  actual: number;
  /** Chance of reaching .8, 1 and 1.2 of the own trailing mean, and whether it came; none where nothing was won before. */
  chances: Record<Forecaster, ChancePair[]>;
}

export interface BackTest {
  months: RepMonth[];
  /** Month starts on which there is no forecast, and why. */
  refused: { month: number; words: string }[];
}

interface Asked {
  orgId: string;
  calendar: FiscalCalendar;
  /** First and last fiscal month, as `fiscalMonths` counts. */
  from: number;
  to: number;
  /** Everything as known today: only what came is taken from it. */
  known: readonly OwnedDeal[];
}

/** Forecasts every month on its first day, each from what was known that day alone, and sets beside them what came. */
export async function backTest(db: Db, { orgId, calendar, from, to, known }: Asked): Promise<BackTest> {
  const test: BackTest = { months: [], refused: [] };
  const line = fiscalMonths(calendar);
  for (let month = from; month <= to; month++) {
    const day = line.start(month);
    const managers = await managersOn(db, orgId, day);
    const forecasts = await forecastMonth(db, { orgId, day, calendar });
    if (!forecasts.known) {
      test.refused.push({ month, words: forecasts.refusal.words });
      continue;
    }
    const won = wonIn(known, line, month);
    const past = test.months.slice();
    for (const [ownerId, forecast] of forecasts.value) {
      const who = { month, ownerId, teamId: managers.get(ownerId) ?? ownerId };
      test.months.push(besideActual(who, forecast, won.get(ownerId) ?? 0, past));
      won.delete(ownerId);
    }
    test.months.push(...[...won].map(([ownerId, actual]) => unforeseen(month, ownerId, managers.get(ownerId) ?? ownerId, actual)));
  }
  return test;
}

function besideActual(
  who: Pick<RepMonth, "month" | "ownerId" | "teamId">,
  { outlook, expectedMinor, trailingMinor, draws }: ForecastMonth,
  actual: number,
  past: readonly RepMonth[],
): RepMonth {
  const flat = outlook.open.reduce((sum, { minor }) => sum + minor, 0) / 3;
  const said = { kept: expectedMinor, trailing: trailingMinor ?? 0, flat };
  return { ...who, said, low: quantileOf(draws, 0.1), high: quantileOf(draws, 0.9), actual, chances: chancesOf(said, actual, draws, past) };
}

/** Somebody who won without any deal known on the first: nobody said anything, and that counts. */
const unforeseen = (month: number, ownerId: string, teamId: string, actual: number): RepMonth => ({
  month,
  ownerId,
  teamId,
  said: { kept: 0, trailing: 0, flat: 0 },
  low: 0,
  high: 0,
  actual,
  chances: { kept: [], trailing: [], flat: [] },
});

export function wonIn(deals: readonly OwnedDeal[], { start }: FiscalMonths, month: number): Map<string, number> {
  const [from, until] = [start(month), start(month + 1)];
  const won = new Map<string, number>();
  for (const { ownerId, outcome, endedOn, wonMinor } of deals)
    if (outcome === "won" && endedOn !== null && endedOn >= from && endedOn < until) won.set(ownerId, (won.get(ownerId) ?? 0) + wonMinor);
  return won;
}

/**
 * The chances each forecaster gives: Kept from its draws, the trailing mean from how often it was reached so far by anybody,
 * and the flat rule sure of itself: three times the goal is open, or not.
 */
function chancesOf(said: RepMonth["said"], actual: number, draws: Float64Array, past: readonly RepMonth[]): RepMonth["chances"] {
  const chances: RepMonth["chances"] = { kept: [], trailing: [], flat: [] };
  if (said.trailing <= 0) return chances;
  for (const goal of goals.map((share) => share * said.trailing)) {
    const came = actual >= goal;
    const before = past.filter((one) => one.said.trailing > 0);
    const reached = before.filter((one) => one.actual >= (goal / said.trailing) * one.said.trailing).length;
    chances.kept.push({ chance: chanceOf(draws, goal), came });
    chances.trailing.push({ chance: (reached + 1) / (before.length + 2), came });
    chances.flat.push({ chance: said.flat >= goal ? 1 : 0, came });
  }
  return chances;
}
