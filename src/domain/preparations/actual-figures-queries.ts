import { sql } from "kysely";
import { dayOf } from "../../method/day-numbers.ts";
import { fiscalMonth } from "../../method/fiscal-calendar.ts";
import { minorUnits } from "../../method/minor-units.ts";
import { fiscalYearTo } from "../../method/months-asked.ts";
import type { Db } from "../../platform/database.ts";
import { exchangeRatesOf } from "../exchange-rates/exchange-rate-queries.ts";
import { monthResults } from "../opportunities/month-results.ts";
import { fiscalCalendarOf } from "../organisations/fiscal-calendar-queries.ts";
import type { Measure } from "./preparation-queries.ts";
import { organisationRow } from "../organisations/organisation-row.ts";

/** The numbers as they are at this instant; null where there is none: a plan that nobody set, a rank among nobody. */
export async function actualFigures(
  db: Db,
  { orgId, repId, month, at }: { orgId: string; repId: string; month: string; at: Date },
): Promise<Record<Measure, number | null>> {
  const { fiscal_year_starts_in: startsIn, uses_rank: usesRank } = await organisationRow(db, orgId);
  const year = fiscalYearTo(month, startsIn);
  const months = (await monthResults(db, { orgId, personIds: [repId], months: year, at })).get(repId)?.months ?? [];
  const plans = months.map(({ quotaMinor }) => quotaMinor);
  return {
    month_result: months.at(-1)?.wonMinor ?? 0,
    month_plan: plans.at(-1) ?? null,
    year_result: months.reduce((sum, { wonMinor }) => sum + wonMinor, 0),
    year_plan: plans.includes(null) ? null : plans.reduce<number>((sum, plan) => sum + (plan ?? 0), 0),
    rank: usesRank ? await ownRank(db, orgId, year) : null,
  };
}

async function ownRank(db: Db, orgId: string, months: readonly string[]): Promise<number | null> {
  const calendar = await fiscalCalendarOf(db, orgId);
  const { into, dated } = await exchangeRatesOf(db, orgId);
  const periods = months.map((month) => fiscalMonth(calendar, month));
  const scales = Object.fromEntries([...dated.keys()].map((currency) => [currency, minorUnits(into) / minorUnits(currency)]));
  const [first, after] = [dayOf(periods[0]?.from ?? 0), dayOf(periods.at(-1)?.until ?? 0)];
  const { rows } = await sql<{
    place: number | null;
  }>`select own_rank(${first}::date, ${after}::date, ${JSON.stringify(scales)}::jsonb) as place`.execute(db);
  return rows[0]?.place ?? null;
}
