import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

export interface QuotaBefore {
  name: string;
  month: string;
  amountMinor: number;
  currency: string;
  untilAt: Date;
}

/** What quotas of these people were before they were changed, the latest change first. */
export async function quotasBefore(
  db: Db,
  { orgId, personIds, from, until, limit }: { orgId: string; personIds: readonly string[]; from: string; until: string; limit: number },
): Promise<QuotaBefore[]> {
  if (personIds.length === 0) return [];
  const { rows } = await sql<QuotaBefore>`
    select p.name, q.month, q.amount_minor as "amountMinor", q.currency, q.until_at as "untilAt"
    from quota_past q join person p on p.org_id = q.org_id and p.id = q.person_id
    where q.org_id = ${orgId} and q.person_id = any(${[...personIds]}::uuid[]) and q.month between ${from}::date and ${until}::date
    order by q.until_at desc, q.id desc limit ${limit}`.execute(db);
  return rows;
}
