-- Days off of everybody the viewer may know by name, within a range, asked for once. The two of a pair have to know when
-- the other is away; nothing more of anybody's calendar is kept here.

drop function off_at(uuid, date);

create function days_off_between(first_day date, last_day date) returns table (person_id uuid, from_on date, until_on date)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    select t.person_id, t.from_on, t.until_on from time_off t
    where t.org_id = viewer_org() and t.until_on >= first_day and t.from_on <= last_day
      and (viewer_is('admin') or t.person_id in (select viewer_people()));
end $$;
revoke execute on function days_off_between(date, date) from public;
grant execute on function days_off_between(date, date) to kept_app;

-- Whom the viewer meets is asked in nearly every query.
create index series_by_co_coach on series (org_id, co_coach_id) where co_coach_id is not null;
create index time_off_by_day on time_off (org_id, until_on);
