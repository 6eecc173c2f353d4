import { type RawBuilder, sql } from "kysely";
import { todayOf } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { namedAt, type OpportunityAt } from "./opportunities-as-of.ts";
import { type StateAt, stateAt, unlessLater } from "./state-at.ts";

export interface Member {
  id: string;
  name: string;
  managerId: string | null;
}

/** The viewer and everybody below them, with whom each reports to today. */
export async function treeOf(db: Db, ctx: Pick<Ctx, "viewer" | "clock">): Promise<Member[]> {
  const { orgId, personId: me, name } = ctx.viewer;
  const today = todayOf(ctx);
  const { rows } = await sql<Member>`
    select p.id, p.name, l.manager_id as "managerId"
    from reporting_line l join person p on p.org_id = l.org_id and p.id = l.person_id
    where l.org_id = ${orgId} and l.person_id in (select viewer_tree())
      and l.from_on <= ${today}::date and (l.until_on is null or l.until_on > ${today}::date)
    order by lower(p.name), p.id`.execute(db);
  return [{ id: me, name, managerId: null }, ...rows.filter(({ id }) => id !== me)];
}

export interface Group {
  key: string;
  ownerIds: readonly string[];
}

export interface GroupTotal {
  key: string;
  stageId: string;
  stage: string;
  stagePosition: number;
  currency: string;
  deals: number;
  sumMinor: number;
  /** How many of them have neither an amount nor a list price. */
  unvalued: number;
}

/** Open volume by group of owners and stage, added up in the database: first each owner's, so that few rows are joined. */
export async function openTotals(
  db: Db,
  { orgId, groups, at }: { orgId: string; groups: readonly Group[]; at: Date },
): Promise<GroupTotal[]> {
  const pairs = groups.flatMap(({ key, ownerIds }) => ownerIds.map((owner) => ({ key, owner })));
  if (pairs.length === 0) return [];
  const owners = pairs.map(({ owner }) => owner);
  const scope = await unlessLater(db, { orgId, ownerIds: owners, at, outcomes: ["open"] });
  const { rows } = await sql<GroupTotal>`
    select g.key, t.stage_id as "stageId", s.name as stage, s.position as "stagePosition", t.currency, sum(t.deals)::int as deals,
      coalesce(sum(t.sum), 0)::bigint as "sumMinor", sum(t.unvalued)::int as unvalued
    from (
      select d.owner_id, d.stage_id, d.currency, count(*) as deals, sum(coalesce(d.amount_minor, p.list_price_minor)) as sum,
        count(*) filter (where d.amount_minor is null and p.list_price_minor is null) as unvalued
      from ${stateAt(scope)} d left join product p on p.org_id = ${orgId} and p.id = d.product_id
      group by 1, 2, 3
    ) t
      join unnest(${owners}::uuid[], ${pairs.map(({ key }) => key)}::text[]) g(owner_id, key) on g.owner_id = t.owner_id
      join stage s on s.org_id = ${orgId} and s.id = t.stage_id
    group by g.key, t.stage_id, s.name, s.position, t.currency
    order by s.position, g.key`.execute(db);
  return rows;
}

export const pipelineSorts = ["name", "account", "rep", "stage", "amount", "close", "changed"] as const;
export type PipelineSort = (typeof pipelineSorts)[number];

export interface PipelineFilter {
  text: string;
  stageId: string | null;
  sort: PipelineSort;
  descending: boolean;
  limit: number;
  offset: number;
}

const order: Record<PipelineSort, RawBuilder<unknown>> = {
  name: sql`lower(n.name)`,
  account: sql`lower(n."accountName")`,
  rep: sql`lower(r.name)`,
  stage: sql`n."stagePosition"`,
  amount: sql`n."amountMinor"`,
  close: sql`n."closeOn"`,
  changed: sql`n."lastChangeAt"`,
};

export type PipelineRow = OpportunityAt & { ownerName: string };

const like = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

/** One page of the deals in question, and how many there are in all. */
export async function pipelineRows(db: Db, scope: StateAt, filter: PipelineFilter): Promise<{ rows: PipelineRow[]; total: number }> {
  if (scope.ownerIds.length === 0) return { rows: [], total: 0 };
  const direction = filter.descending ? sql`desc nulls last` : sql`asc nulls last`;
  const wanted = [
    ...(filter.text ? [sql`(n.name ilike ${like(filter.text)} or n."accountName" ilike ${like(filter.text)})`] : []),
    ...(filter.stageId ? [sql`n."stageId" = ${filter.stageId}`] : []),
  ];
  const { rows } = await sql<PipelineRow & { total: number }>`
    select n.*, coalesce(r.name, '') as "ownerName", count(*) over () as total
    from (${namedAt(await unlessLater(db, scope))}) n left join person r on r.org_id = ${scope.orgId} and r.id = n."ownerId"
    ${wanted.length > 0 ? sql`where ${sql.join(wanted, sql` and `)}` : sql``}
    order by ${order[filter.sort]} ${direction}, lower(n.name), n.id
    limit ${filter.limit} offset ${filter.offset}`.execute(db);
  return { rows, total: rows[0]?.total ?? 0 };
}

/** The stages of the sales process in their order. */
export const stagesOf = (db: Db, orgId: string): Promise<{ id: string; name: string; outcome: "open" | "won" | "lost" }[]> =>
  db.selectFrom("stage").select(["id", "name", "outcome"]).where("org_id", "=", orgId).orderBy("position").execute();
