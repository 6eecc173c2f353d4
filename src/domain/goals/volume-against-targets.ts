import { dayNumber } from "../../method/day-numbers.ts";
import { type ExchangeRates, exchanged } from "../../method/exchange.ts";
import { type FiscalCalendar, fiscalYear, fiscalYearOf, fiscalPeriods, type GoalHorizon } from "../../method/fiscal-calendar.ts";
import type { Horizon } from "../../method/horizons.ts";
import { leadersIn, type ManagerOf, teamQuotas } from "../../method/team-quota.ts";
import type { Db } from "../../platform/database.ts";
import type { GroupTotal } from "../evidence/proven-totals.ts";
import { keptWhileUnwritten } from "../opportunities/kept-while-unwritten.ts";
import { monthResults } from "../opportunities/month-results.ts";
import { targetsOn } from "./targets-queries.ts";

/** One period of one person or of several together, in minor units of the organisation's currency. */
export interface AgainstTarget {
  /** "November 2026", "Q4 2026", "2026" */
  label: string;
  won: number;
  /** Open and expected to close by the end of the period, overdue ones too; and what of it the customers back where it is claimed. */
  open: number;
  backed: number;
  /** Null where nobody is asked for anything; a team is asked for what its manager is asked for. */
  quota: number | null;
  /** Null where none is set, or, for several, where somebody who sells and has a quota has none that the viewer may see. */
  goal: number | null;
}

export interface TargetRow {
  key: string;
  horizons: Record<GoalHorizon, AgainstTarget>;
}

interface Asked {
  orgId: string;
  viewerId: string;
  /** Each with the people whose figures are added up. */
  groups: readonly { key: string; ownerIds: readonly string[] }[];
  managerOf: ManagerOf;
  /** Open volume, by the keys of the groups. */
  totals: readonly GroupTotal[];
  at: Date;
  /** YYYY-MM-DD */
  day: string;
  isToday: boolean;
  calendar: FiscalCalendar;
  rates: ExchangeRates;
}

/** What falls due by the end of each period: what is overdue is expected in all of them. */
const within: Record<GoalHorizon, readonly Horizon[]> = {
  month: ["overdue", "month"],
  quarter: ["overdue", "month", "quarter"],
  year: ["overdue", "month", "quarter", "year"],
};

/**
 * Won and open volume of the fiscal month, quarter and year against quota and own goal, group by group in the order given. Amounts
 * in a currency without a rate on the day are left out. What own numbers say is needed may take the place of a bare quota here.
 */
export async function volumeAgainstTargets(db: Db, asked: Asked): Promise<TargetRow[]> {
  const { orgId, viewerId, groups, managerOf, totals, at, day, isToday, calendar, rates } = asked;
  const number = dayNumber(day);
  const personIds = [...new Set(groups.flatMap(({ ownerIds }) => ownerIds))];
  const now = fiscalPeriods(calendar, number);
  const months = fiscalYear(calendar, fiscalYearOf(calendar, number)).months.filter(({ from }) => from <= number);
  const ask = () => monthResults(db, { orgId, personIds, months: months.map(({ month }) => month), at });
  const won = isToday
    ? await keptWhileUnwritten(db, ["won in the year", orgId, viewerId, personIds, day, calendar, [...rates.dated]], ask)
    : await ask();
  const targets = await targetsOn(db, orgId, personIds, number);
  const wonIn = (id: string, { from, until }: { from: number; until: number }) =>
    months.reduce(
      (sum, month, place) => (month.from >= from && month.until <= until ? sum + (won.get(id)?.months[place]?.wonMinor ?? 0) : sum),
      0,
    );
  const leaders = leadersIn(managerOf);
  const quotaOf = teamQuotas(managerOf);
  const totalsOf = Map.groupBy(totals, ({ key }) => key);
  const own = ({ sumMinor, currency }: GroupTotal) => exchanged(rates, sumMinor, currency, number) ?? 0;
  return groups.map(({ key, ownerIds }) => {
    const of = (horizon: GoalHorizon): AgainstTarget => {
      const open = (totalsOf.get(key) ?? []).filter((total) => within[horizon].includes(total.horizon));
      const said = (what: "quota" | "goal", ids: readonly string[]) => ids.flatMap((id) => targets.get(id)?.[what][horizon] ?? []);
      const goals = said("goal", ownerIds);
      const quotas = said(
        "quota",
        ownerIds.filter((id) => !leaders.has(id)),
      );
      return {
        label: now[horizon].label,
        won: ownerIds.reduce((sum, id) => sum + wonIn(id, now[horizon]), 0),
        open: open.reduce((sum, total) => sum + own(total), 0),
        backed: open.reduce((sum, total) => (total.isAhead || total.verifiedStageId === null ? sum : sum + own(total)), 0),
        quota: quotaOf(ownerIds, (id) => targets.get(id)?.quota[horizon]),
        goal: goals.length > 0 && goals.length >= quotas.length ? goals.reduce((sum, one) => sum + one, 0) : null,
      };
    };
    return { key, horizons: { month: of("month"), quarter: of("quarter"), year: of("year") } };
  });
}
