import { sql } from "kysely";
import type { DealDays } from "../../method/numbers-setting.ts";
import type { Db } from "../../platform/database.ts";
import { stateAt, unlessLater } from "../opportunities/state-at.ts";
import type { DealsAsked } from "./owned-deals-queries.ts";

/** Everybody, in the order in which they are read. */
export async function ownersOf(db: Db, orgId: string): Promise<string[]> {
  return (await db.selectFrom("person").select("id").where("org_id", "=", orgId).orderBy("id").execute()).map(({ id }) => id);
}

/** Between which days the deals lie that `knownDeals` gives: the first day of any, and the first on which one was won or lost. */
export async function dealDays(db: Db, { orgId, timeZone, rates, ownerIds, at, until }: DealsAsked): Promise<DealDays> {
  const scope = await unlessLater(db, { orgId, ownerIds, at });
  const dayIn = (column: string) => sql`(${sql.ref(column)} at time zone ${timeZone})::date - date '1970-01-01'`;
  const currencies = [rates.into, ...rates.dated.keys()];
  const { rows } = await sql<{ firstOn: number | null; observedFrom: number | null }>`
    select min(s.created_on) as "firstOn", min(s.ended_on) as "observedFrom" from (
      select ${dayIn("d.created_at")} as created_on, case when d.outcome in ('won', 'lost') then greatest(${dayIn("d.created_at")},
        case when d.close_on - date '1970-01-01' < ${until}::int then d.close_on - date '1970-01-01' else ${dayIn("d.last_change_at")} end) end as ended_on
      from ${stateAt(scope)} d where d.currency = any(${currencies}::text[])) s`.execute(db);
  return { firstOn: rows[0]?.firstOn ?? Number.POSITIVE_INFINITY, observedFrom: rows[0]?.observedFrom ?? null };
}
