-- The Pipeline page: volumes by stage and horizon, close dates that slipped, and how long deals take here until they are won.

-- Everything the totals of a whole tree ask for, the expected close too, so that the table itself is not read.
drop index opportunity_open;
create index opportunity_open on opportunity (org_id, owner_id)
  include (stage_id, outcome, amount_minor, currency, product_id, close_on, created_at, last_change_at) where outcome = 'open';

-- Only the close dates that moved later: few, and asked for with every list of deals.
create index opportunity_slip on opportunity_change (org_id, opportunity_id, at) include (before, after, field)
  where field = 'close_on' and before is not null and after > before;

-- The latest deals that were won up to any day.
create index opportunity_stage_move on opportunity_change (org_id, after, at) where field = 'stage';

-- How long the last two hundred deals won up to an instant had been open, from what was known then alone. It adds up over the whole
-- organisation, also what the viewer may not read one by one: three numbers, and none below twenty deals.
create function closing_times(as_of timestamptz, out deals integer, out median_days integer, out upper_days integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
begin
  if viewer_actor() not in ('person', 'job') then return; end if;
  select count(*), percentile_disc(0.5) within group (order by age), percentile_disc(0.75) within group (order by age)
    into deals, median_days, upper_days
  from (
    select greatest(0, least(known.close_on, won.at::date) - coalesce(known.created_at, o.created_at)::date) as age
    from (
      select w.opportunity_id, w.at from stage s
      cross join lateral (
        select c.opportunity_id, c.at from opportunity_change c
        where c.org_id = org and c.field = 'stage' and c.after = s.id::text and c.at <= as_of
        order by c.at desc limit 200) w
      where s.org_id = org and s.outcome = 'won'
      order by w.at desc limit 200) won
    join opportunity o on o.org_id = org and o.id = won.opportunity_id
    cross join lateral (
      select max(c.at) filter (where c.field = 'stage') as moved_at,
        (array_agg(c.after order by c.at desc) filter (where c.field = 'close_on'))[1]::date as close_on,
        (array_agg(c.after order by c.at desc) filter (where c.field = 'created'))[1]::timestamptz as created_at
      from opportunity_change c
      where c.org_id = org and c.opportunity_id = won.opportunity_id and c.at <= as_of) known
    where known.moved_at = won.at
  ) closed;
  if deals < 20 then
    deals := 0;
    median_days := null;
    upper_days := null;
  end if;
end $$;
revoke all on function closing_times(timestamptz) from public;
grant execute on function closing_times(timestamptz) to kept_app;

-- How often the expected close of these deals was moved later up to an instant, and where it stood before the first such move:
-- of deals the viewer may read. Who may is asked once a deal, not once a change.
create function slips_of(deals uuid[], as_of timestamptz)
returns table (opportunity_id uuid, times integer, first_close date)
language plpgsql stable security definer rows 1000 set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
  me uuid := viewer_id();
begin
  if viewer_actor() <> 'person' then return; end if;
  return query
    with mine as materialized (
      select o.id from opportunity o
      where o.org_id = org and o.id = any(deals) and (o.owner_id = me or o.owner_id in (select viewer_tree())))
    select m.id, s.times, s.first_close from mine m
    cross join lateral (
      select count(*)::integer as times, (array_agg(c.before order by c.at))[1]::date as first_close
      from opportunity_change c
      where c.org_id = org and c.opportunity_id = m.id and c.at <= as_of
        and c.field = 'close_on' and c.before is not null and c.after > c.before) s
    where s.times > 0;
end $$;
revoke all on function slips_of(uuid[], timestamptz) from public;
grant execute on function slips_of(uuid[], timestamptz) to kept_app;
