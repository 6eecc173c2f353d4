import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

const leastGaps = 20;
const leastDays = 7;
/** Of each owner, the latest so many deals are looked at: enough to say what is usual, and no more work for more history. */
const deals = 60;

/**
 * How long an owner's deals usually lie still: nine of ten pauses between two changes in the year before were shorter.
 * Owners with fewer than twenty pauses have no usual; it is never taken as less than a week.
 */
export async function usualQuietDays(
  db: Db,
  { orgId, ownerIds, at }: { orgId: string; ownerIds: readonly string[]; at: Date },
): Promise<Map<string, number>> {
  const { rows } = await sql<{ owner_id: string; days: number }>`
    select g.owner_id, ceil(percentile_cont(0.9) within group (order by g.days))::int as days
    from (
      select t.owner_id, extract(epoch from t.at - lag(t.at) over (partition by t.id order by t.at)) / 86400 as days
      from (
        select distinct w.owner_id, o.id, c.at from unnest(${ownerIds}::uuid[]) w(owner_id)
          cross join lateral (
            select o.id from opportunity o
            where o.org_id = ${orgId} and o.owner_id = w.owner_id and o.created_at <= ${at}::timestamptz
              and o.last_change_at > ${at}::timestamptz - interval '1 year'
            order by o.created_at desc, o.id limit ${deals}) o
          join opportunity_change c on c.org_id = ${orgId} and c.opportunity_id = o.id
        where c.at <= ${at}::timestamptz and c.at > ${at}::timestamptz - interval '1 year') t
    ) g
    where g.days is not null
    group by g.owner_id
    having count(*) >= ${leastGaps}`.execute(db);
  return new Map(rows.map(({ owner_id, days }) => [owner_id, Math.max(leastDays, days)]));
}
