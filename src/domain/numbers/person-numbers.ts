import { dayNumber, dayOf } from "../../method/day-numbers.ts";
import { known, mapped, refused } from "../../method/estimate.ts";
import { medianOf } from "../../method/median-of.ts";
import { missedInARow } from "../../method/missed-in-a-row.ts";
import { leastWins } from "../../method/rep-baseline.ts";
import { type GoalHorizon, goalHorizons } from "../../method/fiscal-calendar.ts";
import type { NumbersSetting } from "../../method/numbers-setting.ts";
import { type HorizonNumbers, numbersWindow, type Person, type RepNumbers, repNumbers } from "../../method/rep-numbers.ts";
import { verifiedStage } from "../../method/verified-stage.ts";
import type { Stay } from "../people/stay-queries.ts";
import { hasTolls, type Process } from "../processes/process-queries.ts";
import { activityFigures, type ActivityFigures } from "./activity-figures.ts";
import type { ActivityCounts } from "./activity-counts-queries.ts";
import type { KnownDeal } from "./owned-deals-queries.ts";
import type { HorizonFigures, PersonNumbers } from "./stored-shape.ts";
import type { Targets } from "./targets-of.ts";

/** Everything one person's numbers are made of, as known at one instant. */
export interface PersonFacts {
  id: string;
  currency: string;
  person: Person;
  deals: readonly KnownDeal[];
  process: Process | null;
  /** Verifiers with evidence, by deal. */
  paid: ReadonlyMap<string, ReadonlySet<string>>;
  activities: ActivityCounts | undefined;
}

/** Numbers of one person as they are stored and shown, against the targets of any basis. */
export function personNumbers(setting: NumbersSetting, facts: PersonFacts): (targets: Targets) => PersonNumbers {
  const { deals } = facts;
  const open = deals.filter(({ outcome, endedOn }) => outcome === "open" && endedOn === null);
  const window = numbersWindow(setting);
  const won = deals.filter(
    ({ outcome, endedOn }) => outcome === "won" && endedOn !== null && endedOn >= window.from && endedOn < window.until,
  );
  const made = deals.filter(({ createdOn }) => createdOn >= window.from);
  const activities = activityFigures(facts.activities, { setting, won, made });
  const numbersAgainst = repNumbers(setting, facts.id, deals, facts.person);
  const whatever = {
    currency: facts.currency,
    open: volumeOf(open),
    verified: verifiedOf(open, facts),
    stale: staleOf(open, setting),
    ...sizeAndCycle(won, window),
    activities: activities.figures,
    chanceByAge: chanceByAge(setting),
  };
  return (targets) => {
    const rep = numbersAgainst({ goals: targets.horizons, perOpportunity: perOpportunity(activities) });
    const months = rep.months.map((one) => ({ ...one, planMinor: targets.months.get(one.month) ?? null }));
    const figures = (horizon: GoalHorizon) => horizonFigures(setting, rep, horizon, open);
    return {
      ...whatever,
      goalsSaidTo: [...targets.saidTo],
      horizons: { month: figures("month"), quarter: figures("quarter"), year: figures("year") },
      winRate: rep.winRate,
      baseline: baselineFigures(rep),
      trailingMinor: rep.trailingMinor,
      months,
      ownMonths: rep.ownMonths,
      trend: rep.trend,
      missedInARow: missedInARow(months.map(({ wonMinor, planMinor }) => ({ result: wonMinor, plan: planMinor }))),
    };
  };
}

/** What of somebody's stay their numbers hang on. @param day a day number */
export const personOn = (stay: Stay | undefined, day: number): Person => ({
  startedOn: stay?.startedOn ? dayNumber(stay.startedOn) : null,
  hasLeft: stay?.leftOn ? dayNumber(stay.leftOn) <= day : false,
});

const volumeOf = (deals: readonly KnownDeal[]) => ({
  minor: deals.reduce((sum, { openMinor }) => sum + openMinor, 0),
  deals: deals.length,
});

function verifiedOf(open: readonly KnownDeal[], { process, paid }: PersonFacts): PersonNumbers["verified"] {
  if (!hasTolls(process)) return null;
  const isVerified = ({ id, stageId }: KnownDeal) => {
    const { aheadBy, inProcess } = verifiedStage(process.stages, stageId, paid.get(id) ?? none);
    return inProcess && aheadBy === 0;
  };
  return volumeOf(open.filter(isVerified));
}

const none: ReadonlySet<string> = new Set();

function staleOf(open: readonly KnownDeal[], { day, model }: NumbersSetting): PersonNumbers["stale"] {
  const { closesUpTo } = model.hazards;
  if (closesUpTo === null) return null;
  return { ...volumeOf(open.filter(({ createdOn }) => day - createdOn > closesUpTo)), beyondDays: closesUpTo };
}

function horizonFigures(setting: NumbersSetting, rep: RepNumbers, horizon: GoalHorizon, open: readonly KnownDeal[]): HorizonFigures {
  const { label, from, until } = setting.horizons[horizon];
  const { wonMinor, wonDeals, expectedMinor, goal } = rep.horizons[horizon];
  return {
    label,
    from: dayOf(from),
    until: dayOf(until),
    won: { minor: wonMinor, deals: wonDeals },
    expectedMinor,
    due: volumeOf(open.filter(({ closeOn }) => closeOn !== null && closeOn < until)),
    goal: goal && goalFigures(goal, open),
  };
}

function goalFigures(goal: NonNullable<HorizonNumbers["goal"]>, open: readonly KnownDeal[]): HorizonFigures["goal"] {
  const { finding, moves, coverage } = goal;
  return {
    goalMinor: goal.goalMinor,
    gapMinor: goal.gapMinor,
    flatMinor: 3 * goal.gapMinor,
    chance: goal.chance,
    coverage: mapped(coverage, ({ openMinor: _minor, openDeals: _deals, stale: _stale, ...needed }) => needed),
    finding: mapped(finding, (found) => ({ ...found, by: dayOf(found.by) })),
    moves: mapped(moves, (some) =>
      some.map(({ what, chance, more }) => ({
        what: what.kind === "deal" ? { kind: what.kind, opportunityId: open[what.at]?.id ?? "" } : what,
        chance,
        more,
      })),
    ),
  };
}

function sizeAndCycle(won: readonly KnownDeal[], window: { from: number; until: number }): Pick<PersonNumbers, "dealSize" | "cycle"> {
  if (won.length < leastWins) {
    const few = refused("wins", won.length, leastWins, "won deals");
    return { dealSize: few, cycle: few };
  }
  const days = { from: dayOf(window.from), until: dayOf(window.until) };
  const minor = won.reduce((sum, { wonMinor }) => sum + wonMinor, 0) / won.length;
  const cycle = medianOf(won.map(({ createdOn, endedOn }) => (endedOn ?? createdOn) - createdOn));
  return { dealSize: known({ ...days, minor, deals: won.length }), cycle: known({ ...days, days: cycle, deals: won.length }) };
}

const baselineFigures = ({ baseline }: RepNumbers): PersonNumbers["baseline"] =>
  mapped(baseline, ({ from, until, ...figures }) => ({ from: dayOf(from), until: dayOf(until), ...figures }));

/** What one opportunity took, of each type that is known well enough. */
const perOpportunity = ({ perOpportunity: per }: ActivityFigures) =>
  per.flatMap(({ type, each }) => (each.known ? [{ type, each: each.value.each }] : []));

const shownAges = [0, 7, 14, 30, 45, 60, 90, 120, 180, 270, 365];

function chanceByAge({ horizons, model }: NumbersSetting): PersonNumbers["chanceByAge"] {
  const watched = model.hazards.wonHazard.length;
  return shownAges
    .filter((age) => age < watched)
    .map((age) => {
      const [month = 0, quarter = 0, year = 0] = goalHorizons.map((horizon) => horizons[horizon].setting.chances[age] ?? 0);
      return { age, month, quarter, year };
    });
}
