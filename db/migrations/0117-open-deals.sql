-- Every open deal of these owners with what the Pipeline page sorts and filters by, put together in the database: the stage verified,
-- how far claimed is ahead of it, a grade by hand, and how often the expected close was moved later. Who may read is asked once an
-- owner. Only for an instant after which nothing is dated; stops as in proven_volume. What is not asked for is not worked out: no
-- verified stage without stops, no slips without with_slips, and with only_ids no other deals.
create function open_deals(owners uuid[], known_at timestamptz, stops jsonb, with_slips boolean, only_ids uuid[])
returns table (id uuid, name text, owner_id uuid, account_id uuid, product_id uuid, stage_id uuid, amount_minor bigint, is_list_price boolean, currency text,
  close_on date, forecast_category text, next_step text, created_at timestamptz, last_change_at timestamptz, verified_id uuid, ahead smallint, hand text,
  times integer, first_close date)
language plpgsql stable security definer rows 5000 set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
  me uuid := viewer_id();
  -- With many owners the history is read through once, with few deal by deal.
  whole boolean := only_ids is null and cardinality(owners) > 100;
  verifies boolean := jsonb_array_length(stops) > 0;
begin
  if viewer_actor() <> 'person' then return; end if;
  return query
    with below as materialized (select viewer_tree() as id),
    mine as materialized (
      select distinct w.id from unnest(owners) w(id) where w.id = me or w.id in (select b.id from below b)),
    stop as materialized (select * from verified_stops(stops)),
    first_stop as materialized (select distinct on (s.claimed) s.claimed, s.stage_id, s.ahead from stop s order by s.claimed, s.place),
    deal as materialized (
      select o.id, o.name, o.owner_id, o.account_id, o.product_id, o.stage_id, coalesce(o.amount_minor, p.list_price_minor) as minor,
        o.amount_minor is null and p.list_price_minor is not null as is_list_price, o.currency, o.close_on, o.forecast_category, o.next_step,
        o.created_at, o.last_change_at
      from (
        select w.* from mine m join opportunity w on w.org_id = org and w.owner_id = m.id and w.outcome = 'open' where only_ids is null
        union all
        select w.* from opportunity w where w.org_id = org and w.id = any(only_ids) and w.outcome = 'open' and w.owner_id in (select m.id from mine m)) o
      left join product p on p.org_id = org and p.id = o.product_id),
    paid as materialized (
      select e.opportunity_id as id, array_agg(e.verifier_id) as verifiers from evidence e
      where e.org_id = org and verifies and e.recorded_at <= known_at and (e.withdrawn_at is null or e.withdrawn_at > known_at)
        and (whole or e.opportunity_id in (select d.id from deal d))
      group by e.opportunity_id),
    -- What was paid for comes in few combinations: each is walked once.
    combination as materialized (
      select c.claimed, c.verifiers, f.stage_id, f.ahead
      from (select distinct d.stage_id as claimed, paid.verifiers from paid join deal d on d.id = paid.id) c
      cross join lateral (
        select s.stage_id, s.ahead from stop s
        where s.claimed = c.claimed and (s.beyond is null or not s.beyond <@ c.verifiers)
        order by s.place limit 1) f),
    by_hand as materialized (
      select distinct on (g.opportunity_id) g.opportunity_id as id, g.grade from prospect_grade g
      where g.org_id = org and g.at <= known_at order by g.opportunity_id, g.at desc, g.id desc),
    slip as materialized (
      select c.opportunity_id as id, count(*)::integer as times, (array_agg(c.before order by c.at))[1]::date as first_close
      from opportunity_change c
      where whole and with_slips and c.org_id = org and c.at <= known_at and c.field = 'close_on' and c.before is not null and c.after > c.before
      group by c.opportunity_id
      union all
      select d.id, s.times, s.first_close from deal d
      cross join lateral (
        select count(*)::integer as times, (array_agg(c.before order by c.at))[1]::date as first_close
        from opportunity_change c
        where c.org_id = org and c.opportunity_id = d.id and c.at <= known_at and c.field = 'close_on' and c.before is not null and c.after > c.before) s
      where not whole and with_slips and s.times > 0)
    select d.id, d.name, d.owner_id, d.account_id, d.product_id, d.stage_id, d.minor, d.is_list_price, d.currency, d.close_on, d.forecast_category,
      d.next_step, d.created_at, d.last_change_at, coalesce(g.stage_id, f.stage_id), coalesce(g.ahead, f.ahead), h.grade, s.times, s.first_close
    from deal d
    left join first_stop f on f.claimed = d.stage_id
    left join paid on paid.id = d.id
    left join combination g on g.claimed = d.stage_id and g.verifiers = paid.verifiers
    left join by_hand h on h.id = d.id
    left join slip s on s.id = d.id;
end $$;
revoke all on function open_deals(uuid[], timestamptz, jsonb, boolean, uuid[]) from public;
grant execute on function open_deals(uuid[], timestamptz, jsonb, boolean, uuid[]) to kept_app;
