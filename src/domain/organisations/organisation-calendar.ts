import type { ExchangeRates } from "../../method/exchange.ts";
import type { FiscalCalendar } from "../../method/fiscal-calendar.ts";
import type { Db } from "../../platform/database.ts";
import { exchangeRatesOf } from "../exchange-rates/exchange-rate-queries.ts";
import { fiscalCalendarOf } from "./fiscal-calendar-queries.ts";
import { organisationRow } from "./organisation-row.ts";

/** By which days and in which money an organisation counts. */
export interface OrganisationCalendar {
  name: string;
  currency: string;
  timeZone: string;
  fiscal: FiscalCalendar;
  rates: ExchangeRates;
}

export async function calendarOf(db: Db, orgId: string): Promise<OrganisationCalendar> {
  const { name, currency, time_zone: timeZone } = await organisationRow(db, orgId);
  return { name, currency, timeZone, fiscal: await fiscalCalendarOf(db, orgId), rates: await exchangeRatesOf(db, orgId) };
}
