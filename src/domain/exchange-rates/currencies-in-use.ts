import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

/** The currencies of the organisation's deals: which they are, not whose. An admin reads no deal. */
export async function currenciesInUse(db: Db): Promise<string[]> {
  const { rows } = await sql<{ currency: string }>`select currency from currencies_in_use() as currency order by 1`.execute(db);
  return rows.map(({ currency }) => currency);
}
