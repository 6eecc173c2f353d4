import { dayOf } from "../../method/day-numbers.ts";
import { endOfDay } from "../../method/days.ts";
import { exchanged } from "../../method/exchange.ts";
import type { FiscalPeriod, GoalHorizon } from "../../method/fiscal-calendar.ts";
import type { Db } from "../../platform/database.ts";
import { goalsSaid } from "../goals/goal-queries.ts";
import { targetsOn } from "../goals/targets-queries.ts";
import { quotasIn } from "../quotas/quota-queries.ts";
import type { OrganisationCalendar } from "./organisation-calendar.ts";
import type { NumbersBasis } from "./stored-numbers-queries.ts";

/** What somebody is asked for, or asks of themselves: by horizon, and past months by their key. Minor units of the organisation's currency. */
export interface Targets {
  horizons: Partial<Record<GoalHorizon, number>>;
  months: ReadonlyMap<string, number>;
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
  const { quota, goal } = await pastPlans(db, asked);
  return new Map(
    personIds.map((id) => {
      const now = targets.get(id);
      const own = now?.goal ?? {};
      const against = { quota: { horizons: now?.quota ?? {}, months: quota.get(id) ?? none } };
      return [id, Object.keys(own).length === 0 ? against : { ...against, goal: { horizons: own, months: goal.get(id) ?? none } }];
    }),
  );
}

const none: ReadonlyMap<string, number> = new Map();

interface Plan {
  personId: string;
  month: string;
  amountMinor: number;
  currency: string;
}

/** What was planned for the months that are over, by person and month. */
async function pastPlans(db: Db, { orgId, personIds, calendar: { rates, timeZone }, day, pastMonths }: Asked) {
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
  const said = await goalsSaid(db, { orgId, personIds, from, until, before: endOfDay(dayOf(day), timeZone) });
  return {
    quota: plans(await quotasIn(db, { orgId, personIds, from, until })),
    goal: plans(said.filter(({ horizon }) => horizon === "month")),
  };
}
