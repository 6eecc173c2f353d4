import { sql } from "kysely";
import { type ForecastCategory } from "../../method/forecast-category.ts";
import { dayNumber } from "../../method/day-numbers.ts";
import type { ExchangeRates } from "../../method/exchange.ts";
import { exchangeSum } from "../../method/exchange-sum.ts";
import { fiscalPeriods } from "../../method/fiscal-calendar.ts";
import type { Db } from "../../platform/database.ts";
import { fiscalCalendarOf } from "../organisations/fiscal-calendar-queries.ts";

export interface Forecast {
  /** First day of the period, and how many months it has. */
  periodOn: string;
  months: 1 | 3 | 12;
  category: ForecastCategory;
  amountMinor: number;
  /** How many people's figures are added up. */
  people: number;
  /** In a currency that no rate exchanges on the day: not in the amount. */
  withoutRate: { currency: string; figures: number }[];
  /** The oldest and the newest day on which one of these was said. */
  firstSaid: string;
  lastSaid: string;
}

interface Asked {
  orgId: string;
  personIds: readonly string[];
  /** What had been said by the end of this day, YYYY-MM-DD, of periods that run on it. */
  day: string;
  /** By which figures in other currencies are told in the organisation's. */
  rates: ExchangeRates;
}

type InOneCurrency = Omit<Forecast, "withoutRate"> & { currency: string };

/** What people had last said, by a day, about the periods that run then, added up by category in the organisation's currency. */
export async function forecastsOn(db: Db, { orgId, personIds, day, rates }: Asked): Promise<Forecast[]> {
  if (personIds.length === 0) return [];
  const { month } = fiscalPeriods(await fiscalCalendarOf(db, orgId), dayNumber(day)).month;
  const { rows } = await sql<InOneCurrency>`
    with said as (
      select distinct on (person_id, period_on, months, category) person_id, period_on, months, category, amount_minor, currency, as_of
      from forecast
      where org_id = ${orgId} and person_id = any(${personIds}::uuid[]) and as_of <= ${day}::date
        and period_on <= ${month}::date and period_on + make_interval(months => months) > ${month}::date
      order by person_id, period_on, months, category, as_of desc)
    select period_on as "periodOn", months, category, currency, sum(amount_minor)::bigint as "amountMinor", count(*)::int as people,
      min(as_of) as "firstSaid", max(as_of) as "lastSaid"
    from said group by 1, 2, 3, 4
    order by months, period_on, array_position(array['closed', 'commit', 'best case', 'pipeline', 'omitted'], category), currency`.execute(
    db,
  );
  const figures = Map.groupBy(rows, ({ periodOn, months, category }) => `${periodOn} ${months} ${category}`);
  return [...figures.values()].map((parts) => together(parts, rates, dayNumber(day)));
}

function together(parts: readonly InOneCurrency[], rates: ExchangeRates, day: number): Forecast {
  const [first] = parts as [InOneCurrency, ...InOneCurrency[]];
  const sum = exchangeSum(
    rates,
    parts.map(({ currency, amountMinor, people }) => ({ currency, sumMinor: Number(amountMinor), deals: people })),
    day,
  );
  const days = parts.flatMap(({ firstSaid, lastSaid }) => [firstSaid, lastSaid]).toSorted();
  return {
    periodOn: first.periodOn,
    months: first.months,
    category: first.category,
    amountMinor: sum.minor,
    people: parts.reduce((all, { people }) => all + people, 0),
    withoutRate: sum.leftOut.map(({ currency, deals }) => ({ currency, figures: deals })),
    firstSaid: days[0] ?? first.firstSaid,
    lastSaid: days.at(-1) ?? first.lastSaid,
  };
}

export interface SaidForecast {
  personId: string;
  periodOn: string;
  months: 1 | 3 | 12;
  category: ForecastCategory;
  asOf: string;
  amountMinor: number;
  currency: string;
}

/** Every figure that was said by some people about periods that touch a span of days, oldest first. */
export async function forecastsSaid(
  db: Db,
  {
    orgId,
    personIds,
    from,
    until,
    limit = 10_000,
  }: { orgId: string; personIds: readonly string[]; from: string; until: string; limit?: number },
): Promise<SaidForecast[]> {
  if (personIds.length === 0) return [];
  return db
    .selectFrom("forecast")
    .select([
      "person_id as personId",
      "period_on as periodOn",
      "months",
      "category",
      "as_of as asOf",
      "amount_minor as amountMinor",
      "currency",
    ])
    .where("org_id", "=", orgId)
    .where("person_id", "in", personIds)
    .where("period_on", "<=", until)
    .where(sql<boolean>`period_on + make_interval(months => months) > ${from}::date`)
    .orderBy("period_on")
    .orderBy("months")
    .orderBy("person_id")
    .orderBy("category")
    .orderBy("as_of")
    .limit(limit)
    .execute() as Promise<SaidForecast[]>;
}
