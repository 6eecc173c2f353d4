import { type Attainment, attainment, type Move, type SpanDraws, spanDraws, whatMovesMost } from "./attainment.ts";
import { closedOf } from "./closed-deals.ts";
import { knownBefore, type OwnedDeal } from "./closing-model.ts";
import { type Estimate, known, mapped, refused } from "./estimate.ts";
import type { GoalHorizon } from "./fiscal-calendar.ts";
import { type FindingGoal, findingGoal } from "./finding-goal.ts";
import { modelWeight } from "./month-forecast.ts";
import type { NumbersSetting } from "./numbers-setting.ts";
import { monthDraws, quantileOf } from "./month-draws.ts";
import { ownerOutlook, withoutNew } from "./owner-outlook.ts";
import { baselineWindow, begunOn, type RepBaseline, repBaseline } from "./rep-baseline.ts";
import { type Coverage, requiredCoverage } from "./required-coverage.ts";
import { seedOf } from "./seeded-random.ts";
import { type Trend, trend } from "./trend.ts";
import { drawnWinRate, type WinRate } from "./win-rates.ts";

/** Minor units. Without a goal there is no gap: then only what is expected. */
export interface HorizonNumbers {
  wonMinor: number;
  wonDeals: number;
  /** Expected until the end of the horizon beyond what is won: the model blended with the trailing mean. */
  expectedMinor: number;
  goal: {
    goalMinor: number;
    gapMinor: number;
    chance: Estimate<Attainment>;
    coverage: Estimate<Coverage>;
    finding: Estimate<FindingGoal>;
    /** What moves the chance most. */
    moves: Estimate<Move[]>;
  } | null;
}

export interface RepNumbers {
  horizons: Record<GoalHorizon, HorizonNumbers>;
  /** Refused when the person has no closed deal, or the organisation too few. */
  winRate: Estimate<WinRate & { everybody: number }>;
  baseline: Estimate<RepBaseline>;
  /** Mean of up to three whole months of theirs before; null while there is none. */
  trailingMinor: number | null;
  /** Won by whole fiscal month, oldest first, the last two years; `month` is its key, YYYY-MM-01. */
  months: { month: string; wonMinor: number }[];
  /** How many of the last of these months they were here from the first day on, and the trend of those. */
  ownMonths: number;
  trend: Estimate<Trend>;
}

interface Asked {
  /** What they want to win in the whole month, quarter and year, in minor units. */
  goals?: Partial<Record<GoalHorizon, number>>;
  /** Activities of each type this person needed to find one opportunity. */
  perOpportunity?: readonly { type: string; each: number }[];
}

/** What is known of somebody besides their deals. */
export interface Person {
  /** A day number, where it is known. */
  startedOn?: number | null;
  /** Nothing new is expected of whoever has left, and no month like their last ones. */
  hasLeft?: boolean;
}

/**
 * One rep's numbers as of the setting's day, against any goals: what no goal changes is worked out once, and the months ahead are
 * drawn once. Months, trend and baseline begin with the person: see `begunOn`.
 * @param mine every deal of theirs as known now; what happened on the setting's day itself counts, nothing later
 */
export function repNumbers(
  setting: NumbersSetting,
  ownerId: string,
  mine: readonly OwnedDeal[],
  person: Person = {},
): (asked?: Asked) => RepNumbers {
  const until = setting.day + 1;
  const rep = repOf(setting, ownerId, mine, person);
  const ahead = (horizon: GoalHorizon) => horizonAhead(setting, rep, horizon);
  const horizons = { month: ahead("month"), quarter: ahead("quarter"), year: ahead("year") };
  const winRate = ownWinRate(setting, rep.mine);
  const { observedFrom } = setting.model;
  const whatever = {
    winRate,
    baseline: repBaseline(rep.mine, { observedFrom, until, begun: rep.begun, winRate: winRate.known ? winRate.value.rate : null }),
    trailingMinor: rep.trailingMinor,
    months: rep.months,
    ownMonths: rep.own.length,
    trend: trend(rep.own, "months"),
  };
  return (asked = {}) => {
    const numbers = (horizon: GoalHorizon) => horizonNumbers(setting, horizons[horizon], asked.goals?.[horizon] ?? null, asked);
    return { horizons: { month: numbers("month"), quarter: numbers("quarter"), year: numbers("year") }, ...whatever };
  };
}

/** What a horizon brings beyond what is won, and between which it lies four times in five: minor units. */
export interface Ahead {
  wonMinor: number;
  expectedMinor: number;
  lowMinor: number;
  highMinor: number;
  /** The mean of up to three whole months of theirs, for as many days as are left; null while there is none. */
  trailingMinor: number | null;
}

/** Of the same numbers only what is to come until the end of some horizons: without any goal. */
export function repAhead<H extends GoalHorizon>(
  setting: NumbersSetting,
  ownerId: string,
  mine: readonly OwnedDeal[],
  { horizons, ...person }: Person & { horizons: readonly H[] },
): Map<H, Ahead> {
  const rep = repOf(setting, ownerId, mine, person);
  return new Map(
    horizons.map((horizon) => {
      const { won, expectedMinor, toDraw } = horizonAhead(setting, rep, horizon);
      const drawn = monthDraws(toDraw, toDraw.seed);
      const trailingMinor = rep.trailingMinor === null ? null : rep.trailingMinor * monthsUntil(setting, horizon);
      return [
        horizon,
        { wonMinor: won.minor, expectedMinor, lowMinor: quantileOf(drawn, 0.1), highMinor: quantileOf(drawn, 0.9), trailingMinor },
      ];
    }),
  );
}

function repOf(setting: NumbersSetting, ownerId: string, all: readonly OwnedDeal[], { startedOn = null, hasLeft = false }: Person) {
  const mine = knownBefore(all, setting.day + 1);
  const months = setting.pastMonths.map(({ month, from, until: end }) => ({ month, wonMinor: wonBetween(mine, from, end).minor }));
  const begun = begunOn(mine, startedOn) ?? undefined;
  // Months in which somebody was not here the whole time would make every newcomer weak, and rising.
  const own = months.filter((_, at) => (setting.pastMonths[at]?.from ?? 0) >= (begun ?? 0)).map(({ wonMinor }) => wonMinor);
  const last = own.slice(-3);
  const trailingMinor = last.length === 0 ? null : last.reduce((sum, one) => sum + one, 0) / last.length;
  return { mine, hasLeft, begun, months, own, trailingMinor, scale: setting.learnt.scales.get(ownerId) ?? 1 };
}

/** The days from which baseline, deal size, cycle and activities are taken. */
export const numbersWindow = ({ day, model }: NumbersSetting) => baselineWindow({ observedFrom: model.observedFrom, until: day + 1 });

function ownWinRate({ rates }: NumbersSetting, mine: readonly OwnedDeal[]): RepNumbers["winRate"] {
  if (!rates.known) return rates;
  const own = closedOf(mine)[0];
  return own ? known({ ...drawnWinRate(rates.value, own), everybody: rates.value.pooled }) : refused("outcomes", 0, 1, "closed deals");
}

/** Past months say that more will come, or less; but no deal is worth twice what it is, or less than half, because of them. */
const mostScaled = 2;

/** What a horizon holds whatever the goal. */
function horizonAhead(setting: NumbersSetting, rep: ReturnType<typeof repOf>, horizon: GoalHorizon) {
  const { day, learnt, horizons } = setting;
  const { mine, trailingMinor: trailing, scale: modelScale } = rep;
  const { from, setting: within } = horizons[horizon];
  const stayed = ownerOutlook(within, mine);
  const outlook = rep.hasLeft ? withoutNew(stayed) : stayed;
  const raw = outlook.expectedOpen + outlook.expectedNew;
  const blended =
    trailing === null || rep.hasLeft
      ? raw * modelScale
      : modelWeight * raw * modelScale + (1 - modelWeight) * trailing * monthsUntil(setting, horizon);
  const bounded = (wanted: number) =>
    modelScale > 0 ? Math.min(modelScale * mostScaled, Math.max(modelScale / mostScaled, wanted)) : wanted;
  const scale = raw > 0 ? bounded(blended / raw) : modelScale;
  const toDraw = { outlook, scale, sharedSpread: learnt.sharedSpread, ownSpread: learnt.ownSpread, seed: seedOf(`${day} ${horizon}`) };
  let drawn: Estimate<SpanDraws> | null = null;
  return {
    within,
    mine,
    won: wonBetween(mine, from, day + 1),
    expectedMinor: raw > 0 ? scale * raw : blended,
    outlook,
    scale,
    toDraw,
    /** Drawn when first asked for. */
    draws: () => (drawn ??= spanDraws(toDraw)),
  };
}

const monthsUntil = ({ day, horizons }: NumbersSetting, horizon: GoalHorizon): number => (horizons[horizon].until - day) / (365.25 / 12);

function horizonNumbers(
  { model, learnt }: NumbersSetting,
  ahead: ReturnType<typeof horizonAhead>,
  goalMinor: number | null,
  { perOpportunity = [] }: Asked,
): HorizonNumbers {
  const { within, mine, won, expectedMinor, outlook, scale } = ahead;
  const said = { wonMinor: won.minor, wonDeals: won.deals, expectedMinor };
  if (goalMinor === null) return { ...said, goal: null };
  const gapMinor = Math.max(0, goalMinor - won.minor);
  const draws = ahead.draws();
  return {
    ...said,
    goal: {
      goalMinor,
      gapMinor,
      chance: mapped(draws, (drawn) => attainment(drawn, gapMinor)),
      coverage: requiredCoverage({
        outlook,
        gapMinor,
        scale,
        sharedSpread: learnt.sharedSpread,
        ownSpread: learnt.ownSpread,
        closesUpTo: model.hazards.closesUpTo,
      }),
      finding: findingGoal({
        model,
        setting: within,
        outlook,
        gapMinor,
        scale,
        perOpportunity,
        foundOn: mine.map(({ createdOn }) => createdOn),
      }),
      moves: mapped(draws, (drawn) => whatMovesMost(drawn, gapMinor)),
    },
  };
}

function wonBetween(mine: readonly OwnedDeal[], from: number, until: number): { minor: number; deals: number } {
  const sum = { minor: 0, deals: 0 };
  for (const { outcome, endedOn, wonMinor } of mine) {
    if (outcome !== "won" || endedOn === null || endedOn < from || endedOn >= until) continue;
    sum.minor += wonMinor;
    sum.deals++;
  }
  return sum;
}
