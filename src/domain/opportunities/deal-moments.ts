import { type RawBuilder, sql } from "kysely";
import type { Db } from "../../platform/database.ts";
import { type DatedChange, namedChange } from "./history-queries.ts";

export interface ActivityMoment {
  id: string;
  type: string;
  personId: string;
  personName: string;
  subject: string | null;
  isDone: boolean;
}

export interface EvidenceMoment {
  id: string;
  verifierId: string;
  words: string;
  customerPerson: string;
  givenOn: string;
  /** Who recorded it, or took it back. */
  by: string;
}

/** One thing that happened to a deal. `key` tells apart what happened at the same instant. */
export type DealMoment = { at: Date; key: string } & (
  | { kind: "change"; what: Pick<DatedChange, "field" | "before" | "after" | "source"> }
  | { kind: "activity"; what: ActivityMoment }
  | { kind: "evidence" | "withdrawal"; what: EvidenceMoment }
);

interface Asked {
  orgId: string;
  opportunityId: string;
  until: Date;
  after: { at: Date; key: string } | null;
  limit: number;
}

/** Changes, activities and evidence of one deal as one time line, the latest first, page by page. */
export async function dealMoments(db: Db, { orgId, opportunityId, until, after, limit }: Asked): Promise<DealMoment[]> {
  const { rows } = await sql<DealMoment>`
    select at, key, kind, what from (
      select c.at, 'change ' || c.field as key, 'change' as kind, json_build_object('field', c.field, 'before', ${namedChange("before")},
        'after', ${namedChange("after")}, 'source', c.source) as what
      from opportunity_change c where c.org_id = ${orgId} and c.opportunity_id = ${opportunityId}
      union all
      select a.at, 'activity ' || a.id, 'activity', json_build_object('id', a.id, 'type', a.type, 'personId', a.person_id, 'personName', coalesce(p.name, 'a colleague'),
        'subject', a.subject, 'isDone', a.is_done)
      from activity a left join person p on p.org_id = a.org_id and p.id = a.person_id
      where a.org_id = ${orgId} and a.opportunity_id = ${opportunityId}
      union all ${evidence("evidence", orgId, opportunityId)}
      union all ${evidence("withdrawal", orgId, opportunityId)}) x
    where at <= ${until} and ${after ? sql`(at, key) < (${after.at}::timestamptz, ${after.key})` : sql`true`}
    order by at desc, key desc limit ${limit}`.execute(db);
  return rows;
}

function evidence(kind: "evidence" | "withdrawal", orgId: string, opportunityId: string): RawBuilder<unknown> {
  const [at, by] = kind === "evidence" ? ["recorded_at", "recorded_by"] : ["withdrawn_at", "withdrawn_by"];
  return sql`
    select e.${sql.ref(at)}, ${`${kind} `} || e.id, ${kind}, json_build_object('id', e.id, 'verifierId', e.verifier_id, 'words', coalesce(v.words, ''),
      'customerPerson', e.customer_person, 'givenOn', e.given_on, 'by', coalesce(p.name, 'somebody else'))
    from evidence e left join person p on p.org_id = e.org_id and p.id = e.${sql.ref(by)}
      left join lateral (select q.words from process_verifier q join process_version n on n.org_id = q.org_id and n.id = q.version_id
        where q.org_id = e.org_id and q.verifier_id = e.verifier_id order by n.version desc limit 1) v on true
    where e.org_id = ${orgId} and e.opportunity_id = ${opportunityId} and e.${sql.ref(at)} is not null`;
}
