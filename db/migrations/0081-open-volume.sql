-- The two questions of a leader's Pipeline page, over a thousand people and fifty thousand open deals. Who may read is asked once
-- a person here, where row-level security asks it once a row, and at every table that is joined.

create function members_below(today date) returns table (id uuid, name text, manager_id uuid)
language plpgsql stable security definer rows 50 set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
begin
  return query
    select p.id, p.name, l.manager_id from viewer_tree() t(person_id)
    join person p on p.org_id = org and p.id = t.person_id
    join reporting_line l on l.org_id = org and l.person_id = t.person_id
      and l.from_on <= today and (l.until_on is null or l.until_on > today);
end $$;
revoke all on function members_below(date) from public;
grant execute on function members_below(date) to kept_app;

-- What is open now, added up by group of owners, stage, currency and horizon (0 none, 1 overdue, 2 to 5 month, quarter, year, later).
-- owners and groups go in pairs; an owner the viewer may not read adds nothing.
create function open_volume(owners uuid[], groups smallint[], today date, month_end date, quarter_end date, year_end date)
returns table (group_no smallint, stage_id uuid, currency text, horizon smallint, deals integer, sum_minor bigint, unvalued integer)
language plpgsql stable security definer rows 100 set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
  me uuid := viewer_id();
begin
  if viewer_actor() <> 'person' then return; end if;
  return query
    with below as materialized (select viewer_tree() as id),
    mine as materialized (
      select g.owner_id, g.group_no from unnest(owners, groups) g(owner_id, group_no)
      where g.owner_id = me or g.owner_id in (select b.id from below b))
    select m.group_no, o.stage_id, o.currency,
      (case when o.close_on is null then 0 when o.close_on < today then 1 when o.close_on <= month_end then 2
        when o.close_on <= quarter_end then 3 when o.close_on <= year_end then 4 else 5 end)::smallint,
      count(*)::integer, coalesce(sum(coalesce(o.amount_minor, p.list_price_minor)), 0)::bigint,
      (count(*) - count(coalesce(o.amount_minor, p.list_price_minor)))::integer
    from mine m
    join opportunity o on o.org_id = org and o.owner_id = m.owner_id and o.outcome = 'open'
    left join product p on p.org_id = org and p.id = o.product_id
    group by 1, 2, 3, 4;
end $$;
revoke all on function open_volume(uuid[], smallint[], date, date, date, date) from public;
grant execute on function open_volume(uuid[], smallint[], date, date, date, date) to kept_app;

-- How long these owners' deals usually lie still: nine of ten pauses between two changes in the year before were shorter. Of each
-- owner the latest sixty deals; only of owners the viewer may read, and only with twenty pauses or more.
create function usual_quiet_days(owners uuid[], as_of timestamptz) returns table (owner_id uuid, days integer)
language plpgsql stable security definer rows 10 set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
  me uuid := viewer_id();
begin
  if viewer_actor() <> 'person' then return; end if;
  return query
    with mine as materialized (
      select w.id from unnest(owners) w(id) where w.id = me or w.id in (select viewer_tree()))
    select g.owner, ceil(percentile_cont(0.9) within group (order by g.pause))::integer
    from (
      select t.owner, extract(epoch from t.at - lag(t.at) over (partition by t.id order by t.at)) / 86400 as pause
      from (
        select distinct m.id as owner, o.id, c.at from mine m
        cross join lateral (
          select o.id from opportunity o
          where o.org_id = org and o.owner_id = m.id and o.created_at <= as_of and o.last_change_at > as_of - interval '1 year'
          order by o.created_at desc, o.id limit 60) o
        join opportunity_change c on c.org_id = org and c.opportunity_id = o.id
        where c.at <= as_of and c.at > as_of - interval '1 year') t
    ) g
    where g.pause is not null
    group by g.owner
    having count(*) >= 20;
end $$;
revoke all on function usual_quiet_days(uuid[], timestamptz) from public;
grant execute on function usual_quiet_days(uuid[], timestamptz) to kept_app;

-- Since when, without a break, each of these deals has stood in a stage beyond the place given for it (places count from 1 in
-- `stages`; a stage that is not among them is before the first).
create function beyond_since(deals uuid[], places integer[], stages uuid[], as_of timestamptz) returns table (opportunity_id uuid, since timestamptz)
language plpgsql stable security definer rows 1000 set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
  me uuid := viewer_id();
  words text[] := stages::text[];
begin
  if viewer_actor() <> 'person' then return; end if;
  return query
    with mine as materialized (
      select g.id, g.place from unnest(deals, places) g(id, place) join opportunity o on o.org_id = org and o.id = g.id
      where o.owner_id = me or o.owner_id in (select viewer_tree()))
    select m.id, s.since from mine m cross join lateral (
      select min(t.at) filter (where t.at > t.last_not) as since from (
        select c.at, coalesce(max(c.at) filter (where coalesce(array_position(words, c.after), 0) <= m.place) over (), '-infinity') as last_not
        from opportunity_change c
        where c.org_id = org and c.opportunity_id = m.id and c.field = 'stage' and c.at <= as_of) t) s
    where s.since is not null;
end $$;
revoke all on function beyond_since(uuid[], integer[], uuid[], timestamptz) from public;
grant execute on function beyond_since(uuid[], integer[], uuid[], timestamptz) to kept_app;
