-- What both bring to a meeting. Only the rep can write a preparation; the manager reads it once it is handed in.

create table point (
  org_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  section_id uuid,
  added_by uuid not null,
  words text not null check (length(trim(words)) between 1 and 2000),
  created_at timestamptz not null,
  done_at timestamptz,
  withdrawn_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, meeting_id) references meeting on delete cascade,
  foreign key (org_id, section_id) references section,
  foreign key (org_id, added_by) references person
);
create index point_by_meeting on point (org_id, meeting_id);

create table preparation (
  org_id uuid not null,
  meeting_id uuid not null,
  rep_id uuid not null,
  started_at timestamptz not null,
  submitted_at timestamptz,
  nudged_at timestamptz,
  primary key (org_id, meeting_id),
  foreign key (org_id, meeting_id) references meeting on delete cascade,
  foreign key (org_id, rep_id) references person
);

-- The rep's own numbers, before the actual ones are shown. Amounts in minor units; rank as a plain number.
create table preparation_figure (
  org_id uuid not null,
  meeting_id uuid not null,
  measure text not null check (measure in ('month_result', 'month_plan', 'year_result', 'year_plan', 'rank')),
  stated bigint,
  wish bigint,
  actual bigint,
  stated_at timestamptz,
  actual_at timestamptz,
  version integer not null default 1,
  primary key (org_id, meeting_id, measure),
  foreign key (org_id, meeting_id) references preparation on delete cascade,
  check (actual is null or actual_at is not null)
);

create table preparation_answer (
  org_id uuid not null,
  meeting_id uuid not null,
  question text not null check (length(question) <= 100),
  words text not null check (length(words) <= 20000),
  version integer not null default 1,
  updated_at timestamptz not null,
  primary key (org_id, meeting_id, question),
  foreign key (org_id, meeting_id) references preparation on delete cascade
);

create function is_handed_in(wanted uuid) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select 1 from preparation p where p.org_id = viewer_org() and p.meeting_id = wanted and p.submitted_at is not null);
end $$;
