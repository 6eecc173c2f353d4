-- Everybody below the viewer, level by level through the index. Every policy asks this, so the organisation and the day are
-- read once, not for every line; the depth ends a circle that an import may have made.
create or replace function viewer_tree() returns setof uuid language plpgsql stable security definer rows 50 set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
  today date := viewer_now()::date;
  level uuid[] := array[viewer_id()];
begin
  if viewer_actor() <> 'person' or viewer_id() is null then return; end if;
  for depth in 1..30 loop
    select array_agg(l.person_id) into level from reporting_line l
      where l.org_id = org and l.manager_id = any(level) and l.from_on <= today and (l.until_on is null or l.until_on > today);
    exit when level is null;
    return query select unnest(level);
  end loop;
end $$;

create or replace function viewer_chain() returns setof uuid language plpgsql stable security definer rows 5 set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
  today date := viewer_now()::date;
  above uuid := viewer_id();
begin
  if viewer_actor() <> 'person' then return; end if;
  for depth in 1..30 loop
    select l.manager_id into above from reporting_line l
      where l.org_id = org and l.person_id = above and l.from_on <= today and (l.until_on is null or l.until_on > today)
      order by l.from_on desc limit 1;
    exit when above is null;
    return next above;
  end loop;
end $$;
