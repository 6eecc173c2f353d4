import { type RawBuilder, sql } from "kysely";
import type { Horizon, HorizonEnds } from "../../method/horizons.ts";
import { todayOf } from "../../platform/clock.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Db } from "../../platform/database.ts";
import { keptWhileUnwritten } from "./kept-while-unwritten.ts";
import { type StateAt, stateAt, unlessLater } from "./state-at.ts";

export interface Member {
  id: string;
  name: string;
  managerId: string | null;
}

/** The viewer and everybody below them, with whom each reports to today. */
export async function treeOf(db: Db, ctx: Pick<Ctx, "viewer" | "clock">): Promise<Member[]> {
  const { personId: me, name } = ctx.viewer;
  const today = todayOf(ctx);
  const { rows } = await sql<Member>`
    select id, name, manager_id as "managerId" from members_below(${today}::date) order by lower(name), id`.execute(db);
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

interface VolumeScope {
  orgId: string;
  viewerId: string;
  groups: readonly Group[];
  at: Date;
  ends: HorizonEnds;
}

/** Open volume by group of owners, stage and horizon, added up in the database. */
export async function openTotals(db: Db, { orgId, viewerId, groups, at, ends }: VolumeScope): Promise<GroupTotal[]> {
  const pairs = groups.flatMap(({ ownerIds }, place) => ownerIds.map((owner) => ({ place, owner })));
  if (pairs.length === 0) return [];
  const owners = pairs.map(({ owner }) => owner);
  const places = pairs.map(({ place }) => place);
  const scope = await unlessLater(db, { orgId, ownerIds: owners, at, outcomes: ["open"] });
  const volume = scope.nothingLater
    ? sql`open_volume(${owners}::uuid[], ${places}::smallint[], ${ends.day}::date, ${ends.month}::date, ${ends.quarter}::date, ${ends.year}::date)`
    : volumeAt(scope, places, ends);
  const ask = () => volumeRows(db, orgId, volume);
  // Whose deals the viewer may read is part of who asks and of whom; a past day is put together each time.
  const rows = scope.nothingLater ? await keptWhileUnwritten(db, ["open volume", orgId, viewerId, owners, places, ends], ask) : await ask();
  return rows.map(({ place, horizon, ...row }) => ({ ...row, key: groups[place]?.key ?? "", horizon: numbered[horizon] ?? "none" }));
}

type VolumeRow = Omit<GroupTotal, "key" | "horizon"> & { place: number; horizon: number };

async function volumeRows(db: Db, orgId: string, volume: RawBuilder<unknown>): Promise<VolumeRow[]> {
  const { rows } = await sql<VolumeRow>`
    select v.group_no as place, v.stage_id as "stageId", s.name as stage, s.position as "stagePosition", v.horizon, v.currency, v.deals,
      v.sum_minor as "sumMinor", v.unvalued
    from ${volume} v join stage s on s.org_id = ${orgId} and s.id = v.stage_id
    order by s.position, v.group_no, v.horizon, v.currency`.execute(db);
  return rows;
}

const numbered: readonly Horizon[] = ["none", "overdue", "month", "quarter", "year", "later"];

/** What `open_volume` says of now, of an earlier instant: the past has to be put together first. */
const volumeAt = (scope: StateAt, places: readonly number[], ends: HorizonEnds): RawBuilder<unknown> => sql`(
  select g.group_no, d.stage_id, d.currency, array_position(${numbered}::text[], ${horizonIn(sql`d.close_on`, ends)}) - 1 as horizon,
    count(*)::int as deals, coalesce(sum(coalesce(d.amount_minor, p.list_price_minor)), 0)::bigint as sum_minor,
    (count(*) - count(coalesce(d.amount_minor, p.list_price_minor)))::int as unvalued
  from ${stateAt(scope)} d
    join unnest(${scope.ownerIds}::uuid[], ${places}::smallint[]) g(owner_id, group_no) on g.owner_id = d.owner_id
    left join product p on p.org_id = ${scope.orgId} and p.id = d.product_id
  group by 1, 2, 3, 4)`;

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
