-- Which stage the customer has paid for, worked out in the database for thousands of deals at once, and the volume by it.

-- The walk is told beforehand: for each stage claimed its stops in order, each with the verifiers that lead beyond it (null: none do).
create type verified_stop as (claimed uuid, place smallint, stage_id uuid, beyond uuid[], ahead smallint);

create function verified_stops(stops jsonb) returns setof verified_stop language sql immutable as $$
  select (s ->> 'claimed')::uuid, (s ->> 'place')::smallint, (s ->> 'stageId')::uuid,
    case when jsonb_typeof(s -> 'unless') = 'array' then array(select u::uuid from jsonb_array_elements_text(s -> 'unless') u) end, (s ->> 'aheadBy')::smallint
  from jsonb_array_elements(stops) s
$$;
revoke all on function verified_stops(jsonb) from public;
grant execute on function verified_stops(jsonb) to kept_app;

-- What is open now, added up by group of owners, stage claimed and verified, currency and horizon (as open_volume).
create function proven_volume(owners uuid[], groups smallint[], today date, month_end date, quarter_end date, year_end date, known_at timestamptz, stops jsonb)
returns table (group_no smallint, stage_id uuid, currency text, horizon smallint, verified_id uuid, ahead smallint, deals integer, sum_minor bigint, unvalued integer)
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
      where g.owner_id = me or g.owner_id in (select b.id from below b)),
    stop as materialized (select * from verified_stops(stops)),
    paid as materialized (
      select e.opportunity_id as id, array_agg(e.verifier_id) as verifiers from evidence e
      where e.org_id = org and jsonb_array_length(stops) > 0 and e.recorded_at <= known_at and (e.withdrawn_at is null or e.withdrawn_at > known_at)
      group by e.opportunity_id),
    deal as (
      select m.group_no, o.stage_id, o.currency, coalesce(o.amount_minor, p.list_price_minor) as minor, paid.verifiers,
        (case when o.close_on is null then 0 when o.close_on < today then 1 when o.close_on <= month_end then 2
          when o.close_on <= quarter_end then 3 when o.close_on <= year_end then 4 else 5 end)::smallint as horizon
      from mine m
      join opportunity o on o.org_id = org and o.owner_id = m.owner_id and o.outcome = 'open'
      left join product p on p.org_id = org and p.id = o.product_id
      left join paid on paid.id = o.id)
    -- Deals nothing was paid for stop where the first stop is: they are added up before it is looked up.
    select t.group_no, t.stage_id, t.currency, t.horizon, f.stage_id, f.ahead, sum(t.deals)::integer, sum(t.sum_minor)::bigint, sum(t.unvalued)::integer
    from (
      select d.group_no, d.stage_id, d.currency, d.horizon, d.verifiers, count(*)::integer as deals,
        coalesce(sum(d.minor), 0)::bigint as sum_minor, (count(*) - count(d.minor))::integer as unvalued
      from deal d group by 1, 2, 3, 4, 5) t
    left join lateral (
      select s.stage_id, s.ahead from stop s
      where s.claimed = t.stage_id and (s.beyond is null or t.verifiers is null or not s.beyond <@ t.verifiers)
      order by s.place limit 1) f on true
    group by 1, 2, 3, 4, 5, 6;
end $$;
revoke all on function proven_volume(uuid[], smallint[], date, date, date, date, timestamptz, jsonb) from public;
grant execute on function proven_volume(uuid[], smallint[], date, date, date, date, timestamptz, jsonb) to kept_app;

drop function open_volume(uuid[], smallint[], date, date, date, date);

-- What is asked of the process counts as written too: totals by verified stage are kept until then.
do $$
declare
  tab text;
begin
  foreach tab in array array['evidence', 'process_version', 'prospect_grade'] loop
    execute format('create trigger count_insert after insert on %I referencing new table as written for each statement execute function count_pipeline_write()', tab);
    execute format('create trigger count_update after update on %I referencing new table as written for each statement execute function count_pipeline_write()', tab);
  end loop;
end $$;
