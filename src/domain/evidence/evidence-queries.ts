import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

export interface Evidence {
  id: string;
  opportunityId: string;
  verifierId: string;
  /** Of the verifier, in the newest version that has it. */
  verifierWords: string;
  stageName: string;
  givenOn: string;
  customerPerson: string;
  words: string;
  link: string;
  recordedById: string;
  recordedBy: string;
  recordedAt: Date;
  withdrawnBy: string | null;
  withdrawnAt: Date | null;
  withdrawnWhy: string | null;
}

interface Asked {
  orgId: string;
  opportunityIds: readonly string[];
  id?: string | undefined;
  after?: string | null;
  limit?: number;
}

/** What backs these deals, withdrawn ones too, in the order it was recorded. */
export async function evidenceOf(db: Db, { orgId, opportunityIds, id, after, limit = 1000 }: Asked): Promise<Evidence[]> {
  if (opportunityIds.length === 0) return [];
  const { rows } = await sql<Evidence>`
    select e.id, e.opportunity_id as "opportunityId", e.verifier_id as "verifierId", coalesce(v.words, '') as "verifierWords",
      coalesce(v.stage, '') as "stageName", e.given_on as "givenOn", e.customer_person as "customerPerson", e.words, e.link,
      e.recorded_by as "recordedById", coalesce(r.name, 'somebody else') as "recordedBy", e.recorded_at as "recordedAt",
      case when e.withdrawn_by is not null then coalesce(w.name, 'somebody else') end as "withdrawnBy",
      e.withdrawn_at as "withdrawnAt", e.withdrawn_why as "withdrawnWhy"
    from evidence e
      left join person r on r.org_id = e.org_id and r.id = e.recorded_by
      left join person w on w.org_id = e.org_id and w.id = e.withdrawn_by
      left join lateral (
        select p.words, s.name as stage from process_verifier p
          join process_version n on n.org_id = p.org_id and n.id = p.version_id
          join stage s on s.org_id = p.org_id and s.id = p.stage_id
        where p.org_id = e.org_id and p.verifier_id = e.verifier_id order by n.version desc limit 1) v on true
    where e.org_id = ${orgId} and e.opportunity_id = any(${opportunityIds}::uuid[])
      and ${id ? sql`e.id = ${id}::uuid` : sql`true`} and ${after ? sql`e.id > ${after}::uuid` : sql`true`}
    order by ${after === undefined ? sql`e.recorded_at, e.id` : sql`e.id`} limit ${limit}`.execute(db);
  return rows;
}

export interface PromisedVerifier {
  commitmentId: string;
  verifierId: string;
  ownerName: string;
  dueOn: string;
}

/** "<deal> <verifier>" of every open commitment on these deals that hangs on a verifier. */
export async function promisedOn(db: Db, orgId: string, deals: readonly { id: string }[]): Promise<Set<string>> {
  if (deals.length === 0) return new Set();
  const rows = await db
    .selectFrom("commitment")
    .select(["opportunity_id", "verifier_id"])
    .where("org_id", "=", orgId)
    .where(
      "opportunity_id",
      "in",
      deals.map(({ id }) => id),
    )
    .where("verifier_id", "is not", null)
    .where("outcome", "is", null)
    .where("withdrawn_at", "is", null)
    .execute();
  return new Set(rows.map(({ opportunity_id, verifier_id }) => `${opportunity_id} ${verifier_id}`));
}

/** Open commitments that hang on a verifier of this deal, as far as the viewer may know of them. */
export async function promisedVerifiers(db: Db, orgId: string, opportunityId: string): Promise<Map<string, PromisedVerifier>> {
  const { rows } = await sql<PromisedVerifier>`
    select c.id as "commitmentId", c.verifier_id as "verifierId", coalesce(p.name, 'somebody else') as "ownerName", c.due_on as "dueOn"
    from commitment c left join person p on p.org_id = c.org_id and p.id = c.owner_id
    where c.org_id = ${orgId} and c.opportunity_id = ${opportunityId} and c.verifier_id is not null
      and c.outcome is null and c.withdrawn_at is null
    order by c.created_at`.execute(db);
  return new Map(rows.map((row) => [row.verifierId, row]));
}
