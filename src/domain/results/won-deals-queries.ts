import { sql } from "kysely";
import { dayNumber } from "../../method/day-numbers.ts";
import { dayAt } from "../../method/days.ts";
import { exchanged } from "../../method/exchange.ts";
import type { Db } from "../../platform/database.ts";
import { productsThen } from "../opportunities/list-prices-then.ts";
import { notWonBefore, wonTerms } from "../opportunities/won-terms.ts";
import { calendarOf } from "../organisations/organisation-calendar.ts";
import { stateAt, unlessLater } from "../opportunities/state-at.ts";

export interface WonDeal {
  id: string;
  name: string;
  accountName: string | null;
  productName: string | null;
  /** YYYY-MM-DD */
  closedOn: string;
  /** Null where neither the CRM has one nor its product a list price: it counts as nothing. */
  amountMinor: number | null;
  isListPrice: boolean;
  currency: string;
  /** In the organisation's currency by the rate of the day it closed; null where there is no rate: it is not in the sums. */
  countsMinor: number | null;
}

interface Asked {
  orgId: string;
  personId: string;
  /** First day, and the first day after: YYYY-MM-DD. */
  from: string;
  until: string;
  at: Date;
}

/** The deals that make up what somebody won between two days, as known at an instant: the latest first. */
export async function wonDeals(db: Db, { orgId, personId, from, until, at }: Asked): Promise<WonDeal[]> {
  const { rates, timeZone } = await calendarOf(db, orgId);
  const scope = await unlessLater(db, { orgId, ownerIds: [personId], at, outcomes: ["won"] });
  const { on, minor, currency } = wonTerms(at, timeZone);
  const { rows } = await sql<Omit<WonDeal, "countsMinor">>`
    select w.* from (
      select d.id, d.name, a.name as "accountName", p.name as "productName", ${on} as "closedOn", ${minor} as "amountMinor",
        d.amount_minor is null and p.list_price_minor is not null as "isListPrice", ${currency} as currency
      from ${stateAt(scope)} d
        left join account a on a.org_id = ${orgId} and a.id = d.account_id
        left join ${productsThen(scope)} p on p.org_id = ${orgId} and p.id = d.product_id
      where ${notWonBefore(from)}) w
    where w."closedOn" >= ${from}::date and w."closedOn" < ${until}::date
    order by w."closedOn" desc, lower(w.name), w.id`.execute(db);
  const today = dayNumber(dayAt(at, timeZone));
  return rows.map((row) => ({
    ...row,
    countsMinor: exchanged(rates, row.amountMinor ?? 0, row.currency, Math.min(today, dayNumber(row.closedOn))),
  }));
}
