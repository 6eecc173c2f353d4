import { sql } from "kysely";
import { dayNumber } from "../../method/day-numbers.ts";
import { exchanged } from "../../method/exchange.ts";
import type { Db } from "../../platform/database.ts";
import { exchangeRatesOf } from "../exchange-rates/exchange-rate-queries.ts";
import { stateAt, unlessLater } from "../opportunities/state-at.ts";

export interface WonDeal {
  id: string;
  name: string;
  accountName: string | null;
  productName: string | null;
  /** YYYY-MM-DD */
  closedOn: string;
  /** Null where the CRM has none: it counts as nothing. */
  amountMinor: number | null;
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
  const rates = await exchangeRatesOf(db, orgId);
  const scope = await unlessLater(db, { orgId, ownerIds: [personId], at, outcomes: ["won"] });
  const { rows } = await sql<Omit<WonDeal, "countsMinor">>`
    select d.id, d.name, a.name as "accountName", p.name as "productName", d.close_on as "closedOn", d.amount_minor as "amountMinor", d.currency
    from ${stateAt(scope)} d
      left join account a on a.org_id = ${orgId} and a.id = d.account_id
      left join product p on p.org_id = ${orgId} and p.id = d.product_id
    where d.close_on >= ${from}::date and d.close_on < ${until}::date
    order by d.close_on desc, lower(d.name), d.id`.execute(db);
  const today = dayNumber(at.toISOString());
  return rows.map((row) => ({
    ...row,
    countsMinor: exchanged(rates, row.amountMinor ?? 0, row.currency, Math.min(today, dayNumber(row.closedOn))),
  }));
}
