import { sql } from "kysely";
import type { Db } from "../../platform/database.ts";

export interface PairNews {
  created: number;
  moved: number;
  lost: number;
  slipped: number;
  won: { name: string; amountMinor: number | null; currency: string }[];
}

interface Asked {
  orgId: string;
  /** Each owner with the instant after which something is news. */
  pairs: readonly { ownerId: string; after: Date }[];
  now: Date;
}

export const newsKey = (ownerId: string, after: Date): string => `${ownerId} ${after.toISOString()}`;

/**
 * What happened in each of these pipelines since its own instant, counted, for many at once: the short form of
 * `opportunityNews`. Nothing dated after `now` counts. By `newsKey`; a pipeline without news has no entry.
 */
export async function pairNews(db: Db, { orgId, pairs, now }: Asked): Promise<Map<string, PairNews>> {
  if (pairs.length === 0) return new Map();
  const { rows } = await sql<{ ownerId: string; after: Date; news: PairNews }>`
    with pair as (
      select distinct * from unnest(${pairs.map(({ ownerId }) => ownerId)}::uuid[], ${pairs.map(({ after }) => after)}::timestamptz[]) as p (owner_id, after)
    ), touched as (
      select p.owner_id, p.after, o.id, coalesce(a.name, o.name) as name, case when o.last_change_at <= ${now} then o.amount_minor end as amount_minor, coalesce(c.currency, o.currency) as currency, o.created_at > p.after as is_new,
        c.first_stage, c.last_stage, c.first_close, c.last_close, c.amount
      from pair p
      join opportunity o on o.org_id = ${orgId} and o.owner_id = p.owner_id and o.last_change_at > p.after and o.created_at <= ${now}
      left join account a on a.org_id = o.org_id and a.id = o.account_id
      left join lateral (
        select (array_agg(x.before order by x.at) filter (where x.field = 'stage'))[1] as first_stage,
          (array_agg(x.after order by x.at desc) filter (where x.field = 'stage'))[1] as last_stage,
          (array_agg(x.before order by x.at) filter (where x.field = 'close_on'))[1] as first_close,
          (array_agg(x.after order by x.at desc) filter (where x.field = 'close_on'))[1] as last_close,
          (array_agg(x.after order by x.at desc) filter (where x.field = 'amount'))[1] as amount,
          (array_agg(x.after order by x.at desc) filter (where x.field = 'currency'))[1] as currency
        from opportunity_change x
        where x.org_id = o.org_id and x.opportunity_id = o.id and x.at <= ${now}
          and (x.at > p.after and x.field in ('stage', 'close_on') or x.field in ('amount', 'currency'))) c on true
    ), judged as (
      select t.*, coalesce(s.outcome, 'open') as outcome, t.last_stage is not null and t.last_stage is distinct from t.first_stage as has_moved
      from touched t left join stage s on s.org_id = ${orgId} and s.id = t.last_stage::uuid
    )
    select owner_id as "ownerId", after, json_build_object(
      'created', count(*) filter (where is_new),
      'moved', count(*) filter (where not is_new and has_moved and first_stage is not null and outcome = 'open'),
      'lost', count(*) filter (where has_moved and outcome = 'lost'),
      'slipped', count(*) filter (where not is_new and outcome = 'open' and first_close is not null and last_close > first_close),
      'won', coalesce(json_agg(json_build_object('name', name, 'amountMinor', coalesce(amount::bigint, amount_minor), 'currency', currency)
        order by coalesce(amount::bigint, amount_minor) desc nulls last) filter (where has_moved and outcome = 'won'), '[]')) as news
    from judged group by owner_id, after`.execute(db);
  return new Map(rows.map(({ ownerId, after, news }) => [newsKey(ownerId, after), news]));
}
