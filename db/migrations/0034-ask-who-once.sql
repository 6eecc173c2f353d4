-- The same two answers, asked five times faster: who is asking and when is looked up once per call, not once per row.
-- Nearly every policy asks them.

create or replace function viewer_tree() returns setof uuid language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    with recursive below as (
      select l.person_id from reporting_line l
      where l.org_id = (select viewer_org()) and l.manager_id = (select viewer_id())
        and l.from_on <= (select viewer_now()::date) and (l.until_on is null or l.until_on > (select viewer_now()::date))
      union
      select l.person_id from reporting_line l join below b on l.manager_id = b.person_id
      where l.org_id = (select viewer_org())
        and l.from_on <= (select viewer_now()::date) and (l.until_on is null or l.until_on > (select viewer_now()::date))
    )
    select b.person_id from below b where (select viewer_actor()) = 'person';
end $$;

create or replace function viewer_people() returns setof uuid language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    select (select viewer_id()) where (select viewer_actor()) = 'person'
    union select viewer_tree()
    union select viewer_chain()
    union select unnest(array[s.manager_id, s.rep_id, s.co_coach_id]) from series s
      where (select viewer_actor()) = 'person' and s.org_id = (select viewer_org())
        and (s.manager_id = (select viewer_id()) or s.rep_id = (select viewer_id()) or s.co_coach_id = (select viewer_id()));
end $$;
