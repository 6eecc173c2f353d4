import { dayOf } from "../../method/day-numbers.ts";
import { endOfDay } from "../../method/days.ts";
import { exchanged, type ExchangeRates } from "../../method/exchange.ts";
import { type FiscalCalendar, type FiscalPeriod, fiscalPeriods, fiscalYear, fiscalYearOf } from "../../method/fiscal-calendar.ts";
import { type SaidGoals, shareGoals } from "../../method/share-goals.ts";
import type { Db } from "../../platform/database.ts";
import { goalsSaid } from "./goal-queries.ts";

interface Asked {
  orgId: string;
  personId: string;
  calendar: FiscalCalendar;
  timeZone: string;
  rates: ExchangeRates;
  /** Fiscal months, oldest first. */
  months: readonly FiscalPeriod[];
  /** What was said by the end of this day, a day number. */
  day: number;
  /** Quotas in minor units by month key: a goal is shared out in proportion of them. */
  quotas: ReadonlyMap<string, number>;
}

/** The rep's own goal of each of these months, said or shared out of a longer one; nothing where the viewer may not read it. */
export async function monthGoals(db: Db, { orgId, personId, months, day, ...known }: Asked): Promise<Map<string, number>> {
  const { calendar, timeZone, rates, quotas } = known;
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return new Map();
  const [oldest, newest] = [first, last].map(({ from }) => fiscalYear(calendar, fiscalYearOf(calendar, from)));
  const [from, until] = [oldest?.year.month ?? first.month, newest?.months.at(-1)?.month ?? last.month];
  const rows = await goalsSaid(db, { orgId, personIds: [personId], from, until, before: endOfDay(dayOf(day), timeZone) });
  if (rows.length === 0) return new Map();
  const said = (horizon: keyof SaidGoals) =>
    new Map(
      rows.flatMap((one): [string, number][] => {
        const minor = one.horizon === horizon ? exchanged(rates, one.amountMinor, one.currency, day) : null;
        return minor === null ? [] : [[one.month, minor]];
      }),
    );
  const goals: SaidGoals = { month: said("month"), quarter: said("quarter"), year: said("year") };
  return new Map(
    months.flatMap((period): [string, number][] => {
      const year = fiscalYear(calendar, fiscalYearOf(calendar, period.from));
      const { month } = shareGoals(goals, year, fiscalPeriods(calendar, period.from), quotas);
      return month ? [[period.month, month.minor]] : [];
    }),
  );
}
