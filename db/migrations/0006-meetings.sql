-- A series is the fixed slot; a meeting is one occurrence of it.

create table series (
  org_id uuid not null,
  id uuid not null,
  kind_id uuid not null,
  manager_id uuid not null,
  rep_id uuid not null,
  co_coach_id uuid,
  rrule text not null,
  starts_on date not null,
  until_on date,
  local_time time not null,
  time_zone text not null,
  minutes integer not null check (minutes between 5 and 480),
  place text not null default '' check (length(place) <= 500),
  follows_id uuid,
  created_by uuid,
  created_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, kind_id) references kind,
  foreign key (org_id, manager_id) references person,
  foreign key (org_id, rep_id) references person,
  foreign key (org_id, co_coach_id) references person,
  foreign key (org_id, follows_id) references series,
  check (manager_id <> rep_id),
  check (co_coach_id is null or (co_coach_id <> rep_id and co_coach_id <> manager_id))
);
create index series_by_manager on series (org_id, manager_id);
create index series_by_rep on series (org_id, rep_id);
comment on column series.rrule is 'RFC 5545 recurrence rule without DTSTART; it starts at starts_on, local_time in time_zone.';
comment on column series.until_on is 'The last day on which an occurrence may fall, included. A changed series ends here and another follows it.';

create table meeting (
  org_id uuid not null,
  id uuid not null,
  series_id uuid,
  kind_id uuid not null,
  agenda_id uuid,
  manager_id uuid not null,
  rep_id uuid not null,
  co_coach_id uuid,
  occurrence_on date not null,
  planned_start timestamptz not null,
  minutes integer not null check (minutes between 5 and 480),
  time_zone text not null,
  place text not null default '',
  state text not null default 'planned' check (state in ('planned', 'open', 'closed', 'excused', 'missed')),
  moved_from timestamptz,
  moved_at timestamptz,
  moved_by uuid,
  excused_at timestamptz,
  excused_by uuid,
  missed_at timestamptz,
  opened_at timestamptz,
  opened_by uuid,
  closed_at timestamptz,
  closed_by uuid,
  agenda_sent_at timestamptz,
  created_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, series_id, occurrence_on),
  foreign key (org_id, series_id) references series,
  foreign key (org_id, kind_id) references kind,
  foreign key (org_id, agenda_id) references agenda,
  foreign key (org_id, manager_id) references person,
  foreign key (org_id, rep_id) references person,
  foreign key (org_id, co_coach_id) references person,
  check (manager_id <> rep_id),
  check ((state = 'closed') = (closed_at is not null)),
  check (state not in ('open', 'closed') or (opened_at is not null and agenda_id is not null)),
  check (state <> 'excused' or excused_at is not null),
  check (state <> 'missed' or missed_at is not null),
  check ((moved_from is null) = (moved_at is null))
);
create index meeting_by_manager on meeting (org_id, manager_id, planned_start);
create index meeting_by_rep on meeting (org_id, rep_id, planned_start);
create index meeting_by_co_coach on meeting (org_id, co_coach_id, planned_start) where co_coach_id is not null;
create index meeting_unheld on meeting (planned_start) where state = 'planned';

-- Why a meeting was moved or excused is the pair's; that it was, everybody above may count.
create table meeting_reason (
  org_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  what text not null check (what in ('moved', 'excused', 'closed without commitment')),
  reason text not null check (length(trim(reason)) between 1 and 1000),
  by_id uuid not null,
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, meeting_id) references meeting on delete cascade
);
create index meeting_reason_by_meeting on meeting_reason (org_id, meeting_id);

-- Is the viewer one of the pair (or its co-coach) of this meeting?
create function in_pair(wanted uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return viewer_actor() = 'person' and exists (
    select 1 from meeting m
    where m.org_id = viewer_org() and m.id = wanted
      and viewer_id() in (m.manager_id, m.rep_id, m.co_coach_id));
end $$;

create function is_rep_of(wanted uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return viewer_actor() = 'person' and exists (
    select 1 from meeting m where m.org_id = viewer_org() and m.id = wanted and m.rep_id = viewer_id());
end $$;

create function is_locked(wanted uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select 1 from meeting m where m.org_id = viewer_org() and m.id = wanted and m.state = 'closed');
end $$;

-- People the viewer may know by name: themselves, their tree, the chain above, and everyone they meet or met.
create function viewer_people() returns setof uuid language sql stable security definer set search_path = public, pg_temp
begin atomic
  select viewer_id() where viewer_actor() = 'person'
  union select viewer_tree()
  union select viewer_chain()
  union select unnest(array[s.manager_id, s.rep_id, s.co_coach_id]) from series s
    where viewer_actor() = 'person' and s.org_id = viewer_org()
      and (s.manager_id = viewer_id() or s.rep_id = viewer_id() or s.co_coach_id = viewer_id());
end;
