-- The same people, found from the few lines that ended and today's tree: no walk up from everybody who left the company.
create or replace function left_below_viewer(froms date[], untils date[])
  returns table (from_on date, id uuid, name text, manager_id uuid) language plpgsql stable security definer rows 10
  set search_path = public, pg_temp as $$
declare
  org uuid := viewer_org();
  today date := viewer_now()::date;
begin
  if viewer_actor() <> 'person' then return; end if;
  return query
    with recursive mine as materialized (select viewer_id() as id union all select viewer_tree()),
    ended as materialized (
      select f.from_on, l.person_id, l.manager_id from unnest(froms) f(from_on)
      join reporting_line l on l.org_id = org and l.until_on > f.from_on and l.until_on <= today
      join person p on p.org_id = org and p.id = l.person_id and p.left_on <= today
      where not exists (
        select 1 from reporting_line n where n.org_id = org and n.person_id = l.person_id and n.from_on > l.from_on and n.from_on <= today)),
    gone as (
      select e.from_on, e.person_id, e.manager_id from ended e join mine m on m.id = e.manager_id
      union
      select g.from_on, b.person_id, b.manager_id from gone g cross join lateral (
        select e.person_id, e.manager_id from ended e where e.manager_id = g.person_id and e.from_on = g.from_on
        union all
        select l.person_id, l.manager_id from reporting_line l where l.org_id = org and l.manager_id = g.person_id
          and l.from_on <= today and (l.until_on is null or l.until_on > today)) b)
    select g.from_on, p.id, p.name, g.manager_id from gone g join person p on p.org_id = org and p.id = g.person_id;
end $$;
