import { type RawBuilder, sql } from "kysely";
import type { Horizon, HorizonEnds } from "../../method/horizons.ts";
import { todayOf } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { stateAt, unlessLater } from "./state-at.ts";

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
  horizon: Horizon;
  currency: string;
  deals: number;
  sumMinor: number;
  /** How many of them have neither an amount nor a list price. */
  unvalued: number;
}

/** Open volume by group of owners, stage and horizon, added up in the database: first each owner's, so that few rows are joined. */
export async function openTotals(
  db: Db,
  { orgId, groups, at, ends }: { orgId: string; groups: readonly Group[]; at: Date; ends: HorizonEnds },
): Promise<GroupTotal[]> {
  const pairs = groups.flatMap(({ key, ownerIds }) => ownerIds.map((owner) => ({ key, owner })));
  if (pairs.length === 0) return [];
  const owners = pairs.map(({ owner }) => owner);
  const scope = await unlessLater(db, { orgId, ownerIds: owners, at, outcomes: ["open"] });
  const { rows } = await sql<GroupTotal>`
    select g.key, t.stage_id as "stageId", s.name as stage, s.position as "stagePosition", t.horizon, t.currency, sum(t.deals)::int as deals,
      coalesce(sum(t.sum), 0)::bigint as "sumMinor", sum(t.unvalued)::int as unvalued
    from (
      select d.owner_id, d.stage_id, d.currency, ${horizonIn(sql`d.close_on`, ends)} as horizon, count(*) as deals,
        sum(coalesce(d.amount_minor, p.list_price_minor)) as sum,
        count(*) filter (where d.amount_minor is null and p.list_price_minor is null) as unvalued
      from ${stateAt(scope)} d left join product p on p.org_id = ${orgId} and p.id = d.product_id
      group by 1, 2, 3, 4
    ) t
      join unnest(${owners}::uuid[], ${pairs.map(({ key }) => key)}::text[]) g(owner_id, key) on g.owner_id = t.owner_id
      join stage s on s.org_id = ${orgId} and s.id = t.stage_id
    group by g.key, t.stage_id, s.name, s.position, t.horizon, t.currency
    order by s.position, g.key`.execute(db);
  return rows;
}

/** `horizonOf` in the database. */
export const horizonIn = (closeOn: RawBuilder<unknown>, ends: HorizonEnds): RawBuilder<Horizon> => sql<Horizon>`
  case when ${closeOn} is null then 'none' when ${closeOn} < ${ends.day}::date then 'overdue' when ${closeOn} <= ${ends.month}::date then 'month'
    when ${closeOn} <= ${ends.quarter}::date then 'quarter' when ${closeOn} <= ${ends.year}::date then 'year' else 'later' end`;

export interface Stage {
  id: string;
  name: string;
  position: number;
  outcome: "open" | "won" | "lost";
}

/** The stages of the sales process in their order. */
export const stagesOf = (db: Db, orgId: string): Promise<Stage[]> =>
  db.selectFrom("stage").select(["id", "name", "position", "outcome"]).where("org_id", "=", orgId).orderBy("position").execute();
