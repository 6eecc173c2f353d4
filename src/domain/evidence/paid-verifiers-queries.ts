import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

/** Verifiers with evidence as known at an instant, by deal. For the actor `numbers`, who reads evidence of everybody. */
export async function paidVerifiers(
  db: Db,
  { orgId, ids, at }: { orgId: string; ids: readonly string[]; at: Date },
): Promise<Map<string, ReadonlySet<string>>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; paid: string[] }>`
    select e.opportunity_id as id, array_agg(distinct e.verifier_id) as paid from evidence e
    where e.org_id = ${orgId} and e.opportunity_id = any(${ids}::uuid[]) and e.recorded_at <= ${at}::timestamptz
      and (e.withdrawn_at is null or e.withdrawn_at > ${at}::timestamptz)
    group by 1`.execute(db);
  return new Map(rows.map(({ id, paid }) => [id, new Set(paid)]));
}
