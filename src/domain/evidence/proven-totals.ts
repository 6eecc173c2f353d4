import { type RawBuilder, sql } from "kysely";
import { type Horizon, type HorizonEnds, numberedHorizons } from "../../method/horizons.ts";
import { verifiedStops } from "../../method/verified-stage.ts";
import type { Db } from "../../platform/database.ts";
import { keptWhileUnwritten } from "../opportunities/kept-while-unwritten.ts";
import { productsThen } from "../opportunities/list-prices-then.ts";
import { horizonIn } from "../opportunities/pipeline-queries.ts";
import { type StateAt, stateAt, unlessLater } from "../opportunities/state-at.ts";
import { hasTolls, type Process } from "../processes/process-queries.ts";
import { measureFor } from "../processes/stages-carried.ts";

export interface Group {
  key: string;
  ownerIds: readonly string[];
}

/** Open volume of one group, stage claimed, stage verified, horizon and currency. */
export interface GroupTotal {
  key: string;
  stageId: string;
  horizon: Horizon;
  currency: string;
  /** Null where nothing is asked of the customer. */
  verifiedStageId: string | null;
  /** Claimed further than the customer has paid for. */
  isAhead: boolean;
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
  /** In force at the instant. */
  process: Process | null;
  /** Every open stage of the organisation. */
  stageIds: readonly string[];
}

/** The walk to the verified stage from every stage a deal may stand in, for the database; empty where nothing is asked. */
export const stopsFor = (process: Process | null, stageIds: readonly string[]): string =>
  JSON.stringify(
    hasTolls(process)
      ? stageIds.flatMap((claimed) => {
          const { stages, claimedStageId } = measureFor(process, claimed);
          return verifiedStops(stages, claimedStageId).map((stop, place) => ({ claimed, place, ...stop }));
        })
      : [],
  );

/** Open volume by group of owners, stage claimed and verified, and horizon, added up in the database. */
export async function openTotals(db: Db, { orgId, viewerId, groups, at, ends, process, stageIds }: VolumeScope): Promise<GroupTotal[]> {
  const pairs = groups.flatMap(({ ownerIds }, place) => ownerIds.map((owner) => ({ place, owner })));
  if (pairs.length === 0) return [];
  const owners = pairs.map(({ owner }) => owner);
  const places = pairs.map(({ place }) => place);
  const stops = stopsFor(process, stageIds);
  const scope = await unlessLater(db, { orgId, ownerIds: owners, at, outcomes: ["open"] });
  const days = sql`${ends.day}::date, ${ends.month}::date, ${ends.quarter}::date, ${ends.year}::date`;
  const volume = scope.nothingLater
    ? sql`proven_volume(${owners}::uuid[], ${places}::smallint[], ${days}, ${at}::timestamptz, ${stops}::jsonb)`
    : volumeAt(scope, { places, ends, stops });
  const ask = () => volumeRows(db, volume);
  // Whose deals the viewer may read is part of who asks and of whom; a past day is put together each time.
  const rows = scope.nothingLater
    ? await keptWhileUnwritten(db, ["open volume", orgId, viewerId, owners, places, ends, stops], ask)
    : await ask();
  return rows.map(({ place, horizon, ahead, ...row }) => ({
    ...row,
    key: groups[place]?.key ?? "",
    horizon: numberedHorizons[horizon] ?? "none",
    isAhead: (ahead ?? 0) > 0,
  }));
}

type VolumeRow = Omit<GroupTotal, "key" | "horizon" | "isAhead"> & { place: number; horizon: number; ahead: number | null };

async function volumeRows(db: Db, volume: RawBuilder<unknown>): Promise<VolumeRow[]> {
  const { rows } = await sql<VolumeRow>`
    select v.group_no as place, v.stage_id as "stageId", v.horizon, v.currency, v.verified_id as "verifiedStageId", v.ahead, v.deals,
      v.sum_minor as "sumMinor", v.unvalued
    from ${volume} v order by v.group_no, v.horizon, v.currency`.execute(db);
  return rows;
}

/** What `proven_volume` says of now, of an earlier instant: the past has to be put together first. */
const volumeAt = (
  scope: StateAt,
  { places, ends, stops }: { places: readonly number[]; ends: HorizonEnds; stops: string },
): RawBuilder<unknown> => sql`(
  with known as materialized (select * from ${stateAt(scope)} k),
  paid as (select p.opportunity_id as id, p.paid from paid_tolls(array(select id from known), ${scope.at}::timestamptz) p),
  stop as (select * from verified_stops(${stops}::jsonb))
  select g.group_no, d.stage_id, d.currency, array_position(${numberedHorizons}::text[], ${horizonIn(sql`d.close_on`, ends)}) - 1 as horizon,
    f.stage_id as verified_id, f.ahead, count(*)::int as deals, coalesce(sum(coalesce(d.amount_minor, p.list_price_minor)), 0)::bigint as sum_minor,
    (count(*) - count(coalesce(d.amount_minor, p.list_price_minor)))::int as unvalued
  from known d
    join unnest(${scope.ownerIds}::uuid[], ${places}::smallint[]) g(owner_id, group_no) on g.owner_id = d.owner_id
    left join ${productsThen(scope)} p on p.org_id = ${scope.orgId} and p.id = d.product_id
    left join paid on paid.id = d.id
    left join lateral (
      select s.stage_id, s.ahead from stop s
      where s.claimed = d.stage_id and (s.beyond is null or paid.paid is null or not s.beyond <@ paid.paid)
      order by s.place limit 1) f on true
  group by 1, 2, 3, 4, 5, 6)`;
