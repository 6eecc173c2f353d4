import { sql } from "kysely";
import { dayNumber } from "../../method/day-numbers.ts";
import type { ExchangeRates } from "../../method/exchange.ts";
import type { Db } from "../../platform/database.ts";
import { onceATransaction } from "../../platform/once-a-transaction.ts";
import { organisationRow } from "../organisations/organisation-row.ts";

/** Every dated rate into the organisation's currency: few, read at once. */
export const exchangeRatesOf = (db: Db, orgId: string): Promise<ExchangeRates> =>
  onceATransaction(db, `exchange rates ${orgId}`, () => readRates(db, orgId));

async function readRates(db: Db, orgId: string): Promise<ExchangeRates> {
  const { currency: into } = await organisationRow(db, orgId);
  const rows = await db
    .selectFrom("exchange_rate")
    .select(["currency", "from_on"])
    // As text: a number would lose what makes it exact.
    .select(sql<string>`rate::text`.as("rate"))
    .where("org_id", "=", orgId)
    .where("into_currency", "=", into)
    .orderBy("currency")
    .orderBy("from_on", "desc")
    .execute();
  const dated = Map.groupBy(
    rows.map(({ currency, from_on, rate }) => ({ currency, from: dayNumber(from_on), rate })),
    ({ currency }) => currency,
  );
  return { into, dated };
}
