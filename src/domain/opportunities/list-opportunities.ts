import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { namedAt, type OpportunityAt } from "./opportunities-as-of.ts";
import type { StageOutcome } from "./state-at.ts";
import { unlessLater } from "./state-at.ts";

export interface OpportunityRange {
  orgId: string;
  ownerIds: readonly string[];
  at: Date;
  outcome?: StageOutcome | undefined;
  id?: string | undefined;
  /** Only what came from there, and only what bears this id there. */
  source?: string | undefined;
  externalId?: string | undefined;
  after: string | null;
  limit: number;
}

export interface ListedOpportunity extends OpportunityAt {
  /** Where it came from, and the id it has there: the two together are one deal for good. */
  source: string;
  externalId: string;
}

/** The opportunities of these owners as known at an instant, page by page. */
export async function listOpportunities(
  db: Db,
  { outcome, id, source, externalId, after, limit, ...scope }: OpportunityRange,
): Promise<ListedOpportunity[]> {
  if (scope.ownerIds.length === 0) return [];
  const known = await unlessLater(db, { ...scope, outcomes: outcome ? [outcome] : undefined });
  const bears = sql`x.id in (select i.id from opportunity i where i.org_id = ${scope.orgId}
    and ${source === undefined ? sql`true` : sql`i.source = ${source}`} and ${externalId === undefined ? sql`true` : sql`i.external_id = ${externalId}`})`;
  const { rows } = await sql<ListedOpportunity>`
    select y.*, o.source, o.external_id as "externalId" from (
      select * from (${namedAt(known)}) x
      where ${after ? sql`x.id > ${after}::uuid` : sql`true`} and ${id ? sql`x.id = ${id}::uuid` : sql`true`}
        and ${source === undefined && externalId === undefined ? sql`true` : bears}
      order by x.id limit ${limit}) y
    join opportunity o on o.org_id = ${scope.orgId} and o.id = y.id order by y.id`.execute(db);
  return rows;
}
