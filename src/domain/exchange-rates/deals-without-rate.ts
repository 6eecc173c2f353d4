import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { stateAt, unlessLater } from "../opportunities/state-at.ts";

export interface WithoutRate {
  currency: string;
  deals: number;
}

/**
 * Open and won deals of these people that no rate exchanges into the organisation's currency, by currency, as known at an instant:
 * sums and numbers leave them out.
 * @param day YYYY-MM-DD, by whose rate open deals are exchanged
 */
export async function dealsWithoutRate(
  db: Db,
  {
    orgId,
    ownerIds,
    at,
    day,
    outcomes = ["open", "won"],
  }: { orgId: string; ownerIds: readonly string[]; at: Date; day: string; outcomes?: ("open" | "won")[] },
): Promise<WithoutRate[]> {
  if (ownerIds.length === 0) return [];
  if (ownerIds.length > many && !(await someAreForeign(db, orgId))) return [];
  const scope = await unlessLater(db, { orgId, ownerIds, at, outcomes });
  const { rows } = await sql<WithoutRate>`
    select d.currency, count(*)::int as deals
    from ${stateAt(scope)} d join organisation o on o.org_id = ${orgId} and o.currency <> d.currency
    where not exists (
      select 1 from exchange_rate r
      where r.org_id = ${orgId} and r.into_currency = o.currency and r.currency = d.currency
        and r.from_on <= case when d.outcome = 'won' and d.close_on < ${day}::date then d.close_on else ${day}::date end)
    group by d.currency order by d.currency`.execute(db);
  return rows;
}

/** Whoever sees so many people sees a deal in another currency soon, if there is or was one, and need not go through all where there is none. */
const many = 100;

async function someAreForeign(db: Db, orgId: string): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`
    select exists (select 1 from opportunity d where d.org_id = ${orgId} and d.currency < o.currency)
      or exists (select 1 from opportunity d where d.org_id = ${orgId} and d.currency > o.currency)
      or exists (select 1 from opportunity_change c where c.org_id = ${orgId} and c.field = 'currency') as some
    from organisation o where o.org_id = ${orgId}`.execute(db);
  return rows[0]?.some === true;
}
