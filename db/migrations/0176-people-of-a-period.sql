-- A change of manager moves what is to come, never what was: what a period brought stays with whoever the person reported to in it. On
-- its last day, that is; while it runs, today. Whoever left within it stays with the last manager they had.

-- Whom somebody reported to in a period, by this rule; null: nobody.
create function manager_in(person uuid, from_on date, until_on date) returns uuid language plpgsql stable security definer
  set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
  last_on date := least(until_on - 1, viewer_now()::date);
  line reporting_line;
begin
  select * into line from reporting_line l where l.org_id = org and l.person_id = manager_in.person and l.from_on <= last_on
    order by l.from_on desc limit 1;
  if line.until_on <= last_on and (line.until_on <= manager_in.from_on
    or not exists (select 1 from person p where p.org_id = org and p.id = manager_in.person and p.left_on <= last_on)) then return null;
  end if;
  return line.manager_id;
end $$;

create function was_below_viewer(person uuid, from_on date, until_on date) returns boolean language plpgsql stable security definer
  cost 1000 set search_path = public, pg_temp as $$
declare
  me uuid := viewer_id();
  above uuid := person;
begin
  if viewer_actor() <> 'person' or me is null then return false; end if;
  for depth in 1..30 loop
    above := manager_in(above, from_on, until_on);
    exit when above is null;
    if above = me then return true; end if;
  end loop;
  return false;
end $$;

-- Everybody below the viewer, or below somebody who is below the viewer today, in each of some periods. Ids alone: what is told of them
-- is the policies' to say.
create function people_below_in(top uuid, froms date[], untils date[])
  returns table (from_on date, person_id uuid, manager_id uuid) language plpgsql stable security definer rows 1000
  set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
  level uuid[];
  managers uuid[];
  last_on date;
begin
  if viewer_actor() <> 'person' or not (top = viewer_id() or top in (select viewer_tree())) then return; end if;
  for place in 1..coalesce(cardinality(froms), 0) loop
    last_on := least(untils[place] - 1, viewer_now()::date);
    level := array[top];
    for depth in 1..30 loop
      select array_agg(l.person_id), array_agg(l.manager_id) into level, managers from reporting_line l
        where l.org_id = org and l.manager_id = any(level) and l.person_id <> top and l.from_on <= last_on
          and (l.until_on is null or l.until_on > last_on
            or l.until_on > froms[place] and manager_in(l.person_id, froms[place], untils[place]) = l.manager_id and not exists (
              select 1 from reporting_line n where n.org_id = org and n.person_id = l.person_id and n.from_on > l.from_on and n.from_on <= last_on));
      exit when level is null;
      return query select froms[place], * from unnest(level, managers);
    end loop;
  end loop;
end $$;

-- Whom the running periods count to the viewer beside the people of today: who left within them, and who is still below those. Asked for
-- each page, so it goes up from the few who left, not down the tree.
create index reporting_line_ended on reporting_line (org_id, until_on) where until_on is not null;
create function left_below_viewer(froms date[], untils date[])
  returns table (from_on date, id uuid, name text, manager_id uuid) language plpgsql stable security definer rows 10
  set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
  today date := viewer_now()::date;
begin
  for place in 1..coalesce(cardinality(froms), 0) loop
    return query
      with recursive gone as (
        select l.person_id, l.manager_id from reporting_line l join person p on p.org_id = org and p.id = l.person_id and p.left_on <= today
        where l.org_id = org and l.until_on > froms[place] and l.until_on <= today
          and manager_in(l.person_id, froms[place], untils[place]) = l.manager_id and was_below_viewer(l.person_id, froms[place], untils[place])
        union
        select l.person_id, l.manager_id from reporting_line l join gone g on l.manager_id = g.person_id
        where l.org_id = org and l.from_on <= today and (l.until_on is null or l.until_on > today))
      select froms[place], p.id, p.name, g.manager_id from gone g join person p on p.org_id = org and p.id = g.person_id;
  end loop;
end $$;

revoke execute on function manager_in(uuid, date, date), was_below_viewer(uuid, date, date), people_below_in(uuid, date[], date[]),
  left_below_viewer(date[], date[]) from public;
grant execute on function was_below_viewer(uuid, date, date), people_below_in(uuid, date[], date[]), left_below_viewer(date[], date[]) to kept_app;

-- Amounts of a period are for those above the person today, and for those who were in it: theirs then, and nothing of what came after.
drop policy read on period_forecast;
create policy read on period_forecast for select to kept_app using (
  org_id = (select viewer_org()) and (person_id = (select viewer_id()) or (select viewer_actor()) = 'numbers'
    or person_id in (select viewer_tree()) or was_below_viewer(person_id, from_on, until_on)));
