import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

export interface RememberedMatch {
  source: string;
  kind: "person" | "product" | "account";
  /** The words of the file. */
  value: string;
  /** Null where it was said to be nobody and nothing here. */
  targetId: string | null;
  targetName: string | null;
  decidedBy: string | null;
  decidedAt: Date;
}

interface Asked {
  orgId: string;
  source?: string | undefined;
  kind?: RememberedMatch["kind"] | undefined;
  /** Source, kind and value of the one before. */
  after: readonly string[] | null;
  limit: number;
}

/** Who or what the words of files were said to mean, for admins, page by page. */
export async function rememberedMatches(db: Db, { orgId, source, kind, after, limit }: Asked): Promise<RememberedMatch[]> {
  const { rows } = await sql<RememberedMatch>`
    select m.source, m.kind, m.value, m.target_id as "targetId", coalesce(p.name, r.name, a.name) as "targetName", d.name as "decidedBy",
      m.decided_at as "decidedAt"
    from import_match m
      left join person p on m.kind = 'person' and p.org_id = m.org_id and p.id = m.target_id
      left join product r on m.kind = 'product' and r.org_id = m.org_id and r.id = m.target_id
      left join account a on m.kind = 'account' and a.org_id = m.org_id and a.id = m.target_id
      left join person d on d.org_id = m.org_id and d.id = m.decided_by
    where m.org_id = ${orgId} and ${source ? sql`m.source = ${source}` : sql`true`} and ${kind ? sql`m.kind = ${kind}` : sql`true`}
      and ${after ? sql`(m.source, m.kind, m.value) > (${after[0]}, ${after[1]}, ${after[2]})` : sql`true`}
    order by m.source, m.kind, m.value limit ${limit}`.execute(db);
  return rows;
}
