import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { namedAt, type OpportunityAt, type StageOutcome } from "./opportunities-as-of.ts";
import { unlessLater } from "./state-at.ts";

export interface OpportunityRange {
  orgId: string;
  ownerIds: readonly string[];
  at: Date;
  outcome?: StageOutcome | undefined;
  id?: string | undefined;
  after: string | null;
  limit: number;
}

/** The opportunities of these owners as known at an instant, page by page. */
export async function listOpportunities(db: Db, { outcome, id, after, limit, ...scope }: OpportunityRange): Promise<OpportunityAt[]> {
  if (scope.ownerIds.length === 0) return [];
  const known = await unlessLater(db, { ...scope, outcomes: outcome ? [outcome] : undefined });
  const { rows } = await sql<OpportunityAt>`
    select * from (${namedAt(known)}) x
    where ${after ? sql`x.id > ${after}::uuid` : sql`true`} and ${id ? sql`x.id = ${id}::uuid` : sql`true`}
    order by x.id limit ${limit}`.execute(db);
  return rows;
}
