import { dayNumber, dayOf } from "../../method/day-numbers.ts";
import { endOfDay } from "../../method/days.ts";
import { exchanged } from "../../method/exchange.ts";
import { type FiscalPeriod, fiscalPeriods, fiscalYear, fiscalYearOf, type GoalHorizon } from "../../method/fiscal-calendar.ts";
import type { Db } from "../../platform/database.ts";
import { goalsSaid, type SaidGoal } from "../goals/goal-queries.ts";
import { type Targets as PeriodTargets, targetsOn } from "../goals/targets-queries.ts";
import { staysOf } from "../people/stay-queries.ts";
import { quotasIn } from "../quotas/quota-queries.ts";
import type { OrganisationCalendar } from "../organisations/organisation-calendar.ts";
import type { NumbersBasis } from "./stored-numbers-queries.ts";

/** What somebody is asked for, or asks of themselves: by horizon, and past months by their key. Minor units of the organisation's currency. */
export interface Targets {
  horizons: Partial<Record<GoalHorizon, number>>;
  months: ReadonlyMap<string, number>;
  /** To which managers the goals among them were said; null: to none. */
  saidTo: readonly (string | null)[];
}

interface Asked {
  orgId: string;
  personIds: readonly string[];
  calendar: OrganisationCalendar;
  /** A day number. */
  day: number;
  pastMonths: readonly FiscalPeriod[];
}

/** The targets of people by basis. Against quota everybody has some, be they empty; against own goals only who has set any. */
export async function targetsOf(db: Db, asked: Asked): Promise<Map<string, Partial<Record<NumbersBasis, Targets>>>> {
  const { orgId, personIds, day } = asked;
  const targets = await targetsOn(db, orgId, personIds, day);
  const said = await goalsThatCount(db, asked);
  const { quota, goal } = await pastPlans(db, asked, said);
  const saidBy = Map.groupBy(said, ({ personId }) => personId);
  const stays = await staysOf(db, orgId, personIds);
  const now = fiscalPeriods(asked.calendar.fiscal, day);
  return new Map(
    personIds.map((id) => {
      const of = targets.get(id);
      const own = of?.goal ?? {};
      const against = {
        quota: { horizons: of ? wholeQuotas(of, now, stays.get(id)?.startedOn ?? null) : {}, months: quota.get(id) ?? none, saidTo: [] },
      };
      const saidTo = [...new Set(saidBy.get(id)?.map(({ managerId }) => managerId))];
      return [id, Object.keys(own).length === 0 ? against : { ...against, goal: { horizons: own, months: goal.get(id) ?? none, saidTo } }];
    }),
  );
}

/**
 * A quota set for a few months of a year says nothing of the whole: what was won in the other months would count against it. For
 * whoever began within the period it is the whole of theirs.
 */
export function wholeQuotas(
  { quota, quotaFrom }: PeriodTargets,
  now: Record<GoalHorizon, FiscalPeriod>,
  began: string | null,
): Targets["horizons"] {
  const isWhole = (horizon: GoalHorizon) => {
    const from = quotaFrom[horizon];
    return from?.months === from?.of || (began !== null && dayNumber(began) >= now[horizon].from);
  };
  return Object.fromEntries(Object.entries(quota).filter(([horizon]) => isWhole(horizon as GoalHorizon)));
}

const none: ReadonlyMap<string, number> = new Map();

interface Plan {
  personId: string;
  month: string;
  amountMinor: number;
  currency: string;
}

/** Goals of the fiscal year that runs, and of the months that are over. */
async function goalsThatCount(db: Db, { orgId, personIds, calendar: { fiscal, timeZone }, day, pastMonths }: Asked): Promise<SaidGoal[]> {
  const { year, months } = fiscalYear(fiscal, fiscalYearOf(fiscal, day));
  const [from, until] = [pastMonths[0]?.month ?? year.month, months.at(-1)?.month ?? year.month];
  const range = { from: from < year.month ? from : year.month, until };
  const said = await goalsSaid(db, { orgId, personIds, ...range, before: endOfDay(dayOf(day), timeZone) });
  return said.filter(({ horizon, month }) => horizon === "month" || month >= year.month);
}

/** What was planned for the months that are over, by person and month. */
async function pastPlans(db: Db, { orgId, personIds, calendar: { rates }, day, pastMonths }: Asked, said: readonly SaidGoal[]) {
  const [from, until] = [pastMonths[0]?.month, pastMonths.at(-1)?.month];
  const plans = (rows: readonly Plan[]): Map<string, Map<string, number>> => {
    const found = new Map<string, Map<string, number>>();
    for (const { personId, month, amountMinor, currency } of rows) {
      const minor = exchanged(rates, amountMinor, currency, day);
      if (minor !== null) found.getOrInsertComputed(personId, () => new Map<string, number>()).set(month, minor);
    }
    return found;
  };
  if (!from || !until || personIds.length === 0) return { quota: plans([]), goal: plans([]) };
  return {
    quota: plans(await quotasIn(db, { orgId, personIds, from, until })),
    goal: plans(said.filter(({ horizon, month }) => horizon === "month" && month >= from && month <= until)),
  };
}
