-- What a slot needs beside its meetings: who was reminded, whether anybody has put work into a meeting, and
-- the reason the clock itself writes down when a meeting falls on time off and nobody acted.

alter table meeting add column nudged_at timestamptz;
comment on column meeting.nudged_at is 'When the rep was last reminded to prepare.';

-- A meeting somebody has moved, prepared or added a point to is never withdrawn behind their back.
create function is_touched(wanted uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select 1 from meeting m where m.org_id = viewer_org() and m.id = wanted and m.moved_at is not null)
    or exists (select 1 from point p where p.org_id = viewer_org() and p.meeting_id = wanted and p.withdrawn_at is null)
    or exists (select 1 from preparation p where p.org_id = viewer_org() and p.meeting_id = wanted);
end $$;

drop policy make on meeting_reason;
create policy make on meeting_reason for insert to kept_app with check (
  org_id = viewer_org() and (
    (in_pair(meeting_id) and by_id = viewer_id())
    or viewer_actor() = 'set-up'
    or (viewer_actor() = 'job' and what = 'excused' and exists (
      select 1 from meeting m where m.org_id = meeting_reason.org_id and m.id = meeting_reason.meeting_id
        and meeting_reason.by_id in (m.manager_id, m.rep_id)))));

-- The two of a pair see each other's days off where they meet, and nothing else of each other's calendar.
create function off_at(person uuid, day date) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (viewer_actor() in ('job', 'set-up') or person in (select viewer_people())) and exists (
    select 1 from time_off t where t.org_id = viewer_org() and t.person_id = person and day between t.from_on and t.until_on);
end $$;
